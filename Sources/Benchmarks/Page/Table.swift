/// A table of the page, in Markdown.
struct Table {
  private var rows: [[String]]

  /// A table without rows.
  init(_ columns: [String]) { rows = [columns, columns.map { _ in "---" }] }

  /// Adds a row.
  mutating func append(_ row: [String]) { rows.append(row) }

  /// The table's lines.
  var lines: [String] { rows.map { "| \($0.joined(separator: " | ")) |" } }
}
