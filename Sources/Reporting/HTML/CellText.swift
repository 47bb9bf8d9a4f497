import Modeling
import Simulation

/// The figures of output cells as text for people, in the digits that their errors leave.
struct CellText {
  let cell: CellSummary
  /// The notation of the column in which they stand; nil for figures by themselves.
  var style: NumberStyle?

  /// The figures of a cell.
  init(cell: CellSummary, style: NumberStyle? = nil) {
    self.cell = cell
    self.style = style
  }

  /// The median.
  var median: String { quantile(0.5) }

  /// `41.3 to 129`
  var interval: String { isConstant ? "" : "\(quantile(0.05)) to \(quantile(0.95))" }

  /// The mean, where it is stable.
  var mean: String {
    cell.shownMean.map { NumberText.estimate($0, digits: cell.shownDigits, style: style) } ?? "not stable"
  }

  /// The Monte Carlo standard error of the median, to two digits.
  var error: String {
    guard let error = cell.shownQuantile(0.5)?.error, error.isFinite else { return "unknown" }
    return NumberText.significant(error, digits: 2)
  }

  /// Whether all draws are alike.
  var isConstant: Bool { cell.isConstant }

  /// `508 (243 to 1060)`; the value alone where all draws are alike.
  var short: String { isConstant ? median : "\(median) (\(interval))" }

  /// The 5th, 25th, 50th, 75th and 95th percentile.
  var fan: [Double] { [0.05, 0.25, 0.5, 0.75, 0.95].map { cell.quantile($0)?.value ?? .nan } }

  private func quantile(_ probability: Double) -> String {
    cell.shownQuantile(probability).map { NumberText.estimate($0, digits: cell.shownDigits, style: style) } ?? "none"
  }
}

extension OutputResult {
  /// The notation of all figures of the output: tables, captions and sentences of a page write them alike.
  var style: NumberStyle { NumberStyle(of: cells.flatMap(\.shownEstimates)) }
}

extension Output {
  /// The unit after a figure: `508 TWh/year`; pure numbers have none.
  func withUnit(_ figure: String) -> String { unit.shown.isEmpty ? figure : "\(figure) \(unit.shown)" }
}
