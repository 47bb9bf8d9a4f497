/// Numbers in other notations: with separators, in parentheses, with powers of ten, with other digits.
extension ValueText {
  // MARK: - Separators

  private static let spaceLike: [Character] = [" ", "\u{00A0}", "\u{202F}", "\u{2009}", "\u{2007}", "'", "\u{2019}"]

  /// `1,234`, `1 234`, `1'234`, `1.234,5`, `3,5`: a number with group separators, or with a decimal comma.
  ///
  /// A single comma before three digits may be either, and both readings are shown.
  static func grouped(_ text: LooseText) -> ValueFinding? {
    let characters = text.characters
    let start = characters.first.map { "+-\u{2212}".contains($0) } == true ? 1 : 0
    let sign = start == 1 && characters[0] != "+" ? "-" : ""
    var end = start
    while end < characters.count,
      LooseText.isDigit(characters[end]) || ",.".contains(characters[end])
        || (spaceLike.contains(characters[end]) && end + 1 < characters.count && LooseText.isDigit(characters[end + 1]))
    { end += 1 }
    let body = characters[start..<end]
    var rest = String(characters[end...])
    guard body.first.map(LooseText.isDigit) == true, body.last.map(LooseText.isDigit) == true else { return nil }
    let separators = body.filter { !LooseText.isDigit($0) }
    guard !separators.isEmpty, separators != ["."] else { return nil }
    if let first = rest.first, first.isLetter, !"kMBTeE".contains(first) || rest.dropFirst().first?.isLetter == true {
      rest = " " + rest
    }
    let parts = body.split { !LooseText.isDigit($0) }.map { String($0) }
    func number(_ whole: some Sequence<String>, _ fraction: String? = nil, separator: String = "_") -> String {
      sign + whole.joined(separator: separator) + (fraction.map { "." + $0 } ?? "") + rest
    }
    let kinds = Set(separators)
    let areGroups = areGroups(parts)
    if separators == [","] {
      let decimal = ValueFinding.Reading(number([parts[0]], parts[1]), "a decimal comma")
      guard areGroups, parts[0] != "0" else {
        return ValueFinding(.decimalComma, readings: [decimal])
      }
      return ValueFinding(.commaInNumber, readings: [.init(number(parts), "thousands"), decimal])
    }
    if kinds.count == 1, let separator = separators.first {
      guard areGroups || (separator == "," && areLakhs(parts)) else { return nil }
      let name =
        InvisibleCharacter.isInvisible(separator.unicodeScalars.first ?? " ")
        ? separator.unicodeScalars.first.map { "a \(InvisibleCharacter.name(of: $0))" } ?? "a space"
        : separator == " " ? "a space" : "`\(separator)`"
      return ValueFinding(.thousandsGrouped(by: name), readings: [.init(number(parts))])
    }
    // With two kinds of separators, the last one is the decimal separator if it occurs once.
    guard kinds.count == 2, let last = separators.last, last == "," || last == ".",
      separators.filter({ $0 == last }).count == 1, let fraction = parts.last,
      self.areGroups(Array(parts.dropLast())) || areLakhs(Array(parts.dropLast()))
    else { return nil }
    return ValueFinding(.twoSeparators, readings: [.init(number(parts.dropLast(), fraction))])
  }

  private static func areGroups(_ parts: [String]) -> Bool {
    (1...3).contains(parts.first?.count ?? 0) && parts.dropFirst().allSatisfy { $0.count == 3 }
  }

  /// Groups of two digits before the last three, as in Indian notation.
  private static func areLakhs(_ parts: [String]) -> Bool {
    parts.count > 2 && (1...2).contains(parts[0].count) && parts.last?.count == 3
      && parts.dropFirst().dropLast().allSatisfy { $0.count == 2 }
  }

  // MARK: - Signs

  /// A number in parentheses, which is negative in accounting notation.
  static func accountingNegative(_ number: String) -> ValueFinding {
    ValueFinding(.accountingNegative, readings: [.init(number.hasPrefix("-") ? number : "-\(number)")])
  }

  /// `($4.1)`, `(4.1)%`, `(1,234)`, `(4.1) GW`.
  static func parentheses(_ text: LooseText) -> ValueFinding? {
    var text = text
    let before = text.accept(["$", "US$", "USD "])
    guard text.accept(["("]) != nil else { return nil }
    let inside = text.accept(["$", "US$", "USD "])
    var outer = text
    guard let close = text.characters.lastIndex(of: ")"), close >= text.position else { return nil }
    let content = String(text.characters[text.position..<close])
    guard let number = outer.number() else { return nil }
    let unit = outer.unit()
    let isDollar = before != nil || inside != nil
    guard outer.accept([")"]) != nil else {
      // The number itself may have separators.
      guard let finding = grouped(LooseText(content)), close == text.characters.count - 1 else { return nil }
      return ValueFinding(
        .accountingNegative,
        readings: finding.readings.map { .init("-\($0.text)\(isDollar ? " USD" : "")", $0.condition) })
    }
    let percent = outer.accept(["%"]) ?? ""
    let after = outer.unit() ?? unit
    guard outer.isAtEnd else { return nil }
    let units = isDollar ? " USD" : after.map { " \($0)" } ?? ""
    return accountingNegative(number.text + percent + units)
  }

