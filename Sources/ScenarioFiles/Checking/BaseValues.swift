import Modeling
import Units

/// Written numbers in base units, rounded once, so that equal quantities are equal in any prefix.
extension Syntax {
  /// The number as its digits say, without sign and unit; nil for anything but a finite literal.
  ///
  /// The text is what was written, with suffix and percent sign; a literal that was put together by an assignment has
  /// no text of its own, and the shortest decimal of its value stands for it.
  var decimal: DecimalNumber? {
    guard case .number(let value, let unit, _) = withoutSign.kind, value.isFinite else { return nil }
    var digits = withoutSign.text[...]
    if let unit, digits.hasSuffix(unit.text) { digits = digits.dropLast(unit.text.count) }
    digits = digits.drop { $0 == " " || $0 == "(" }
    while let last = digits.last, last == " " || last == ")" { digits.removeLast() }
    var power = 0
    if digits.last == "%" {
      digits.removeLast()
      power = -2
    }
    if let suffix = digits.last, let zeros = ["k": 3, "M": 6, "B": 9, "T": 12][suffix] {
      digits.removeLast()
      power += zeros
    }
    if let written = DecimalNumber(digits.filter { $0 != "_" })?.timesPowerOfTen(power), written.value == value {
      return written
    }
    return DecimalNumber(value)
  }

  /// A constant of which this is the text, in base units when its bare numbers are in `unit`; one that is written in
  /// percent is not in percent again.
  func baseValue(_ number: Double, in unit: Unit?) -> Double {
    guard let unit, !isPercent(of: unit) else { return number }
    let size = number.magnitude
    guard size.isFinite else { return number }
    var written = DecimalNumber(size)
    if let decimal, decimal.value == size { written = decimal }
    return number < 0 ? -unit.baseValue(of: written) : unit.baseValue(of: written)
  }

  /// Whether bare numbers are percentages by themselves, though the unit is a part of one too.
  private func isPercent(of unit: Unit) -> Bool { unit.dimension.isDimensionless && holdsPercent }

  /// Whether a number in percent is written inside.
  private var holdsPercent: Bool { isPercent || parts.contains(where: \.holdsPercent) }
}
