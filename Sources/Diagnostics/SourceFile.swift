/// A source file, kept so that messages can show its lines.
package final class SourceFile: Sendable {
  /// The path as shown in messages: relative to the current folder if the file is below it.
  package let path: String
  /// The path that results state: the same, or relative to the scenario's folder if that would be an absolute path.
  package let publishedPath: String
  /// The lines, without their ends.
  package let lines: [Substring]

  /// Creates a file with the path that messages show.
  ///
  /// - Parameter publishedPath: the path that results state; nil for the same.
  package init(path: String, text: String, publishedPath: String? = nil) {
    self.path = path
    self.publishedPath = publishedPath ?? path
    // Splitting by bytes is many times faster than by characters; `\r\n` is one line break.
    var lines: [Substring] = []
    let bytes = text.utf8
    var start = bytes.startIndex
    var cursor = start
    while cursor < bytes.endIndex {
      let byte = bytes[cursor]
      let next = bytes.index(after: cursor)
      if byte == 10 || byte == 13 {
        lines.append(text[start..<cursor])
        start = byte == 13 && next < bytes.endIndex && bytes[next] == 10 ? bytes.index(after: next) : next
        cursor = start
      } else {
        cursor = next
      }
    }
    lines.append(text[start...])
    self.lines = lines
  }

  /// Whether a line ends at a character: LF, CR LF or CR, not the other line separators of Unicode.
  package static func endsLine(_ character: Character) -> Bool {
    character == "\n" || character == "\r\n" || character == "\r"
  }
}

/// A range within one line of a file, or of a command-line flag.
package struct SourcePlace: Sendable {
  /// The file; for a flag, a file whose only line is the flag's text and whose path is the flag's name.
  package var file: SourceFile
  /// Line, counted from 1.
  package var line: Int
  /// Column in characters (grapheme clusters), counted from 1.
  package var column: Int
  /// Length in characters; at least 1.
  package var length: Int

  /// Creates a place.
  package init(file: SourceFile, line: Int, column: Int, length: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
    self.length = max(1, length)
  }
}

extension SourcePlace: CustomStringConvertible {
  /// `path:line:column`
  package var description: String { "\(file.path):\(line):\(column)" }
}

extension SourcePlace: Comparable {
  /// Whether both denote the same range.
  package static func == (a: Self, b: Self) -> Bool {
    a.file.path == b.file.path && (a.line, a.column, a.length) == (b.line, b.column, b.length)
  }

  /// By file, line, column.
  package static func < (a: Self, b: Self) -> Bool {
    (a.file.path, a.line, a.column) < (b.file.path, b.line, b.column)
  }
}
