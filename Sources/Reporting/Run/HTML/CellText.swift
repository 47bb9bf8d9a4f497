import Modeling
import Simulation

/// The statistics of output cells as text, with their significant digits.
struct CellText {
  let cell: CellSummary
  /// The notation of the column; nil for single values.
  var style: NumberStyle?

  /// The statistics of a cell.
  init(cell: CellSummary, style: NumberStyle? = nil) {
    self.cell = cell
    self.style = style
  }

  /// The median.
  var median: String { quantile(0.5) }

  /// `41.3 to 129`
  var interval: String { isConstant ? "" : "\(quantile(0.05)) to \(quantile(0.95))" }

  /// The mean, if it is stable.
  var mean: String {
    cell.shownMean.map { NumberText.estimate($0, digits: cell.shownDigits, style: style) } ?? "not stable"
  }

  /// The Monte Carlo standard error of the median, to two digits.
  var error: String {
    guard let error = cell.shownQuantile(0.5)?.error, error.isFinite else { return "unknown" }
    return NumberText.significant(error, digits: 2)
  }

  /// True if all draws have the same value.
  var isConstant: Bool { cell.isConstant }

  /// `508 (243 to 1060)`; the value alone if all draws are equal.
  var short: String { isConstant ? median : "\(median) (\(interval))" }

  /// The 5th, 25th, 50th, 75th and 95th percentile.
  var fan: [Double] { [0.05, 0.25, 0.5, 0.75, 0.95].map { cell.quantile($0)?.value ?? .nan } }

  private func quantile(_ probability: Double) -> String {
    cell.shownQuantile(probability).map { NumberText.estimate($0, digits: cell.shownDigits, style: style) } ?? "none"
  }
}

extension OutputResult {
  /// The notation of all values of the output, shared by tables, captions and sentences of a page.
  var style: NumberStyle { NumberStyle(of: cells.flatMap(\.shownEstimates)) }
}

extension Output {
  /// The value with its unit: `508 TWh/year`; pure numbers have none.
  func withUnit(_ figure: String) -> String { unit.shown.isEmpty ? figure : "\(figure) \(unit.shown)" }
}
