/// Text of scripts that are written from right to left, inside text that is written from left to right.
///
/// Numbers and punctuation next to a right-to-left label would change places with it. An isolate (U+2068 FIRST STRONG
/// ISOLATE … U+2069 POP DIRECTIONAL ISOLATE) keeps the label's order inside itself: Unicode Standard Annex #9, section
/// 2.4; it is what the element `bdi` of HTML does.
package enum DirectionalText {
  static let start: Unicode.Scalar = "\u{2068}"
  static let end: Unicode.Scalar = "\u{2069}"

  /// The text in an isolate if it contains right-to-left letters, otherwise unchanged.
  package static func isolated(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isRightToLeft) else { return text }
    return "\(start)\(text)\(end)"
  }

  /// The text without its isolates, for files.
  package static func plain(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != start && $0 != end }))
  }

  /// The beginning of a text with the ends of the isolates that begin in it.
  package static func closed(_ beginning: String) -> String {
    let open = beginning.unicodeScalars.reduce(0) { $1 == start ? $0 + 1 : $1 == end ? max(0, $0 - 1) : $0 }
    return beginning + String(String.UnicodeScalarView(repeatElement(end, count: open)))
  }

  /// Whether a character belongs to a block whose default direction is right to left: Hebrew, Arabic, Syriac, Thaana,
  /// N'Ko and others, as DerivedBidiClass.txt of the Unicode Character Database lists them.
  static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }

  /// The positions of isolates that begin and end on one line, so that they affect nothing outside themselves.
  static func balancedIsolates(in scalars: [Unicode.Scalar]) -> Set<Int> {
    var open: [Int] = []
    var kept: Set<Int> = []
    for (position, scalar) in scalars.enumerated() {
      switch scalar {
      case start: open.append(position)
      case end:
        if let begin = open.popLast() { kept.formUnion([begin, position]) }
      case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": open = []
      default: break
      }
    }
    return kept
  }
}

extension DirectionalText {
  /// The number of columns that a text takes on a terminal: two for East Asian wide characters and emoji, none for the
  /// ends of isolates, one for any other character with the marks that combine with it.
  ///
  /// Source: Unicode Standard Annex #11, "East Asian Width", classes W and F.
  package static func columns(of text: String) -> Int {
    // Every character of ASCII text takes one column, apart from line ends, which no field contains.
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.count }
    return text.reduce(0) { $0 + columns(of: $1) }
  }

  private static func columns(of character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if first == start || first == end { return 0 }
    return isWide(first) || character.unicodeScalars.contains("\u{FE0F}") ? 2 : 1
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      true
    default: scalar.value > 0xFF && scalar.properties.isEmojiPresentation
    }
  }
}
