extension UnitTable {
  /// The prefix of `text` that belongs to the unit after a number and one space in a formula, to be passed to `parse`;
  /// empty if no unit begins there.
  ///
  /// A unit begins with a letter, with `%`, or with `1/`, and is not a word of the grammar: `3 then 5`, `3 * x` and
  /// `3 (x)` have none. It extends to the next space, comma or bracket of the formula; `*`, `/`, `^2` and parentheses
  /// without spaces are part of it, as is a `)` that closes one of these. It also ends before `= < > ! + ;` and before
  /// a `-` other than an exponent's, because units do not contain them: `1 W=30%`, `x>3 W-y`. The unit need not be
  /// known or well formed: `450 W/gpu*x` extends to the end, and `parse` reports that `x` is not a unit.
  ///
  /// The time is proportional to the unit's length.
  package static func scan(_ text: Substring) -> Substring {
    guard let first = text.first else { return text }
    let second = text.dropFirst().first
    guard first.isLetter || first == "%" || (first == "1" && second == "/") else { return text.prefix(0) }
    var depth = 0
    var before: Character = " "
    var end = text.startIndex
    scanning: while end < text.endIndex {
      let character = text[end]
      switch character {
      case ",", "[", "]", "{", "}", "=", "<", ">", "!", "+", ";": break scanning
      case "-": if before != "^" && before != "(" { break scanning }
      case "(": depth += 1
      case ")":
        if depth == 0 { break scanning }
        depth -= 1
      default: if character.isWhitespace { break scanning }
      }
      before = character
      end = text.index(after: end)
    }
    let unit = text[..<end]
    return reservedWords.contains(String(unit)) ? text.prefix(0) : unit
  }
}