  /// `4.1-`: a trailing minus sign.
  static func trailingMinus(_ text: LooseText) -> ValueFinding? {
    var text = text
    guard let number = text.number(), !number.text.hasPrefix("-"), text.minus(), text.isAtEnd else { return nil }
    return ValueFinding(.trailingMinus, readings: [.init("-\(number.text)")])
  }

  /// `+5`, `−5` and `–5` with a typographic minus.
  static func signed(_ text: LooseText) -> ValueFinding? {
    var text = text
    if text.accept(["+", "\u{FF0B}"]) != nil {
      text.spaces()
      let rest = text.rest
      guard text.number() != nil else { return nil }
      return ValueFinding(.plusSign, readings: [.init(rest)])
    }
    guard let first = text.characters.first?.unicodeScalars.first, first != "-",
      let number = text.number(), number.text.hasPrefix("-")
    else { return nil }
    return ValueFinding(
      .typographicMinus(InvisibleCharacter.name(of: first)),
      readings: [.init(number.text + text.rest)])
  }

  // MARK: - Powers of ten

  private static let superscripts: [Character: Character] = [
    "\u{2070}": "0", "\u{00B9}": "1", "\u{00B2}": "2", "\u{00B3}": "3", "\u{2074}": "4", "\u{2075}": "5",
    "\u{2076}": "6", "\u{2077}": "7", "\u{2078}": "8", "\u{2079}": "9", "\u{207B}": "-", "\u{207A}": "+",
  ]

  /// `1×10^6`, `1·10⁶`, `10⁶`, `1e 6`, `1×106`.
  static func power(_ text: LooseText) -> ValueFinding? {
    var text = text
    guard var number = text.number()?.text else { return nil }
    var isTimes = false
    text.spaces()
    if text.accept(["\u{00D7}", "x", "\u{00B7}", "*", "\u{2715}", "\u{22C5}", "\u{2219}"]) != nil {
      isTimes = true
      text.spaces()
      guard text.accept(["10"]) != nil else { return nil }
    } else if text.accept(["e", "d"]) != nil {
      text.spaces()
      let sign = text.minus() ? "-" : text.accept(["+"]) ?? ""
      text.spaces()
      guard let exponent = text.digits(), text.isAtEnd else { return nil }
      return ValueFinding(.powerOfTen, readings: [.init("\(number)e\(sign)\(exponent)")])
    } else if number == "10" {
      number = "1"
    } else {
      return nil
    }
    if let exponent = superscript(&text) {
      return ValueFinding(.powerOfTen, readings: [.init("\(number)e\(exponent)\(text.rest)")])
    }
    if text.accept(["^(", "**", "^"]) != nil {
      let sign = text.minus() ? "-" : text.accept(["+"]) ?? ""
      guard let exponent = text.digits() else { return nil }
      _ = text.accept([")"])
      return ValueFinding(.powerOfTen, readings: [.init("\(number)e\(sign)\(exponent)\(text.rest)")])
    }
    guard isTimes, let digits = text.digits() else { return nil }
    // `1×106` may have lost the superscript of its exponent.
    return ValueFinding(
      .powerOfTen,
      readings: [
        .init("\(number)e\(digits)\(text.rest)", "a power of ten"),
        .init("\(number) * 10\(digits)\(text.rest)", "a product"),
      ])
  }

  private static func superscript(_ text: inout LooseText) -> String? {
    var exponent = ""
    while let next = text.rest.first, let digit = superscripts[next] {
      exponent.append(digit)
      _ = text.accept([String(next)])
    }
    return exponent.contains(where: \.isNumber) ? exponent : nil
  }

  // MARK: - Digits

  /// Full-width digits, digits of other scripts, and single-character fractions.
  static func foreignDigits(_ text: LooseText) -> ValueFinding? {
    var plain = ""
    var first: Unicode.Scalar?
    for character in text.characters {
      guard let scalar = character.unicodeScalars.first, !scalar.isASCII else {
        plain.append(character)
        continue
      }
      if scalar.properties.numericType == .decimal, let digit = character.wholeNumberValue {
        plain += String(digit)
      } else if scalar.properties.numericType == .numeric, let value = scalar.properties.numericValue, value < 1,
        scalar.properties.generalCategory == .otherNumber
      {
        // `1½` is one and a half.
        guard let whole = plain.isEmpty ? 0 : Int(plain) else { return nil }
        plain = MessageText.number(MessageText.rounded(Double(whole) + value))
      } else if let other = ["\u{FF0E}": ".", "\u{FF05}": "%", "\u{FF0D}": "-", "\u{066B}": ".", "\u{2212}": "-"][
        character]
      {
        plain += other
        continue
      } else {
        return nil
      }
      first = first ?? scalar
    }
    guard let first else { return nil }
    return ValueFinding(
      .foreignDigits("`\(first)` (\(InvisibleCharacter.code(of: first)))"),
      readings: [.init(plain)])
  }
}
