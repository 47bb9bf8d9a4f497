/// A text that is not a formula, read part by part to find out what it is.
struct LooseText {
  /// A number as people write it, including the language's suffix and percent sign.
  struct Number {
    /// The number in the language's notation.
    var text: String
    /// Its value, with suffix and percent sign applied.
    var value: Double
    /// The digits before a decimal point, as written.
    var digits: String
    /// Whether it is a whole number without suffix, exponent and percent sign.
    var isPlain: Bool
    /// A magnitude suffix, if there is one.
    var suffix: Character?
    /// Whether a percent sign follows.
    var isPercent: Bool
  }

  let characters: [Character]
  private(set) var position = 0

  /// A text without the spaces at its ends.
  init(_ text: some StringProtocol) {
    var characters = Array(text)
    while let last = characters.last, Self.isSpace(last) { characters.removeLast() }
    self.characters = Array(characters.drop(while: Self.isSpace))
  }

  /// Whether everything has been read.
  var isAtEnd: Bool { position == characters.count }

  /// The whole text.
  var text: String { String(characters) }

  /// The unread part.
  var rest: String { String(characters[position...]) }

  private func character(_ offset: Int = 0) -> Character? {
    characters.indices.contains(position + offset) ? characters[position + offset] : nil
  }

  /// Whether a character looks like a space.
  static func isSpace(_ character: Character) -> Bool {
    character == " " || character == "\t"
      || character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .spaceSeparator }
  }

  /// Whether a character is an ASCII digit.
  static func isDigit(_ character: Character) -> Bool { "0" <= character && character <= "9" && character.isASCII }

  /// Skips spaces, and returns whether there were any.
  @discardableResult
  mutating func spaces() -> Bool {
    let start = position
    while let next = character(), Self.isSpace(next) { position += 1 }
    return position > start
  }

  /// Reads digits, if they come next.
  mutating func digits() -> String? {
    let start = position
    while let next = character(), Self.isDigit(next) { position += 1 }
    return position > start ? String(characters[start..<position]) : nil
  }

  /// Reads the first of the options that comes next, ignoring case.
  mutating func accept(_ options: [String]) -> String? {
    for option in options {
      let end = position + option.count
      guard end <= characters.count, String(characters[position..<end]).lowercased() == option.lowercased() else {
        continue
      }
      position = end
      return option
    }
    return nil
  }

  /// Reads a minus sign in any of its forms, if it comes next.
  mutating func minus() -> Bool { accept(Self.minusSigns) != nil }

  static let minusSigns = [
    "-", "\u{2212}", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{FE63}", "\u{FF0D}",
  ]

  /// Reads a number of the language, without unit, if one comes next.
  mutating func number() -> Number? {
    let start = position
    let isNegative = minus()
    let before = digits() ?? ""
    var mantissa = before
    if character() == ".", let next = character(1), Self.isDigit(next) {
      position += 1
      mantissa += (mantissa.isEmpty ? "0." : ".") + (digits() ?? "")
    }
    guard !mantissa.isEmpty else {
      position = start
      return nil
    }
    var exponent = ""
    if let letter = character(), letter == "e" || letter == "E" {
      let isSigned = character(1) == "-" || character(1) == "+"
      if let first = character(isSigned ? 2 : 1), Self.isDigit(first) {
        let sign = character(1) == "-" ? "-" : ""
        position += isSigned ? 2 : 1
        exponent = "e" + sign + (digits() ?? "")
      }
    }
    var text = (isNegative ? "-" : "") + mantissa + exponent
    var value = Double(text) ?? .nan
    var suffix: Character?
    if let letter = character(), let power = ["k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12][letter],
      character(1).map({ !$0.isLetter }) ?? true
    {
      value *= power
      suffix = letter
      text.append(letter)
      position += 1
    }
    let isPercent = character() == "%"
    if isPercent {
      value /= 100
      text.append("%")
      position += 1
    }
    return Number(
      text: text, value: value, digits: before,
      isPlain: mantissa == before && exponent.isEmpty && suffix == nil && !isPercent, suffix: suffix,
      isPercent: isPercent)
  }

  /// Reads a unit after a number, with or without a space between, up to the next space or sign; nil if there is none.
  mutating func unit() -> String? {
    let start = position
    spaces()
    guard let first = character(), first.isLetter || first == "$" || first == "€" || first == "µ" else {
      position = start
      return nil
    }
    let begin = position
    while let next = character(), next.isLetter || Self.isDigit(next) || "/*^_$€²³".contains(next) { position += 1 }
    // A symbol at the end belongs to the following text: a footnote mark, a factor.
    while position > begin, "/*^".contains(characters[position - 1]) { position -= 1 }
    let unit = String(characters[begin..<position])
    guard !["to", "and", "or", "by", "bis"].contains(unit.lowercased()) else {
      position = start
      return nil
    }
    return unit
  }
}
