import Modeling

/// Ranges written with a dash, which the language writes `low to high`, and values with a plus-minus sign.
extension ValueText {
  private static let dashes = [
    "-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2015}", "\u{2212}", "\u{FE63}", "\u{FF0D}",
    "~",
    "\u{301C}", "\u{FF5E}", "...", "..", "\u{2026}", "to", "bis", "and",
  ]

  /// A difference of two literals that is a range, because the dash has no spaces or because the numbers increase.
  ///
  /// `20 - 5`, with spaces and decreasing, is arithmetic, as is `1 - 5%`.
  static func rangeOrDifference(_ syntax: Syntax) -> ValueFinding? {
    guard case .binary(.subtract, let left, let right) = syntax.kind else { return nil }
    guard case .number(let low, let lowUnit, let isLowPercent) = left.withoutSign.kind,
      case .number(let high, let highUnit, let isHighPercent) = right.withoutSign.kind
    else {
      // Three or more numbers without spaces: `1-2-3`.
      guard case .binary(.subtract, _, _) = left.kind, !syntax.text.contains(" "), syntax.holdsOnlyNumbers else {
        return nil
      }
      return ValueFinding(.severalDashes)
    }
    let sign: (Syntax) -> Double = { if case .negate = $0.kind { -1 } else { 1 } }
    let ends = (low: sign(left) * low, high: sign(right) * high)
    let lacksSign = isHighPercent && !isLowPercent
    let isAscending = ends.low < (lacksSign ? 100 * ends.high : ends.high)
    // `1 - 5%` and `0.8 - 30%` subtract from a fraction; `2-5%` omits the first percent sign.
    let isPart = lacksSign && ends.low <= 1
    let isSpaced = syntax.text.contains(" - ")
    if isSpaced {
      guard isAscending, !isPart, lowUnit == nil || lowUnit?.text == highUnit?.text else { return nil }
    }
    let lowText = lacksSign ? "\(left.text)%" : left.text
    let interval = isAscending ? "\(lowText) to \(right.text)" : "\(right.text) to \(lowText)"
    var readings = [ValueFinding.Reading(interval, "a range")]
    if isAscending, !lacksSign, lowUnit == nil, let suffix = right.withoutSign.suffix, left.withoutSign.suffix == nil {
      // `1-2M` may begin at one million or at one.
      let unit = highUnit.map { " \($0.text)" } ?? ""
      readings = [
        .init("\(left.text)\(suffix)\(unit) to \(right.text)", "both in \(suffix)"),
        .init(interval, "from \(left.text)"),
      ]
    }
    if !isAscending || isPart { readings.append(.init("\(left.text) - \(right.text)", "a difference")) }
    return ValueFinding(isAscending && !isPart ? .rangeNotation : .rangeOrDifference, readings: readings)
  }

  /// A range that does not parse: `10–20`, `10W-20W`, `10 to 20` with another word.
  static func range(_ text: LooseText) -> ValueFinding? {
    var text = text
    _ = text.accept(["between ", "from "])
    guard let low = text.number() else { return nil }
    let lowUnit = text.unit()
    text.spaces()
    guard let dash = text.accept(dashes), dash != "to" || text.characters.first?.isLetter == true else { return nil }
    text.spaces()
    guard let high = text.number() else { return nil }
    let highUnit = text.unit()
    guard text.isAtEnd, low.value != high.value || low.isPercent != high.isPercent else { return nil }
    let unit = (highUnit ?? lowUnit).map { " \($0)" } ?? ""
    let lacksSign = high.isPercent && !low.isPercent
    let isAscending = (lacksSign ? low.value / 100 : low.value) < high.value
    let lowText = low.text + (lacksSign ? "%" : "") + (lowUnit == nil ? "" : unit)
    let highText = high.text + unit
    var readings = [
      ValueFinding.Reading(isAscending ? "\(lowText) to \(highText)" : "\(high.text)\(unit) to \(low.text)\(unit)")
    ]
    if isAscending, let suffix = high.suffix, low.suffix == nil, lowUnit == nil {
      readings = [
        .init("\(low.text)\(suffix) to \(highText)", "both in \(suffix)"),
        .init("\(low.text) to \(highText)", "from \(low.text)"),
      ]
    }
    return ValueFinding(.rangeNotation, readings: readings)
  }

  /// `5 ± 2`, `5 +/- 2`, and `5 +- 2`, which the grammar reads as 5 + (-2).
  static func uncertainty(_ text: LooseText) -> ValueFinding? {
    var text = text
    guard let middle = text.number() else { return nil }
    let first = text.unit()
    text.spaces()
    guard text.accept(["\u{00B1}", "+/-", "+-", "+/\u{2212}", "\u{2213}"]) != nil else { return nil }
    text.spaces()
    guard let half = text.number() else { return nil }
    let unit = (text.unit() ?? first).map { " \($0)" } ?? ""
    guard text.isAtEnd else { return nil }
    // `100 ± 10%` is ten percent of 100.
    let isPart = half.isPercent && !middle.isPercent
    let width = isPart ? half.value * middle.value.magnitude : half.value
    guard isPart || middle.isPercent == half.isPercent && middle.suffix == half.suffix, width > 0 else {
      return ValueFinding(.plusMinus)
    }
    let powers: [Character: Double] = ["k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12]
    let scale = middle.suffix.flatMap { powers[$0] } ?? 1
    func written(_ value: Double) -> String {
      let number = MessageText.number(MessageText.rounded(value / scale * (middle.isPercent ? 100 : 1)))
      return number + (middle.suffix.map(String.init) ?? "") + (middle.isPercent ? "%" : "") + unit
    }
    return ValueFinding(
      .plusMinus,
      readings: [
        .init(
          "normal(\(middle.text)\(unit), \(isPart ? written(width) : half.text + unit))",
          "if it is a standard deviation"),
        .init("\(written(middle.value - width)) to \(written(middle.value + width))", "if 90 % lie inside"),
      ])
  }
}

extension Syntax {
  /// Whether it consists of numbers and minus signs only.
  fileprivate var holdsOnlyNumbers: Bool {
    switch kind {
    case .number: true
    case .negate(let operand): operand.holdsOnlyNumbers
    case .binary(.subtract, let left, let right): left.holdsOnlyNumbers && right.holdsOnlyNumbers
    default: false
    }
  }

  /// The magnitude suffix of a written number.
  fileprivate var suffix: Character? {
    text.prefix { $0 != " " }.last { "kMBT".contains($0) }
  }
}
