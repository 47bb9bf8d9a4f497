/// The size of a report's unit in base units, for the conversion of the engine's values to numbers in that unit.
///
/// `value / scale` is the number in the unit, as in the quantity calculus of the SI, where a number is a quantity
/// divided by its unit. A number of at most 15 significant digits that was written in the unit is reproduced exactly,
/// although neither the scale (1/8760 in a yearly rate) nor the value need be exact as a floating-point number:
/// `Double` distinguishes all numbers of 15 decimal digits, so that at most one of them rounds to the value, and if
/// there is one it is returned. Any other result is the quotient, within 1.5 units in the last place.
package struct ReportScale: Sendable {
  /// The scale as an unevaluated sum of two floating-point numbers, with a relative error of about 2^-104.
  private let high: Double, low: Double

  /// The nearest floating-point number to the scale.
  package var value: Double { high }

  /// The scale of values that are reported unchanged.
  package static let one = ReportScale(high: 1, low: 0)

  init(high: Double, low: Double) {
    self.high = high
    self.low = low
  }

  /// The scale that reports a value as if it had been multiplied by a non-zero factor.
  package static func / (scale: ReportScale, factor: Double) -> ReportScale {
    if factor == 1 { return scale }
    let quotient = scale.high / factor
    let rest = scale.high.addingProduct(-quotient, factor) + scale.low
    return ReportScale(high: quotient, low: rest / factor)
  }

  /// The number of a value in the unit; infinities and NaN stay unchanged.
  package static func / (value: Double, scale: ReportScale) -> Double {
    let quotient = value / scale.high
    if scale.high == 1 { return quotient }
    return scale.written(near: quotient, value) ?? quotient
  }

  /// Powers of ten that are exact as floating-point numbers.
  private static let powersOfTen: [Double] = (0...22).reduce(into: []) { powers, _ in
    powers.append((powers.last ?? 0.1) * 10)
  }

  /// The number of 15 significant digits nearest to a quotient, if it rounds to the value in base units.
  ///
  /// The number is m / 10^k with an integer m below 2^53, so that one division gives it; k is at most 22, which covers
  /// numbers down to 1e-8, and smaller numbers keep fewer digits. The test multiplies in double-double arithmetic
  /// (Dekker 1971, doi:10.1007/BF01397083) and allows for its error of about 2^-100, so that a number half-way between
  /// two values passes too.
  private func written(near quotient: Double, _ value: Double) -> Double? {
    guard quotient.magnitude >= 1e-22, quotient.magnitude < 1e36, high.isNormal else { return nil }
    // 2^n has at least 0.30103 n - 1 decimal digits before the point.
    var places = 14 - Int((Double(quotient.exponent) * 0.30102999566398).rounded(.down))
    if places <= 22, places >= 0, quotient.magnitude * Self.powersOfTen[places] >= 1e15 { places -= 1 }
    if places < 0, quotient.magnitude / Self.powersOfTen[-places] >= 1e15 { places -= 1 }
    places = min(places, 22)
    let power = Self.powersOfTen[Int(places.magnitude)]
    let digits = (places >= 0 ? quotient * power : quotient / power).rounded()
    let number = places >= 0 ? digits / power : digits * power
    if number == quotient { return number }
    guard digits != 0, (number - quotient).magnitude <= 3 * quotient.ulp else { return nil }
    // digits * (high + low) / 10^places, as an unevaluated sum.
    let product = digits * high
    var (head, tail) = (product, (-product).addingProduct(digits, high) + digits * low)
    if places > 0 {
      head = product / power
      tail = (product.addingProduct(-head, power) + tail) / power
    } else if places < 0 {
      head = product * power
      tail = (-head).addingProduct(product, power) + tail * power
    }
    let away = (head - value) + tail
    // The spacing below a power of two is half of that above.
    let isNarrow = value.significand == 1 && (away < 0) == (value > 0)
    return away.magnitude <= value.ulp * (isNarrow ? 0.25 : 0.5) * (1 + 0x1p-40) ? number : nil
  }
}

extension Unit {
  /// The scale for converting values in base units to numbers in this unit.
  package var reportScale: ReportScale { ReportScale(high: scale, low: scaleRest) }

  /// Converts a number in this unit to base units, rounded once; infinite beyond the largest floating-point number.
  ///
  /// Numbers that are equal as decimals, such as 1100 Wh and 1.1 kWh, have equal base values in all units of their
  /// dimension, because the exact products are equal. Units with a root, `m^(1/2)`, have no exact scale: their numbers
  /// are rounded before and after the multiplication.
  package func baseValue(of number: DecimalNumber) -> Double {
    if scale == 1 { return number.value }
    return number.times(magnitude) ?? number.value * scale
  }

  /// Converts a number in this unit to base units, taken as the shortest decimal that parses as it.
  package func baseValue(of number: Double) -> Double {
    guard number.isFinite else { return number }
    let size = baseValue(of: DecimalNumber(number.magnitude))
    return number < 0 ? -size : size
  }

  /// The number of a value in base units in this unit; see `ReportScale`.
  package static func / (value: Double, unit: Unit) -> Double { value / unit.reportScale }
}
