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
