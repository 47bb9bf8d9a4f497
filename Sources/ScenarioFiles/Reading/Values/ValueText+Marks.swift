import Units

/// Numbers with symbols around them: currencies, bounds, footnotes, spreadsheet marks.
extension ValueText {
  private static let currencies: [String: String] = [
    "us$": "USD", "$": "USD", "usd": "USD", "\u{20AC}": "EUR", "eur": "EUR", "\u{00A3}": "GBP", "gbp": "GBP",
    "\u{00A5}": "JPY", "jpy": "JPY", "\u{20B9}": "INR", "inr": "INR", "\u{20A9}": "KRW", "chf": "CHF", "cny": "CNY",
    "rmb": "CNY", "\u{20BD}": "RUB",
  ]

  /// `$5`, `USD 5M`, `5 €`.
  static func currency(_ text: LooseText) -> ValueFinding? {
    let known = currencies.keys.sorted { $0.count > $1.count }
    var before = text
    var after = text
    let number: LooseText.Number
    let sign: String
    if let found = before.accept(known) {
      before.spaces()
      guard let first = before.number() else { return nil }
      before.spaces()
      guard before.isAtEnd else { return nil }
      (number, sign) = (first, found)
    } else if let first = after.number() {
      after.spaces()
      guard let found = after.accept(known), after.isAtEnd else { return nil }
      (number, sign) = (first, found)
    } else {
      return nil
    }
    let unit = currencies[sign] ?? "USD"
    return ValueFinding(.currencyNotation(unit: unit), readings: [.init("\(number.text) \(unit)")])
  }

  /// `~5`, `ca. 5`, `<5`, `>3`, `5+`: a value that is approximate, or only a bound.
  static func bound(_ text: LooseText) -> ValueFinding? {
    let approximate = [
      "~", "\u{2248}", "\u{2243}", "\u{223C}", "ca. ", "ca.", "ca ", "c. ", "c.", "circa ", "about ", "approx. ",
      "approx.",
      "approx ", "approximately ", "around ", "roughly ", "est. ", "est.",
    ]
    let bounds = [
      "<=", ">=", "=<", "=>", "<", ">", "\u{2264}", "\u{2265}", "less than ", "more than ", "up to ", "at least ",
      "at most ", "over ", "under ", "above ", "below ", "max. ", "min. ",
    ]
    var text = text
    if text.accept(approximate) != nil {
      text.spaces()
      let rest = text.rest
      guard text.number() != nil else { return nil }
      return ValueFinding(.approximateValue, readings: [.init(rest, nil)])
    }
    if text.accept(bounds) != nil {
      text.spaces()
      guard text.number() != nil else { return nil }
      return boundFinding
    }
    guard text.number() != nil else { return nil }
    _ = text.unit()
    if text.accept(["+"]) != nil, text.isAtEnd { return boundFinding }
    text.spaces()
    guard text.accept(["or more", "or less", "and above", "and more", "and over"]) != nil, text.isAtEnd else {
      return nil
    }
    return boundFinding
  }

  private static var boundFinding: ValueFinding { ValueFinding(.boundAsValue) }

  /// `5 %%`, `%5`, `5 pct`.
  static func percent(_ text: LooseText) -> ValueFinding? {
    var text = text
    let isBefore = text.accept(["%"]) != nil
    text.spaces()
    guard let number = text.number() else { return nil }
    text.spaces()
    let isAfter = text.accept(["%%", "%", "pct", "per cent", "p.c.", "\u{FF05}"]) != nil
    guard text.isAtEnd, isBefore != isAfter else { return nil }
    return ValueFinding(.percentNotation, readings: [.init(number.isPercent ? number.text : number.text + "%")])
  }

  /// `5*`, `5[1]`, `5 (e)`, `5¹`: a number with a footnote or a flag; `5 (MW)`: a number with its unit in brackets.
  static func footnote(_ text: LooseText) -> ValueFinding? {
    var text = text
    guard let number = text.number() else { return nil }
    let unit = text.unit()
    text.spaces()
    var rest = Substring(text.rest)
    guard let first = rest.first else { return nil }
    let plain = number.text + (unit.map { " \($0)" } ?? "")
    switch first {
    case "*", "\u{2020}", "\u{2021}", "\u{00A7}", "\u{00B6}", "#": rest = rest.drop { $0 == first }
    case "[", "(":
      guard rest.last == (first == "[" ? "]" : ")") else { return nil }
      return bracket(LooseText(rest.dropFirst().dropLast()).text, after: number, hasUnit: unit != nil, plain)
    default:
      rest = rest.drop {
        "\u{00B9}\u{00B2}\u{00B3}\u{2070}\u{2074}\u{2075}\u{2076}\u{2077}\u{2078}\u{2079}".contains($0)
      }
    }
    guard rest.isEmpty else { return nil }
    return ValueFinding(.footnoteMark, readings: [.init(plain)])
  }

  /// The meaning of brackets after a number: its unit, a percent sign, a footnote, or something that may change the
  /// value, such as `(k)`, `(1000)` and `(mn)`, for which there is no suggestion.
  private static func bracket(
    _ content: String, after number: LooseText.Number, hasUnit: Bool, _ plain: String
  ) -> ValueFinding? {
    guard (1...20).contains(content.count),
      content.allSatisfy({ $0.isLetter || $0.isNumber || "./*^%_$\u{20AC}".contains($0) })
    else { return nil }
    if content == "%" {
      return ValueFinding(.percentNotation, readings: hasUnit || number.isPercent ? [] : [.init(number.text + "%")])
    }
    if content.first?.isLetter == true, (try? UnitTable.standard.parse(content)) != nil {
      return ValueFinding(.unitInBrackets, readings: hasUnit ? [] : [.init("\(number.text) \(content)")])
    }
    guard content.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "." }) else { return nil }
    return isFootnote(content)
      ? ValueFinding(.footnoteMark, readings: [.init(plain)]) : ValueFinding(.remarkInBrackets(content))
  }

  /// Whether a text in brackets can only be the mark of a footnote or a flag of statistics: a small number other than a
  /// power of ten, or a lower-case letter that does not abbreviate thousand, million, billion or trillion.
  private static func isFootnote(_ content: String) -> Bool {
    if let number = Int(content) { return content.first != "0" && (1...99).contains(number) && number != 10 }
    return content.count == 1 && content.allSatisfy { $0.isASCII && $0.isLowercase } && !"kmbt".contains(content)
  }

  /// `=5`, `'5`: a spreadsheet formula or text.
  static func spreadsheet(_ text: LooseText) -> ValueFinding? {
    var text = text
    if text.accept(["="]) != nil {
      let rest = text.rest
      let isNumber = text.number() != nil && text.isAtEnd
      return ValueFinding(.spreadsheetFormula(rest), readings: isNumber ? [.init(rest)] : [])
    }
    guard text.accept(["'", "\u{2019}", "\u{2018}"]) != nil else { return nil }
    _ = text.position
    let rest = text.rest
    guard text.number() != nil, text.isAtEnd else { return nil }
    return ValueFinding(.spreadsheetText, readings: [.init(rest)])
  }
}
