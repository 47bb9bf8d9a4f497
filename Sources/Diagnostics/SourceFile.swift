/// A source file, kept so that messages can show its lines.
package final class SourceFile: Sendable {
  /// The path as shown in messages: relative to the current folder if the file is below it.
  package let path: String
  /// The path that results state: the same, or relative to the scenario's folder if that would be an absolute path.
  package let publishedPath: String
  /// The lines, without their ends.
  package let lines: [Substring]
  /// Of each long line with other characters than those of ASCII, the bytes at which characters begin, one at least every
  /// `markDistance` bytes, with their columns.
  private let marks: [Int: [Mark]]

  private struct Mark: Sendable {
    var offset: Int
    var column: Int
  }

  /// Bytes between two marks, and of a line that needs none: little enough to count their characters for every place.
  private static let markDistance = 256

  /// Creates a file with the path that messages show.
  ///
  /// - Parameters:
  ///   - path: the path.
  ///   - text: the content.
  ///   - publishedPath: the path that results state; nil for the same.
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
    var marks: [Int: [Mark]] = [:]
    for (number, line) in lines.enumerated() where line.utf8.count > Self.markDistance {
      if let found = Self.marks(of: line) { marks[number] = found }
    }
    self.marks = marks
  }

  /// The marks of a line; nil if every byte is a character.
  private static func marks(of line: Substring) -> [Mark]? {
    guard line.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
    var marks = [Mark(offset: 0, column: 1)]
    var (offset, column) = (0, 1)
    for character in line {
      if offset >= marks[marks.count - 1].offset + markDistance { marks.append(Mark(offset: offset, column: column)) }
      offset += character.utf8.count
      column += 1
    }
    return marks
  }

  /// The column of a byte of a line, in a time that does not grow with the line.
  ///
  /// - Parameters:
  ///   - offset: the byte, from 0; the line's end is one, too.
  ///   - line: the line, from 0.
  /// - Returns: the column in characters, from 1.
  package func column(ofByte offset: Int, inLine line: Int) -> Int {
    let text = lines[line]
    var first = Mark(offset: 0, column: 1)
    if let marks = marks[line] {
      var (low, high) = (0, marks.count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if marks[middle].offset <= offset { low = middle } else { high = middle }
      }
      first = marks[low]
    } else if text.utf8.count > Self.markDistance {
      return offset + 1
    }
    let start = text.utf8.index(text.startIndex, offsetBy: first.offset)
    let end = text.utf8.index(start, offsetBy: offset - first.offset)
    return first.column + text[start..<end].count
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
