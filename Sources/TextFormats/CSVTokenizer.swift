/// Splits lines of comma-separated values (RFC 4180) into records.
///
/// Fields in quotes may contain commas, line ends and doubled quotation marks; a record then extends over several
/// lines. A line may end with CR LF or LF, or have been given without its end; inside quotes its end is kept, LF where
/// it was not given.
package struct CSVTokenizer: Sendable {
  /// One field of a record.
  package struct Field: Sendable {
    /// The text, without quotes.
    package var text: Substring
    /// The line on which the field begins, from 0.
    package var line: Int32
    /// The byte in that line at which it begins; for a quoted field, that of its quotation mark.
    package var offset: Int32
    /// Whether it was in quotes.
    package var isQuoted: Bool
  }

  /// A line that is not a record.
  package struct MalformedRecord: Error {
    /// The kinds of problems.
    package enum Kind: Sendable {
      /// The quotation mark is not closed up to the end of the text.
      case isNotClosed
      /// Text follows a field in quotes.
      case followsQuotes
      /// The quotation mark is inside a field without quotes.
      case isInside
    }

    /// The kind.
    package var kind: Kind
    /// The line, from 0.
    package var line: Int
    /// The place in that line.
    package var index: Substring.Index
  }

  private static let comma = UInt8(ascii: ","), quote = UInt8(ascii: "\"")

  /// The lines.
  package let lines: [Substring]
  /// Whether spaces and tabs around fields and blank lines are ignored, as in tables that people write.
  private let ignoresBlanks: Bool
  /// The line after the last record, from 0.
  package private(set) var line = 0

  /// A tokenizer of lines.
  ///
  /// - Parameters:
  ///   - lines: the lines, with or without their ends.
  ///   - ignoresBlanks: true to ignore spaces and tabs around fields, and blank lines.
  package init(_ lines: [Substring], ignoresBlanks: Bool) {
    self.lines = lines
    self.ignoresBlanks = ignoresBlanks
  }

  /// The fields of all records of a text, every blank of which counts.
  ///
  /// - Throws: the first line that is not a record.
  package static func records(of text: String) throws(MalformedRecord) -> [[String]] {
    var tokenizer = CSVTokenizer(Self.lines(of: text), ignoresBlanks: false)
    var records: [[String]] = []
    while let record = try tokenizer.next() { records.append(record.map { String($0.text) }) }
    return records
  }

  /// The lines of a text, with their ends.
  package static func lines(of text: String) -> [Substring] {
    var lines: [Substring] = []
    var start = text.startIndex
    while start < text.endIndex {
      let end = text.utf8[start...].firstIndex(of: UInt8(ascii: "\n")).map(text.utf8.index(after:)) ?? text.endIndex
      lines.append(text[start..<end])
      start = end
    }
    return lines
  }

  /// The next record; nil at the end.
  ///
  /// - Throws: the problem of the record, after which the next call continues with the line below; after a quotation
  ///   mark that is not closed, there is none.
  package mutating func next() throws(MalformedRecord) -> [Field]? {
    if ignoresBlanks {
      while line < lines.count, lines[line].utf8.allSatisfy(Self.isBlank) { line += 1 }
    }
    guard line < lines.count else { return nil }
    var record: [Field] = []
    var end = contentEnd(line)
    var cursor = lines[line].startIndex
    while true {
      skipBlanks(&cursor, end)
      let (start, first) = (cursor, line)
      let offset = lines[first].utf8.distance(from: lines[first].startIndex, to: start)
      let isQuoted = cursor < end && lines[line].utf8[cursor] == Self.quote
      let text: Substring
      if isQuoted {
        guard let content = quoted(&cursor) else {
          line = lines.count
          throw MalformedRecord(kind: .isNotClosed, line: first, index: start)
        }
        text = content
        end = contentEnd(line)
        skipBlanks(&cursor, end)
        if cursor < end, lines[line].utf8[cursor] != Self.comma { throw problem(.followsQuotes, cursor) }
      } else {
        text = try plain(&cursor, end)
      }
      record.append(Field(text: text, line: Int32(first), offset: Int32(offset), isQuoted: isQuoted))
      guard cursor < end else { break }
      cursor = lines[line].utf8.index(after: cursor)
    }
    line += 1
    return record
  }

  private mutating func problem(_ kind: MalformedRecord.Kind, _ index: Substring.Index) -> MalformedRecord {
    line += 1
    return MalformedRecord(kind: kind, line: line - 1, index: index)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  private func skipBlanks(_ cursor: inout Substring.Index, _ end: Substring.Index) {
    guard ignoresBlanks else { return }
    let raw = lines[line].utf8
    while cursor < end, Self.isBlank(raw[cursor]) { cursor = raw.index(after: cursor) }
  }

  /// The index of a line's end, CR LF or LF; its end index if it was given without one.
  private func contentEnd(_ line: Int) -> Substring.Index {
    let raw = lines[line].utf8
    guard raw.last == UInt8(ascii: "\n") else { return raw.endIndex }
    let last = raw.index(before: raw.endIndex)
    guard last > raw.startIndex else { return last }
    let before = raw.index(before: last)
    return raw[before] == UInt8(ascii: "\r") ? before : last
  }

  /// The text of a field without quotes, at whose end the cursor is afterwards.
  private mutating func plain(_ cursor: inout Substring.Index, _ lineEnd: Substring.Index) throws(MalformedRecord)
    -> Substring
  {
    let raw = lines[line].utf8
    let start = cursor
    var end = start
    while cursor < lineEnd, raw[cursor] != Self.comma {
      if raw[cursor] == Self.quote { throw problem(.isInside, cursor) }
      let next = raw.index(after: cursor)
      if !ignoresBlanks || !Self.isBlank(raw[cursor]) { end = next }
      cursor = next
    }
    return lines[line][start..<end]
  }

  /// The content of a field in quotes; line and cursor are behind its closing mark afterwards. nil if there is none.
  private mutating func quoted(_ cursor: inout Substring.Index) -> Substring? {
    var content = ""
    var start = lines[line].utf8.index(after: cursor)
    var position = start
    while true {
      let raw = lines[line].utf8
      while position < raw.endIndex, raw[position] != Self.quote { position = raw.index(after: position) }
      content += lines[line][start..<position]
      if position == raw.endIndex {
        if raw.last != UInt8(ascii: "\n") { content += "\n" }
        line += 1
        guard line < lines.count else { return nil }
        start = lines[line].startIndex
        position = start
        continue
      }
      let next = raw.index(after: position)
      guard next < raw.endIndex, raw[next] == Self.quote else {
        cursor = next
        return Substring(content)
      }
      content += "\""
      start = raw.index(after: next)
      position = start
    }
  }
}
