import Diagnostics
import Modeling
import TextFormats

/// A table of comma-separated values (RFC 4180) whose fields have places.
///
/// The first record is the header; its names are distinct. Quoted fields may contain commas, line breaks and doubled
/// quotes. Spaces around unquoted fields are ignored, and blank lines are skipped. A field may contain anything that a
/// value of a scenario may: `80 to 120`, `1.5B`.
package struct CSVTable: Sendable {
  /// Maximum number of rows of a table.
  static let mostRows = 2_000_000
  /// Number of problems after which the file is taken to be a different kind of file.
  private static let mostProblems = 100

  /// One field of a record.
  package typealias Field = CSVTokenizer.Field

  /// The file.
  package let file: SourceFile
  /// The names of the columns.
  package private(set) var header: [Field] = []
  private var fields: [Field] = []
  private var lines: [Int32] = []

  /// The number of rows below the header.
  package var rowCount: Int { lines.count }

  /// The field of a row and column, both from 0.
  package subscript(row: Int, column: Int) -> Field { fields[row * header.count + column] }

  /// The place of a field; for an empty one, where its text would be.
  package func place(of field: Field) -> SourcePlace {
    let length =
      field.isQuoted
      ? 1 + field.text.prefix { !SourceFile.endsLine($0) }.count
        + (field.text.contains(where: SourceFile.endsLine) ? 0 : 1)
      : field.text.count
    return SourcePlace(
      file: file, line: Int(field.line) + 1,
      column: file.column(ofByte: Int(field.offset), inLine: Int(field.line)), length: length)
  }

  /// The place of a row's beginning.
  package func place(ofRow row: Int) -> SourcePlace {
    SourcePlace(file: file, line: Int(lines[row]) + 1, column: 1, length: file.lines[Int(lines[row])].count)
  }

  /// A field's text with the place of each character, to be parsed as a value.
  package func text(of field: Field) -> ScalarText {
    let start = place(of: field)
    var places: [(line: Int, column: Int)] = []
    places.reserveCapacity(field.text.count + 1)
    var (line, column) = (start.line, start.column)
    if field.isQuoted { column += 1 }
    for character in field.text {
      places.append((line, column))
      if SourceFile.endsLine(character) {
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
  package init(_ file: SourceFile) throws(Diagnostics) {
    self.file = file
    if let problem = TableBeginning(file).problem { throw Diagnostics([problem]) }
    var problems: [Diagnostic] = []
    var lengths = RowLengths(file)
    var records = CSVTokenizer(file.lines, ignoresBlanks: true)
    while problems.count < Self.mostProblems {
      let record: [Field]
      do throws(CSVTokenizer.MalformedRecord) {
        guard let next = try records.next() else { break }
        record = next
      } catch {
        problems.append(Self.diagnostic(error, in: file))
        continue
      }
      let first = Int(record[0].line)
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
            .tableTooLong(limit: Self.mostRows), at: SourcePlace(file: file, line: first + 1, column: 1)))
        break
      }
      lines.append(Int32(first))
      fields += record
    }
    if header.isEmpty, problems.isEmpty {
      problems.append(Diagnostic(.emptyTable, at: SourcePlace(file: file, line: 1, column: 1)))
    }
    problems = headerProblems() + lengths.problems(expected: header.count) + problems
    if !problems.isEmpty { throw Diagnostics(problems) }
  }

  /// The texts of the first records, with the line of each, counted from 0; records with problems are omitted.
  static func firstRecords(_ count: Int, of file: SourceFile) -> [(line: Int, fields: [Substring])] {
    var records: [(line: Int, fields: [Substring])] = []
    var tokenizer = CSVTokenizer(file.lines, ignoresBlanks: true)
    while records.count < count {
      do throws(CSVTokenizer.MalformedRecord) {
        guard let record = try tokenizer.next() else { break }
        records.append((Int(record[0].line), record.map(\.text)))
      } catch {
        continue
      }
    }
    return records
  }

  private func headerProblems() -> [Diagnostic] {
    var problems: [Diagnostic] = []
    var first: [Substring: Field] = [:]
    let blanks = header.filter(\.text.isEmpty)
    if let blank = blanks.first {
      problems.append(Diagnostic(.columnWithoutName(others: blanks.count - 1), at: place(of: blank)))
    }
    for field in header where !field.text.isEmpty {
      if let earlier = first[field.text] {
        problems.append(
          Diagnostic(.repeatedColumn(String(field.text), first: place(of: earlier)), at: place(of: field)))
      } else {
        first[field.text] = field
      }
    }
    return problems
  }

  /// The message for a line that is not a record.
  private static func diagnostic(_ problem: CSVTokenizer.MalformedRecord, in file: SourceFile) -> Diagnostic {
    let place = SourcePlace(
      file: file, line: problem.line + 1, column: file.lines[problem.line][..<problem.index].count + 1)
    return switch problem.kind {
    case .isNotClosed: Diagnostic(.unclosedFieldQuote, at: place)
    case .followsQuotes: Diagnostic(.textAfterQuotedField, at: place)
    case .isInside: Diagnostic(.quoteInsideField, at: place)
    }
  }
}
