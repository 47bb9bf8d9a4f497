import Modeling
import Simulation

/// A table of a page, in a box that scrolls in narrow viewports.
struct PageTable {
  /// The caption: announced before the table, and the name of its box.
  var caption: String
  /// The columns, and whether they are numeric.
  var columns: [(name: String, isNumeric: Bool)]
  /// Rows of cells, one cell per column, in groups with an optional name.
  var groups: [(name: String?, rows: [[Markup]])]
  /// The number of leading cells of a row that name it.
  var headers: Int

  /// A table with grouped rows.
  init(
    caption: String, columns: [(name: String, isNumeric: Bool)], groups: [(name: String?, rows: [[Markup]])],
    headers: Int
  ) {
    self.caption = caption
    self.columns = columns
    self.groups = groups
    self.headers = headers
  }

  /// A table without groups.
  init(caption: String, columns: [(name: String, isNumeric: Bool)], rows: [[Markup]], headers: Int = 1) {
    self.init(caption: caption, columns: columns, groups: [(nil, rows)], headers: headers)
  }

  var markup: Markup {
    var head = Markup.none
    for column in columns { head += "<th scope=\"col\"\(Self.kind(column.isNumeric))>\(column.name)</th>" }
    return """
      <div class="scroll" role="region" aria-label="\(caption)" tabindex="0"><table>
      <caption>\(caption)</caption>
      <thead><tr>\(head)</tr></thead>
      \(groups.map { body($0.name, $0.rows) })</table></div>

      """
  }

  private func body(_ name: String?, _ rows: [[Markup]]) -> Markup {
    var body: Markup = name.map { "<tr><th colspan=\"\(columns.count)\" scope=\"rowgroup\">\($0)</th></tr>\n" } ?? .none
    for row in rows {
      body += "<tr>"
      for (position, (cell, column)) in zip(row, columns).enumerated() {
        body +=
          position < headers
          ? "<th scope=\"row\"\(Self.kind(column.isNumeric))>\(cell)</th>"
          : "<td\(Self.kind(column.isNumeric))>\(cell)</td>"
      }
      body += "</tr>\n"
    }
    return "<tbody>\n\(body)</tbody>\n"
  }

  private static func kind(_ isNumeric: Bool) -> Markup { isNumeric ? " class=\"n\"" : .none }
}

/// The statistics of output cells as text, with their significant digits.
struct CellText {
  let cell: CellSummary
  /// The width of its interval.
  let width: IntervalWidth
  /// The notation of the column; nil for single values.
  var style: NumberStyle?

  /// The statistics of a cell.
  init(cell: CellSummary, _ width: IntervalWidth, style: NumberStyle? = nil) {
    self.cell = cell
    self.width = width
    self.style = style
  }

  /// The median.
  var median: String { quantile(0.5) }

  /// `41.3 to 129`
  var interval: String { isConstant ? "" : "\(ends.low) to \(ends.high)" }

  /// The ends of the interval.
  var ends: (low: String, high: String) {
    let shares = width.probabilities
    return (quantile(shares.low), quantile(shares.high))
  }

  /// The mean, if it is stable.
  var mean: String {
    cell.shownMean.map { NumberText.estimate($0, digits: cell.shownDigits(width), style: style) } ?? "not stable"
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

  /// The ends of the interval, and between them the quartiles.
  var fan: [Double] {
    [width.probabilities.low, 0.25, 0.5, 0.75, width.probabilities.high].map { cell.quantile($0)?.value ?? .nan }
  }

  private func quantile(_ probability: Double) -> String {
    cell.shownQuantile(probability).map { NumberText.estimate($0, digits: cell.shownDigits(width), style: style) }
      ?? "none"
  }
}

extension OutputResult {
  /// The notation of all values of the output, shared by tables, captions and sentences of a page.
  func style(_ interval: IntervalWidth) -> NumberStyle {
    NumberStyle(of: cells.flatMap { $0.shownEstimates(interval) })
  }
}

extension Output {
  /// The value with its unit: `508 TWh/year`; pure numbers have none.
  func withUnit(_ figure: String) -> String { unit.shown.isEmpty ? figure : "\(figure) \(unit.shown)" }
}
