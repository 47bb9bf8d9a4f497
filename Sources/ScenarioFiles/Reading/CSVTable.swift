import Diagnostics
import Modeling

/// A table of comma-separated values (RFC 4180) whose fields have places.
///
/// The first record is the header; its names are distinct. Quoted fields may contain commas, line breaks and doubled
/// quotes. Spaces around unquoted fields are ignored, and blank lines are skipped. A field may contain anything that a
/// value of a scenario may: `80 to 120`, `1.5B`.
public struct CSVTable: Sendable {
  /// Maximum number of rows of a table.
  static let mostRows = 2_000_000
  /// Number of problems after which the file is taken to be a different kind of file.
  private static let mostProblems = 100

  /// One field of a record.
  public struct Field: Sendable {
    /// The text, without quotes.
    public var text: Substring
    /// The beginning (for a quoted field, its quotation mark): the line, from 0, and the byte in that line.
    fileprivate var line: Int32
    fileprivate var offset: Int32
    fileprivate var isQuoted: Bool
  }

  /// The file.
  public let file: SourceFile
  /// The names of the columns.
  public private(set) var header: [Field] = []
  private var fields: [Field] = []
  private var lines: [Int32] = []

  /// The number of rows below the header.
  public var rowCount: Int { lines.count }

  /// The field of a row and column, both from 0.
  public subscript(row: Int, column: Int) -> Field { fields[row * header.count + column] }

  /// The place of a field; for an empty one, where its text would be.
  public func place(of field: Field) -> SourcePlace {
    let text = file.lines[Int(field.line)]
    let raw = text.utf8
    let start = raw.index(raw.startIndex, offsetBy: Int(field.offset))
    let length =
      field.isQuoted
      ? 1 + field.text.prefix { !$0.isNewline }.count + (field.text.contains(where: \.isNewline) ? 0 : 1)
      : field.text.count
    return SourcePlace(
      file: file, line: Int(field.line) + 1, column: text[..<start].count + 1, length: length)
  }

  /// The place of a row's beginning.
  public func place(ofRow row: Int) -> SourcePlace {
    SourcePlace(file: file, line: Int(lines[row]) + 1, column: 1, length: file.lines[Int(lines[row])].count)
  }

  /// A field's text with the place of each character, to be parsed as a value.
  public func text(of field: Field) -> ScalarText {
    let start = place(of: field)
    var places: [(line: Int, column: Int)] = []
    places.reserveCapacity(field.text.count + 1)
    var (line, column) = (start.line, start.column)
    if field.isQuoted { column += 1 }
    for character in field.text {
      places.append((line, column))
      if character.isNewline {
        (line, column) = (line + 1, 1)
      } else {
        column += field.isQuoted && character == "\"" ? 2 : 1
      }
    }
    places.append((line, column))
    return ScalarText(text: String(field.text), places: places, file: file)
  }

  /// Reads a table.
  ///
  /// - Throws: All reasons why it is not a table: rows with more or fewer fields than the header, unclosed quotation
  ///   marks, missing or repeated column names, or no header.
  public init(_ file: SourceFile) throws(Diagnostics) {
    self.file = file
    if let problem = TableBeginning(file).problem { throw Diagnostics([problem]) }
    var problems: [Diagnostic] = []
    var lengths = RowLengths(file)
    var line = 0
    while line < file.lines.count, problems.count < Self.mostProblems {
      let first = line
      guard let record = Self.record(file, &line, &problems) else { continue }
      if header.isEmpty {
        header = record
        continue
      }
      guard record.count == header.count else {
        lengths.add(record.map(\.text), line: first)
        continue
      }
      guard lines.count < Self.mostRows else {
        problems.append(
          Diagnostic(
            "this table is too long", at: SourcePlace(file: file, line: first + 1, column: 1),
            expected: "at most \(Self.mostRows) rows"))
        break
      }
      lines.append(Int32(first))
      fields += record
    }
    if header.isEmpty, problems.isEmpty {
      problems.append(
        Diagnostic(
          "the table is empty", at: SourcePlace(file: file, line: 1, column: 1), expected: "a line with column names"))
    }
    problems = headerProblems() + lengths.problems(expected: header.count) + problems
    if !problems.isEmpty { throw Diagnostics(problems) }
  }

