/// Text for a screen, made safe: text from a scenario is displayed but cannot control the terminal.
enum ScreenText {
  /// The lines, each with its newline; characters that control the terminal or the direction of writing are replaced.
  static func of(_ lines: [String]) -> String {
    lines.map { line in
      // Titles and descriptions may contain line breaks.
      line.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { harmless(String($0)) + "\n" }
        .joined()
    }.joined()
  }

  /// A text of several lines, as a table's field.
  static func onOneLine(_ text: String) -> String {
    guard text.contains(where: \.isNewline) else { return text }
    return text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// A text broken between words into lines of about a hundred characters, later ones indented.
  static func wrapped(_ text: String, width: Int = 100) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + word.count < width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append((lines.isEmpty ? "" : "  ") + word)
      }
    }
    return lines
  }

  private static func harmless(_ line: String) -> String {
    guard line.unicodeScalars.contains(where: isHarmful) else { return line }
    var result = String.UnicodeScalarView()
    for scalar in line.unicodeScalars { result.append(isHarmful(scalar) ? "\u{FFFD}" : scalar) }
    return String(result)
  }

  /// Controls (C0, C1) and the embeddings, overrides and isolates of Unicode Standard Annex #9.
  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
