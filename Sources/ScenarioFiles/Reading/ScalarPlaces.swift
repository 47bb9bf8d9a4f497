import Diagnostics
import Modeling

/// The lines of a file as characters, one line at a time, and the conversion of the YAML library's columns.
///
/// The library counts Unicode scalars; people and `SourcePlace` count characters.
final class LineTable {
  let file: SourceFile
  private var current = -1
  private var characters: [Character] = []
  /// For each Unicode scalar of the current line the character that it belongs to; empty for ASCII lines.
  private var characterOfScalar: [Int] = []
  /// The end of the current line's content, after its last character that is neither space nor tab.
  private var contentEnd = 0

  init(_ file: SourceFile) { self.file = file }

  var count: Int { file.lines.count }

  private func load(_ line: Int) {
    guard line != current else { return }
    current = line
    guard file.lines.indices.contains(line) else {
      (characters, characterOfScalar, contentEnd) = ([], [], 0)
      return
    }
    let text = file.lines[line]
    characters = Array(text)
    characterOfScalar = []
    if characters.count != text.unicodeScalars.count {
      for (index, character) in characters.enumerated() {
        for _ in character.unicodeScalars { characterOfScalar.append(index) }
      }
    }
    contentEnd = (characters.lastIndex { $0 != " " && $0 != "\t" } ?? -1) + 1
  }

  /// The characters of a line, counted from 0.
  func characters(ofLine line: Int) -> [Character] {
    load(line)
    return characters
  }

  /// The end of a line's content, after its last character that is neither space nor tab; 0 for a blank line.
  func contentEnd(ofLine line: Int) -> Int {
    load(line)
    return contentEnd
  }

  /// The character, from 0, that contains a Unicode scalar, from 0, of a line.
  func column(ofScalar scalar: Int, inLine line: Int) -> Int {
    load(line)
    if characterOfScalar.isEmpty { return min(scalar, characters.count) }
    return scalar < characterOfScalar.count ? characterOfScalar[scalar] : characters.count
  }

  /// The place of a character, from 0, of a line, from 0. The library places something missing after the last line; it is
  /// at the end of that line.
  func place(line: Int, column: Int, length: Int = 1) -> SourcePlace {
    guard line < count else {
      return SourcePlace(file: file, line: count, column: contentEnd(ofLine: count - 1) + 1, length: 1)
    }
    return SourcePlace(file: file, line: line + 1, column: column + 1, length: length)
  }
}

/// Finds the place in the file of each character of a scalar's text.
///
/// The library's text is authoritative; the raw lines are scanned in parallel by the rules of YAML 1.2.2, chapters 7.3
/// (flow scalars: folding, quotes, escapes) and 8.1 (block scalars). If they disagree, the remaining characters get the
/// last known place, so that a caret is less exact and nothing else is wrong.
struct ScalarPlaces {
  enum Style {
    case plain, singleQuoted, doubleQuoted, literal, folded
  }

  private let lines: LineTable
  private let text: [Character]
  private var places: [(line: Int, column: Int)] = []
  private var line: Int
  private var column: Int

  /// Places of the characters and of the end, counted from 1.
  static func of(
    _ text: String, style: Style, line: Int, column: Int, in lines: LineTable
  ) -> [(line: Int, column: Int)] {
    var walk = ScalarPlaces(lines: lines, text: Array(text), line: line, column: column)
    walk.places.reserveCapacity(walk.text.count + 1)
    switch style {
    case .plain: walk.flow(quote: nil)
    case .singleQuoted: walk.flow(quote: "'")
    case .doubleQuoted: walk.flow(quote: "\"")
    case .literal: walk.block(isFolded: false)
    case .folded: walk.block(isFolded: true)
    }
    while walk.places.count <= walk.text.count { walk.mark() }
    return walk.places
  }

  private init(lines: LineTable, text: [Character], line: Int, column: Int) {
    self.lines = lines
    self.text = text
    self.line = line
    self.column = column
  }

  /// Records this place for the next character of the text.
  private mutating func mark() { places.append((line + 1, column + 1)) }

  private mutating func flow(quote: Character?) {
    if quote != nil { column += 1 }
    while places.count < text.count {
      guard line < lines.count else { return }
      if column >= lines.contentEnd(ofLine: line) {
        fold()
        continue
      }
      let raw = lines.characters(ofLine: line)
      let wanted = text[places.count]
      if quote == "\"", raw[column] == "\\" {
        if column + 1 == raw.count {
          // An escaped line break adds nothing to the text.
          line += 1
          skipIndentation()
          continue
        }
        mark()
        column += ["x": 4, "u": 6, "U": 10][raw[column + 1]] ?? 2
      } else if quote == "'", raw[column] == "'" {
        guard wanted == "'" else { return }
        mark()
        column += 2
      } else {
        guard raw[column] == wanted else { return }
        mark()
        column += 1
      }
    }
  }

  /// A line break inside a flow scalar: one becomes a space, n + 1 become n line feeds.
  private mutating func fold() {
    var breaks = 0
    var next = line
    repeat {
      next += 1
      breaks += 1
    } while next < lines.count && lines.contentEnd(ofLine: next) == 0
    for _ in 0..<max(1, breaks - 1) where places.count < text.count && text[places.count].isWhitespace { mark() }
    line = next
    skipIndentation()
  }

  private mutating func skipIndentation() {
    let raw = lines.characters(ofLine: line)
    column = raw.firstIndex { $0 != " " && $0 != "\t" } ?? raw.count
  }

  private mutating func block(isFolded: Bool) {
    line += 1
    column = 0
    // Blank lines before the first line of content are line feeds.
    while places.count < text.count, text[places.count] == "\n", line < lines.count {
      column = lines.characters(ofLine: line).count
      mark()
      line += 1
    }
    let spaces = text[places.count...].prefix { $0 == " " }.count
    let indentation = max(0, lines.characters(ofLine: line).prefix { $0 == " " }.count - spaces)
    while places.count < text.count, line < lines.count {
      let raw = lines.characters(ofLine: line)
      column = min(indentation, raw.count)
      while column < raw.count, places.count < text.count {
        guard raw[column] == text[places.count] else { return }
        mark()
        column += 1
      }
      if isFolded {
        separators(indentation)
      } else {
        guard places.count < text.count, text[places.count] == "\n" else { return }
        mark()
        line += 1
      }
    }
  }

  /// The text between two lines of a folded scalar: one space, or line feeds.
  private mutating func separators(_ indentation: Int) {
    var next = line + 1
    while next < lines.count, lines.contentEnd(ofLine: next) == 0 { next += 1 }
    let following = lines.characters(ofLine: next).dropFirst(indentation).first
    let here = (line, column)
    if places.count < text.count, text[places.count] == " ", following != " ", following != "\t" {
      mark()
    } else {
      while places.count < text.count, text[places.count] == "\n" { mark() }
    }
    // At the end of the text, the end is the end of this line.
    (line, column) = places.count < text.count ? (next, 0) : here
  }
}
