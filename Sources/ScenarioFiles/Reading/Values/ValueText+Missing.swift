/// Missing-value markers, and words for true and false.
extension ValueText {
  /// Missing-value markers of data sets: letters, symbols, and the errors of spreadsheets.
  private static let words: Set<String> = [
    "n/a", "na", "n.a.", "n.a", "n/d", "nd", "n.d.", "nan", "null", "nil", "none", "missing", "unknown", "undefined",
    "tbd", "tba", "tbc", "void", "empty", "blank", "(blank)", "(na)", "(n/a)", "not available", "not applicable",
    "no data", "#n/a", "#na", "#value!", "#ref!", "#div/0!", "#name?", "#num!", "#null!", "#error!", "#spill!",
  ]
  /// Symbols that are only used in data.
  private static let signs: Set<String> = [
    "-", "--", "---", "\u{2013}", "\u{2014}", "\u{2212}", ".", "..", "...", "\u{2026}", ":", "::", "*", "**", "?", "??",
    "???", "/", "x", "c", "(x)", "(c)", "(d)", "(s)", "~", "_", "+", "\u{00D7}",
  ]

  /// A missing-value marker.
  static func missing(_ text: String, role: ValueRole) -> ValueFinding? {
    let word = text.lowercased()
    guard words.contains(word) || (signs.contains(word) && (role != .value || word.first?.isLetter == false)) else {
      return nil
    }
    return ValueFinding(.missingValue(text, role: role))
  }

  /// A word for true or false.
  static func truth(_ text: String) -> ValueFinding? {
    let values = ["true": "1", "yes": "1", "on": "1", "y": "1", "false": "0", "no": "0", "off": "0", "n": "0"]
    guard text.count > 1, let number = values[text.lowercased()] else { return nil }
    return ValueFinding(.truthValue(text), readings: [.init(number)])
  }
}
