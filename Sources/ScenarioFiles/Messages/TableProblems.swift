import Diagnostics

/// CSV tables and the values that inputs read from them.
enum TableCode: String, DiagnosticSection {
  static let section = "tables"

  // The text: this file.
  case quotes
  case separator
  case header
  case empty
  case fields
  case repeatedColumn = "repeated-column"

  // Columns and rows: TableColumnProblems.swift.
  case unknownColumn = "unknown-column"
  case missingColumn = "missing-column"
  case conflict
  case repeatedRow = "repeated-row"
  case missingRow = "missing-row"
  case missingValue = "missing-value"
  case intervalEnd = "interval-end"
  case unverified
}

/// Texts that are not tables.
extension Problem {
  // MARK: Quotes and separators

  /// A field whose quotation mark is not closed before the end of the file.
  static let unclosedFieldQuote = Problem(
    TableCode.quotes, "this quotation mark is not closed", expected: "`\"` at the end of the field")

  /// Text behind the closing quotation mark of a field.
  static let textAfterQuotedField = Problem(
    TableCode.quotes, "this text follows a field in quotation marks",
    expected: "a comma; a quotation mark inside the field is doubled")

  /// A quotation mark inside a field that does not begin with one.
  static let quoteInsideField = Problem(
    TableCode.quotes, "this quotation mark is inside a field without quotation marks",
    expected: "quotation marks around the whole field, and a doubled mark inside it")

  /// Columns that are separated by other characters; `suggestion` is the header with commas.
  static func columnSeparator(_ name: String, suggestion: String) -> Problem {
    Problem(
      TableCode.separator, "the columns of this table are separated by \(name)",
      expected: "commas between columns, and points in numbers", suggestion: suggestion)
  }

  // MARK: Header

  /// A first line without column names; `header` is the line that seems to have them.
  static func notAHeader(line: Int, reason: String, header: SourcePlace?) -> Problem {
    Problem(
      TableCode.header, "line \(line) is not a header: \(reason)",
      expected: "the column names in the first line, without a title or remarks above them",
      notes: header.map { [.init("the column names seem to be here", at: $0)] } ?? [])
  }

  /// A column with a blank name.
  static func columnWithoutName(others: Int) -> Problem {
    Problem(
      TableCode.header, "this column has no name", expected: "a name for each column in the first line",
      advice: others == 0 ? nil : "\(others) more column\(others == 1 ? " has" : "s have") no name")
  }

  /// Two columns with the same name.
  static func repeatedColumn(_ name: String, first: SourcePlace) -> Problem {
    Problem(
      TableCode.repeatedColumn, "there are two columns `\(name)`", notes: [.init("the first is here", at: first)])
  }

  // MARK: Rows

  /// A file without a header.
  static let emptyTable = Problem(
    TableCode.empty, "the table is empty", expected: "a line with column names, and rows below it")

  /// A table with too many rows.
  static func tableTooLong(limit: Int) -> Problem {
    Problem(FileCode.unreadable, "this table is too long", expected: "at most \(limit) rows")
  }

  /// A row with more or fewer fields than the header; `fields` is `3 fields`.
  static func fieldCount(_ fields: String, columns: Int, notes: [Diagnostic.Note]) -> Problem {
    Problem(
      TableCode.fields, "this row has \(fields)", expected: "\(columns), as in the header", notes: notes)
  }

  /// A number with a thousands separator in a table.
  static let thousandsInTable = Diagnostic.Note(
    "a comma separates fields, also inside a number: `1,234` is written 1234")
}

extension Diagnostic {
  /// Whether this is a warning about the sources of values, which `check` shows and other commands leave out.
  package var isAboutSources: Bool { code == TableCode.unverified.code }
}