  /// The texts of the first records, with the line of each, counted from 0; records with problems are omitted.
  static func firstRecords(_ count: Int, of file: SourceFile) -> [(line: Int, fields: [Substring])] {
    var records: [(line: Int, fields: [Substring])] = []
    var problems: [Diagnostic] = []
    var line = 0
    while line < file.lines.count, records.count < count {
      let first = line
      if let record = record(file, &line, &problems) { records.append((first, record.map(\.text))) }
    }
    return records
  }

  private func headerProblems() -> [Diagnostic] {
    var problems: [Diagnostic] = []
    var first: [Substring: Field] = [:]
    for field in header {
      if field.text.isEmpty {
        problems.append(Diagnostic("a column has no name", at: place(of: field)))
      } else if let earlier = first[field.text] {
        problems.append(
          Diagnostic(
            "the column `\(field.text)` is given twice", at: place(of: field),
            notes: [Diagnostic.Note("first given here", at: place(of: earlier))]))
      } else {
        first[field.text] = field
      }
    }
    return problems
  }

  /// The record that begins on a line, which is advanced past it; nil for a blank line or a problem.
  private static func record(_ file: SourceFile, _ line: inout Int, _ problems: inout [Diagnostic]) -> [Field]? {
    let comma = UInt8(ascii: ","), quote = UInt8(ascii: "\"")
    func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
    var text = file.lines[line]
    var raw = text.utf8
    if raw.allSatisfy(isBlank) {
      line += 1
      return nil
    }
    var record: [Field] = []
    var cursor = raw.startIndex
    while true {
      while cursor < raw.endIndex, isBlank(raw[cursor]) { cursor = raw.index(after: cursor) }
      let start = cursor
      let startLine = line
      let offset = raw.distance(from: raw.startIndex, to: start)
      if cursor < raw.endIndex, raw[cursor] == quote {
        guard let content = quoted(file, &line, &cursor) else {
          problems.append(
            Diagnostic(
              "this quotation mark is not closed",
              at: SourcePlace(file: file, line: startLine + 1, column: text[..<start].count + 1), expected: "`\"`"))
          line = file.lines.count
          return nil
        }
        text = file.lines[line]
        raw = text.utf8
        record.append(
          Field(text: Substring(content), line: Int32(startLine), offset: Int32(offset), isQuoted: true))
        while cursor < raw.endIndex, isBlank(raw[cursor]) { cursor = raw.index(after: cursor) }
        if cursor < raw.endIndex, raw[cursor] != comma {
          problems.append(
            Diagnostic(
              "nothing can follow a field in quotes",
              at: SourcePlace(file: file, line: line + 1, column: text[..<cursor].count + 1),
              expected: "a comma; a quotation mark inside is doubled"))
          line += 1
          return nil
        }
      } else {
        var end = start
        while cursor < raw.endIndex, raw[cursor] != comma {
          if raw[cursor] == quote {
            problems.append(
              Diagnostic(
                "a quotation mark cannot stand inside a field without quotes",
                at: SourcePlace(file: file, line: line + 1, column: text[..<cursor].count + 1),
                expected: "quotes around the whole field, and a doubled mark inside"))
            line += 1
            return nil
          }
          let next = raw.index(after: cursor)
          if !isBlank(raw[cursor]) { end = next }
          cursor = next
        }
        record.append(Field(text: text[start..<end], line: Int32(startLine), offset: Int32(offset), isQuoted: false))
      }
      guard cursor < raw.endIndex else { break }
      cursor = raw.index(after: cursor)
    }
    line += 1
    return record
  }

  /// The content of a quoted field; line and cursor advance past its closing mark. nil if there is none.
  private static func quoted(_ file: SourceFile, _ line: inout Int, _ cursor: inout Substring.Index) -> String? {
    let quote = UInt8(ascii: "\"")
    var content = ""
    var text = file.lines[line]
    var start = text.utf8.index(after: cursor)
    var position = start
    while true {
      let raw = text.utf8
      while position < raw.endIndex, raw[position] != quote { position = raw.index(after: position) }
      content += text[start..<position]
      if position == raw.endIndex {
        line += 1
        guard line < file.lines.count else { return nil }
        content += "\n"
        text = file.lines[line]
        start = text.startIndex
        position = start
        continue
      }
      let next = raw.index(after: position)
      guard next < raw.endIndex, raw[next] == quote else {
        cursor = next
        return content
      }
      content += "\""
      start = raw.index(after: next)
      position = start
    }
  }
}
