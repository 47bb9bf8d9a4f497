/// Dates, times and spans of years.
extension ValueText {
  private static func named(_ kind: String) -> ValueFinding { ValueFinding(.dateAsValue(kind)) }

  /// A date in one of the usual forms, or a partial one: a month, a quarter, a fiscal year.
  static func date(_ text: String) -> ValueFinding? {
    let loose = LooseText(text)
    return isoDate(loose) ?? numericDate(loose) ?? period(loose) ?? namedMonth(loose)
  }

  /// Whether a text is a full numeric date, with separators that are operators elsewhere: `2023-04-01`, `1/4/2023`.
  static func isDate(_ text: String) -> Bool {
    text.utf8.count <= 10 && text.utf8.count >= 8 && !text.contains(" ")
      && (isoDate(LooseText(text)) ?? numericDate(LooseText(text)))?.problem.message == named("a date").problem.message
  }

  /// `2023-04-01`, with or without a time; `2023-04`.
  private static func isoDate(_ text: LooseText) -> ValueFinding? {
    var text = text
    guard let year = text.digits(), year.count == 4, text.accept(["-"]) != nil else { return nil }
    if text.accept(["W"]) != nil { return text.digits() == nil ? nil : named("a week") }
    if text.accept(["Q"]) != nil { return text.digits() == nil ? nil : named("a quarter") }
    guard let month = text.digits(), month.count <= 2 else { return nil }
    if text.isAtEnd {
      guard month.count == 2, let number = Int(month), let start = Int(year), (1800...2200).contains(start) else {
        return nil
      }
      if (1...12).contains(number) { return named("a year and month") }
      return number == (start + 1) % 100 ? named("a span of years") : nil
    }
    guard text.accept(["-"]) != nil, let day = text.digits(), day.count <= 2 else { return nil }
    if text.isAtEnd { return named("a date") }
    guard text.accept(["T"]) != nil || text.spaces(), text.digits() != nil else { return nil }
    return named("a date and time")
  }

  /// `01/04/2023`, `1.4.2023`, `2023/04/01`, `01-04-2023`; one of the three is a year of two or four digits.
  private static func numericDate(_ text: LooseText) -> ValueFinding? {
    for separator in ["/", ".", "-"] {
      var text = text
      guard let first = text.digits(), text.accept([separator]) != nil, let second = text.digits(), second.count <= 2,
        text.accept([separator]) != nil, let third = text.digits()
      else { continue }
      let hasTime = text.spaces() && text.digits() != nil && text.accept([":"]) != nil
      guard text.isAtEnd || hasTime, let middle = Int(second), (1...31).contains(middle) else { continue }
      let yearFirst = first.count == 4 && third.count <= 2
      let yearLast = first.count <= 2 && (third.count == 4 || (third.count == 2 && separator != "-"))
      guard yearFirst || yearLast, let day = Int(yearFirst ? third : first), (1...31).contains(day) else { continue }
      return named(hasTime ? "a date and time" : "a date")
    }
    return nil
  }

  /// `Q1 2024`, `2024Q1`, `H2 2023`, `FY2024`, `2023/24`.
  private static func period(_ text: LooseText) -> ValueFinding? {
    var words = text
    if let kind = words.accept(["Q", "H", "FY", "CY"]) {
      words.spaces()
      guard words.digits() != nil else { return nil }
      words.spaces()
      _ = words.accept(["/", "-", "\u{2019}", "'"])
      words.spaces()
      let year = words.digits()
      guard words.isAtEnd else { return nil }
      return kind == "Q" || kind == "H"
        ? (year == nil ? nil : named(kind == "Q" ? "a quarter" : "a half-year")) : named("a fiscal year")
    }
    var quarter = text
    if quarter.digits()?.count == 4 {
      quarter.spaces()
      if quarter.accept(["Q", "H"]) != nil, quarter.digits() != nil, quarter.isAtEnd { return named("a quarter") }
    }
    return nil
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "sept", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// `14 March 2024`, `Mar-24`, `March 14, 2024`.
  private static func namedMonth(_ text: LooseText) -> ValueFinding? {
    var text = text
    let day = text.digits()
    _ = text.accept(["st", "nd", "rd", "th"])
    text.spaces()
    _ = text.accept(["-", ".", "/"])
    text.spaces()
    guard text.accept(months) != nil else { return nil }
    var numbers = day == nil ? 0 : 1
    while !text.isAtEnd {
      let before = text.position
      text.spaces()
      _ = text.accept(["-", ".", ",", "/", "'", "\u{2019}"])
      if text.digits() != nil { numbers += 1 }
      guard text.position > before else { return nil }
    }
    return (1...3).contains(numbers) ? named("a date") : nil
  }

  /// A quotient that is a date (`01/04/2023`, `2023/04`), a day and month (`01/04`) or a fiscal year (`2023/24`).
  ///
  /// A plain quotient of two numbers is a fraction: `1/2`.
  static func dateOfQuotient(_ text: String) -> ValueFinding? {
    if let finding = date(text) { return finding }
    var loose = LooseText(text)
    guard let first = loose.digits(), loose.accept(["/"]) != nil, let second = loose.digits() else { return nil }
    if loose.isAtEnd {
      if first.count == 4, second.count == 2, let year = Int(first), let other = Int(second),
        (1800...2200).contains(year)
      {
        if other == (year + 1) % 100 { return named("a fiscal year") }
        if (1...12).contains(other) { return named("a year and month") }
      }
      let hasLeadingZero = [first, second].contains { $0.count == 2 && $0.hasPrefix("0") }
      return hasLeadingZero && first.count <= 2 && second.count <= 4 ? named("a date") : nil
    }
    guard loose.accept(["/"]) != nil, let third = loose.digits(), loose.isAtEnd else { return nil }
    return [first, second, third].allSatisfy { $0.count <= 4 } ? named("a date") : nil
  }

  /// A time of day, or a ratio.
  static func time(_ text: LooseText) -> ValueFinding? {
    var text = text
    guard let first = text.number(), text.accept([":"]) != nil, let second = text.number() else { return nil }
    var parts = 2
    while text.accept([":"]) != nil {
      guard text.number() != nil else { return nil }
      parts += 1
    }
    text.spaces()
    _ = text.accept(["am", "pm", "a.m.", "p.m.", "Z", "h", "UTC"])
    guard text.isAtEnd else { return nil }
    return ValueFinding(
      .timeAsValue(mayBeRatio: parts == 2),
      readings: parts == 2 ? [.init("\(first.text) / \(second.text)", "a ratio")] : [])
  }
}
