import TextFormats

/// A table of results as text: of a CSV file in a folder, or of a run that has just ended.
package struct DataTable: Sendable {
  /// The names of the columns.
  package let columns: [String]
  /// The rows, each with a field for every column.
  package let rows: [[String]]

  /// The table of CSV text (RFC 4180); nil if it is not a table, or a row has another number of fields than the header.
  package init?(csv: String) {
    guard let records = try? CSVTokenizer.records(of: csv), let header = records.first else { return nil }
    let rows = records.dropFirst()
    guard rows.allSatisfy({ $0.count == header.count }) else { return nil }
    columns = header.map { String($0) }
    self.rows = rows.map { $0.map { String($0) } }
  }

  /// The table that a file of a result holds; nil if it is not a table.
  init?(_ file: ReportFile) throws {
    let buffer = TextBuffer()
    try file.write(buffer)
    self.init(csv: buffer.text)
  }

  private init(columns: [String], rows: [[String]]) {
    self.columns = columns
    self.rows = rows
  }

  /// The table with a further column.
  func adding(_ column: String, _ texts: [String]) -> DataTable {
    DataTable(columns: columns + [column], rows: zip(rows, texts).map { $0 + [$1] })
  }

  /// The position of a column. The labels of an index called like another column are in `index.NAME`.
  private func position(_ column: String) -> Int? { columns.firstIndex(of: column) }

  /// The column of an index's labels.
  private func position(ofIndex name: String) -> Int? { position("index.\(name)") ?? position(name) }

  /// Whether there is a column.
  func has(_ column: String) -> Bool { position(column) != nil }

  /// The texts of a column; empty if there is none.
  func texts(_ column: String) -> [String] { position(column).map { at in rows.map { $0[at] } } ?? [] }

  /// The numbers of a column; not a number where it is blank or missing.
  func numbers(_ column: String) -> [Double] {
    position(column).map { at in rows.map { Double($0[at]) ?? .nan } } ?? rows.map { _ in .nan }
  }

  /// The labels of an index; empty if the table does not have it.
  func labels(ofIndex name: String) -> [String] { position(ofIndex: name).map { at in rows.map { $0[at] } } ?? [] }

  /// The rows whose field in a column is a given text; all rows if the table does not have the column.
  func rows(_ column: String, is text: String) -> DataTable { filtered(position(column), text) }

  /// The rows at a label of an index; all rows if the table does not have the index.
  func rows(ofIndex name: String, at label: String) -> DataTable { filtered(position(ofIndex: name), label) }

  private func filtered(_ at: Int?, _ text: String) -> DataTable {
    guard let at else { return self }
    return DataTable(columns: columns, rows: rows.filter { $0[at] == text })
  }
}
