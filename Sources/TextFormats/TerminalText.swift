/// Text that a terminal can show but that cannot control it.
///
/// Names, titles and arguments may contain any character. Written as they are, an escape sequence could move the cursor,
/// hide what was printed or change the title of the window (ECMA-48), and a bidirectional control could make a text look
/// like another one (Unicode Standard Annex #9; Boucher and Anderson, "Trojan Source", arXiv:2111.00169).
package struct TerminalText: Sendable, Equatable {
  /// The text, to be written to a terminal.
  package let text: String

  /// Plain text; each harmful character is replaced by U+FFFD. Line ends (LF, CR LF), tabs and isolates that begin and
  /// end on one line (`DirectionalText`) stay.
  package init(escaping plain: String) {
    guard plain.unicodeScalars.contains(where: { Self.isHarmful($0) && $0 != "\n" && $0 != "\t" }) else {
      text = plain
      return
    }
    let scalars = Array(plain.unicodeScalars)
    let isolates = DirectionalText.balancedIsolates(in: scalars)
    var result = String.UnicodeScalarView()
    for (position, scalar) in scalars.enumerated() {
      let endsLine = scalar == "\r" && position + 1 < scalars.count && scalars[position + 1] == "\n"
      let stays =
        scalar == "\n" || scalar == "\t" || endsLine || !Self.isHarmful(scalar) || isolates.contains(position)
      result.append(stays ? scalar : "\u{FFFD}")
    }
    text = String(result)
  }

  /// Text with control sequences of the program itself, such as colours around text that has been escaped.
  package init(trusted text: String) { self.text = text }

  /// Whether a character is a control (C0, C1), a line or paragraph separator, or has the Unicode property Bidi_Control.
  package static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// A path as a part of a line: bytes that are not UTF-8 appear as `\xE9`, and every harmful character, line ends
  /// included, as U+FFFD.
  package static func path(_ path: String) -> String { withoutControls(ByteText.shown(path)) }

  /// Text of one line in which every harmful character, tabs and line ends included, is replaced by U+FFFD; isolates that
  /// begin and end on it (`DirectionalText`) stay.
  package static func withoutControls(_ line: String) -> String { replacingHarmful(in: line) { isHarmful($0) } }

  /// Text in which the characters for which a rule is true are replaced by U+FFFD; isolates that begin and end on one
  /// line stay.
  package static func replacingHarmful(in text: String, where isReplaced: (Unicode.Scalar) -> Bool) -> String {
    guard text.unicodeScalars.contains(where: isReplaced) else { return text }
    let scalars = Array(text.unicodeScalars)
    let isolates = DirectionalText.balancedIsolates(in: scalars)
    var result = String.UnicodeScalarView()
    for (position, scalar) in scalars.enumerated() {
      result.append(isReplaced(scalar) && !isolates.contains(position) ? "\u{FFFD}" : scalar)
    }
    return String(result)
  }
}
