import Modeling
import Units

/// Written numbers in base units, rounded once, so that equal quantities are equal with any prefix.
extension Syntax {
  /// The number that the digits write, without sign and unit; nil for anything but a finite literal.
  ///
  /// The text is as written, with suffix and percent sign. A literal created by an assignment has no text; then this is
  /// the shortest decimal of its value.
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

  /// The constant written by this text, in base units; bare numbers are in `unit`. A number written in percent is not
  /// scaled by a percent unit again.
  func baseValue(_ number: Double, in unit: Unit?) -> Double {
    guard let unit, !isPercent(of: unit) else { return number }
    let size = number.magnitude
    guard size.isFinite else { return number }
    var written = DecimalNumber(size)
    if let decimal, decimal.value == size { written = decimal }
    return number < 0 ? -unit.baseValue(of: written) : unit.baseValue(of: written)
  }

  /// Whether the number is already scaled by its percent sign, so that a dimensionless unit must not scale it again.
  private func isPercent(of unit: Unit) -> Bool { unit.dimension.isDimensionless && holdsPercent }

  /// Whether the expression contains a number in percent.
  private var holdsPercent: Bool { isPercent || parts.contains(where: \.holdsPercent) }
}
