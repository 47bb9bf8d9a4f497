import TextFormats

/// Text for a screen, made safe: text from a scenario is displayed but cannot control the terminal.
package enum ScreenText {
  /// The lines, each with its newline; characters that control the terminal or the direction of writing are replaced.
  static func of(_ lines: [String]) -> String {
    lines.map { line in
      // Titles and descriptions may contain line breaks.
      line.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
        TerminalText.withoutControls(String($0)) + "\n"
      }
      .joined()
    }.joined()
  }

  /// A text of several lines, as a table's field.
  static func onOneLine(_ text: String) -> String {
    guard text.contains(where: \.isNewline) else { return text }
    return text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// A text broken between words into lines of about a hundred characters, later ones indented.
  ///
  /// A number and the word after it, a unit or a percent sign, stay on one line.
  static func wrapped(_ text: String, width: Int = 100) -> [String] {
    var lines: [String] = []
    for piece in pieces(of: text) {
      if let last = lines.last, DirectionalText.columns(of: last) + DirectionalText.columns(of: piece) < width {
        lines[lines.count - 1] += " " + piece
      } else {
        lines.append((lines.isEmpty ? "" : "  ") + piece)
      }
    }
    return lines
  }

  /// The words of a text, each number joined to the word after it, unless this is a number too.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var followsNumber = false
    for word in text.split(separator: " ") {
      let isNumber = isNumber(word)
      if followsNumber, !isNumber { pieces[pieces.count - 1] += " " + word } else { pieces.append(String(word)) }
      followsNumber = isNumber
    }
    return pieces
  }

  /// Whether a word ends as a number does: `0.82`, `(-1.5e-07`, `20k`, but not `2019,` or `x1`.
  private static func isNumber(_ word: Substring) -> Bool {
    let digits = word.drop { "(+-−".contains($0) }
    guard let first = digits.first, first.isNumber, let last = digits.last else { return false }
    return (last.isNumber || "kMBT".contains(last)) && digits.allSatisfy { $0.isNumber || "._e+-kMBT".contains($0) }
  }
}

/// An aligned table of text columns, with two spaces between columns and no trailing spaces.
struct TextTable {
  /// The alignment of a column's fields.
  enum Alignment {
    case left, right, decimal
  }

  private var columns: [[String]] = []

  /// A table without columns.
  init() {}

  /// Adds a column: its header, and a field for each row.
  ///
  /// Decimal alignment aligns the points: `0.41` above `12`; text without digits is right-aligned.
  mutating func add(_ header: String, _ fields: [String], _ alignment: Alignment) {
    let fields = fields.map(ScreenText.onOneLine)
    let body = alignment == .decimal ? Self.alignedAtPoint(fields) : fields
    let width = ([header] + body).map(DirectionalText.columns).max() ?? 0
    columns.append(
      ([header] + body).map { field in
        let gap = String(repeating: " ", count: width - DirectionalText.columns(of: field))
        return alignment == .left ? field + gap : gap + field
      })
  }

  /// The lines, the header first.
  var lines: [String] {
    (0..<(columns.first?.count ?? 0)).map { row in
      let line = columns.map { $0[row] }.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// Fields padded to one width with aligned decimal points (or ends, without one).
  static func alignedAtPoint(_ fields: [String]) -> [String] {
    let isNumber = fields.map { $0.contains(where: \.isNumber) && !$0.contains("e") }
    let split = fields.map { field in
      let whole = field.prefix { $0 != "." }.count
      return (whole: whole, rest: field.count - whole)
    }
    let numbers = zip(split, isNumber).filter(\.1).map(\.0)
    let whole = numbers.map(\.whole).max() ?? 0
    let rest = numbers.map(\.rest).max() ?? 0
    let width = max(whole + rest, fields.map(\.count).max() ?? 0)
    return fields.indices.map { row in
      let right = isNumber[row] ? rest - split[row].rest : 0
      let left = width - fields[row].count - right
      return String(repeating: " ", count: max(0, left)) + fields[row] + String(repeating: " ", count: right)
    }
  }
}
