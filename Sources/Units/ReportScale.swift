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

  /// The nearest whole number, of two the one farther from 0, of a number below 2^52: without a call of the C library,
  /// which conversions of whole columns of draws would feel.
  private static func rounded(_ x: Double) -> Double {
    let whole = Double(Int64(x))
    let rest = x - whole
    return rest >= 0.5 ? whole + 1 : rest <= -0.5 ? whole - 1 : whole
  }

  /// Powers of ten that are exact as floating-point numbers, never freed: an array's reference would be counted for each
  /// value.
  nonisolated(unsafe) private static let powersOfTen: UnsafePointer<Double> = {
    let powers = UnsafeMutablePointer<Double>.allocate(capacity: 23)
    var power = 1.0
    for exponent in 0...22 {
      (powers + exponent).initialize(to: power)
      power *= 10
    }
    return UnsafePointer(powers)
  }()

  /// The number of 15 significant digits nearest to a quotient, if it rounds to the value in base units.
  ///
  /// The number is m / 10^k with an integer m below 2^53, so that one division gives it; k is at most 22, which covers
  /// numbers down to 1e-8, and smaller numbers keep fewer digits. The test multiplies in double-double arithmetic
  /// (Dekker 1971, doi:10.1007/BF01397083) and allows for its error of about 2^-100, so that a number half-way between
  /// two values passes too.
  private func written(near quotient: Double, _ value: Double) -> Double? {
    guard quotient.magnitude >= 1e-22, quotient.magnitude < 1e36, high.isNormal else { return nil }
    // 2^n has at least 0.30103 n - 1 decimal digits before the point: 78913 / 2^18, for n up to 1023 the same when
    // rounded down.
    let exponent = Int(quotient.bitPattern >> 52 & 0x7FF) - 1023
    var places = 14 - (exponent &* 78913) >> 18
    let powers = Self.powersOfTen
    if places <= 22, places >= 0, quotient.magnitude * powers[places] >= 1e15 { places -= 1 }
    if places < 0, quotient.magnitude / powers[-places] >= 1e15 { places -= 1 }
    places = min(places, 22)
    let power = powers[Int(places.magnitude)]
    let digits = Self.rounded(places >= 0 ? quotient * power : quotient / power)
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
