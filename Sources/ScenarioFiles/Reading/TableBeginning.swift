import Diagnostics
import Modeling

/// Checks the first lines of a table for a mistake that would invalidate every line: separators other than commas, or
/// lines above the column names.
struct TableBeginning {
  private let file: SourceFile

  /// Number of records that are examined.
  private static let mostRecords = 30

  /// Creates a check of a file.
  init(_ file: SourceFile) { self.file = file }

  /// The mistake; nil if there is none.
  var problem: Diagnostic? {
    guard let first = file.lines.firstIndex(where: { !Self.isBlank($0) }) else { return nil }
    return otherSeparator(first) ?? noHeader()
  }

  private static func isBlank(_ line: Substring) -> Bool { line.allSatisfy { $0 == " " || $0 == "\t" } }

  // MARK: - Separators

  private static let separators: [(character: Character, name: String)] = [
    (";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars"),
  ]

  private func otherSeparator(_ first: Int) -> Diagnostic? {
    let header = file.lines[first]
    guard Self.count(",", in: header) == 0 else { return nil }
    for (separator, name) in Self.separators {
      let count = Self.count(separator, in: header)
      guard count > 0 else { continue }
      // A title with a semicolon above a comma-separated table is a different mistake.
      let next = file.lines[(first + 1)...].first { !Self.isBlank($0) }
      if let next, Self.count(separator, in: next) != count { continue }
      let names = header.split(separator: separator, omittingEmptySubsequences: false).map { LooseText($0).text }
      return Diagnostic(
        .columnSeparator(name, suggestion: names.joined(separator: ",")),
        at: SourcePlace(file: file, line: first + 1, column: 1, length: header.count))
    }
    return nil
  }

  /// The count of a character outside quotation marks.
  private static func count(_ wanted: Character, in line: Substring) -> Int {
    var isQuoted = false
    var count = 0
    for character in line {
      if character == "\"" { isQuoted.toggle() }
      if character == wanted, !isQuoted { count += 1 }
    }
    return count
  }

  // MARK: - Lines above the column names

  private func noHeader() -> Diagnostic? {
    let records = CSVTable.firstRecords(Self.mostRecords, of: file)
    guard let first = records.first, records.count > 1 else { return nil }
    let below = records.dropFirst()
    let usual =
      Dictionary(grouping: below, by: \.fields.count)
      .max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }?.key ?? first.fields.count
    let header = below.first { $0.fields.count == usual && Self.areNames($0.fields) }
    let reason: String
    if first.fields.count < usual, header != nil || !Self.areNames(first.fields) {
      reason = "it has \(Self.fields(first.fields.count)), and the rows below have \(usual)"
    } else if first.fields.count == usual, first.fields.contains(""), header != nil {
      reason = "not all of its fields are names"
    } else {
      return nil
    }
    return Self.problem(first.line, reason, header: header?.line, in: file)
  }

  static func fields(_ count: Int) -> String { count == 1 ? "1 field" : "\(count) fields" }

  /// Whether fields may be column names: none is blank, repeated or a number.
  private static func areNames(_ fields: [Substring]) -> Bool {
    Set(fields).count == fields.count
      && fields.allSatisfy { field in
        var text = LooseText(field)
        return !field.isEmpty && text.number() == nil
      }
  }

  /// The problem of a line that is not a header, with the line that seems to be one; lines are counted from 0.
  static func problem(_ line: Int, _ reason: String, header: Int?, in file: SourceFile) -> Diagnostic {
    func place(_ line: Int) -> SourcePlace {
      SourcePlace(file: file, line: line + 1, column: 1, length: file.lines[line].count)
    }
    return Diagnostic(.notAHeader(line: line + 1, reason: reason, header: header.map(place)), at: place(line))
  }
}

/// Rows with more or fewer fields than the header; rows of equal length are one problem.
struct RowLengths {
  private let file: SourceFile
  private var lines: [Int: [Int]] = [:]
  private var withNumbers: Set<Int> = []

  init(_ file: SourceFile) { self.file = file }

  /// Records a row; its line is counted from 0.
  mutating func add(_ fields: [Substring], line: Int) {
    lines[fields.count, default: []].append(line)
    // `1,234` splits one number into two fields.
    let isNumber = fields.map { !$0.isEmpty && $0.allSatisfy { LooseText.isDigit($0) || $0 == "." } }
    if zip(isNumber, isNumber.dropFirst()).contains(where: { $0 && $1 }) { withNumbers.insert(fields.count) }
  }

  /// The problems, given the number of columns.
  func problems(expected: Int) -> [Diagnostic] {
    lines.sorted { $0.value[0] < $1.value[0] }.map { count, lines in
      let first = lines[0]
      var notes: [Diagnostic.Note] = []
      if lines.count > 1 { notes.append(.init(CellProblems.text(lines.dropFirst().map { $0 + 1 }))) }
      if count > expected, withNumbers.contains(count) { notes.append(Problem.thousandsInTable) }
      return Diagnostic(
        .fieldCount(TableBeginning.fields(count), columns: expected, notes: notes),
        at: SourcePlace(file: file, line: first + 1, column: 1, length: file.lines[first].count))
    }
  }
}
