/// An exact fraction, the exponent of a dimension: 2 in `m^2`, 1/2 in `m^(1/2)`.
///
/// It is always in lowest terms with a positive denominator, so that equal values have equal representations. Numerator
/// and denominator are within ±(2^31 - 1); a result beyond that throws `ExponentOverflow` and never traps. Products of
/// two such numbers, and sums of two such products, fit into 64 bits, so that intermediate steps need no checks.
package struct Rational: Hashable, Sendable {
  private let storedNumerator: Int32
  private let storedDenominator: Int32

  /// The numerator, which carries the sign.
  package var numerator: Int { Int(storedNumerator) }

  /// The denominator, at least 1.
  package var denominator: Int { Int(storedDenominator) }

  /// 0.
  package static let zero: Rational = 0

  /// 1.
  package static let one: Rational = 1

  /// The value of `numerator / denominator`, reduced; nil if the denominator is 0 or the reduced fraction does not fit.
  package init?(_ numerator: Int, _ denominator: Int = 1) {
    guard denominator != 0, numerator != .min, denominator != .min else { return nil }
    let divisor = Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    let sign = (numerator < 0) == (denominator < 0) ? 1 : -1
    guard let reduced = Int32(exactly: numerator.magnitude / divisor),
      let below = Int32(exactly: denominator.magnitude / divisor)
    else { return nil }
    storedNumerator = sign < 0 ? -reduced : reduced
    storedDenominator = below
  }

  /// The fraction with the smallest denominator, up to 1000, that rounds to exactly `value`: 1/3 for
  /// 0.3333333333333333.
  ///
  /// Used for the exponent of a formula, which constant folding has turned into a floating-point number. Nil if
  /// none exists.
  package init?(_ value: Double) {
    guard value.magnitude < 0x1p31 else { return nil }
    for denominator in 1...1000 {
      let numerator = (value * Double(denominator)).rounded()
      if numerator / Double(denominator) == value {
        self.init(Int(numerator), denominator)
        return
      }
    }
    return nil
  }

  private static func greatestCommonDivisor(_ a: UInt, _ b: UInt) -> UInt {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  /// The nearest floating-point number.
  package var value: Double { Double(storedNumerator) / Double(storedDenominator) }

  /// The value without its sign.
  package var magnitude: Rational { storedNumerator < 0 ? -self : self }

  /// Whether the value is below 0.
  package var isNegative: Bool { storedNumerator < 0 }

  /// The negated value, which always fits.
  package static prefix func - (value: Rational) -> Rational {
    Rational(unchecked: -value.storedNumerator, value.storedDenominator)
  }

  /// The exact sum.
  package static func + (a: Rational, b: Rational) throws(ExponentOverflow) -> Rational {
    try fitting(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
  }

  /// The exact difference.
  package static func - (a: Rational, b: Rational) throws(ExponentOverflow) -> Rational { try a + (-b) }

  /// The exact product.
  package static func * (a: Rational, b: Rational) throws(ExponentOverflow) -> Rational {
    try fitting(a.numerator * b.numerator, a.denominator * b.denominator)
  }

  private static func fitting(_ numerator: Int, _ denominator: Int) throws(ExponentOverflow) -> Rational {
    guard let result = Rational(numerator, denominator) else { throw ExponentOverflow() }
    return result
  }

  private init(unchecked numerator: Int32, _ denominator: Int32) {
    storedNumerator = numerator
    storedDenominator = denominator
  }
}

extension Rational: ExpressibleByIntegerLiteral {
  /// The compiler rejects a literal that does not fit; -2^31 is rejected because its negative does not fit.
  package init(integerLiteral value: Int32) {
    precondition(value != .min)
    self.init(unchecked: value, 1)
  }
}

extension Rational: CustomStringConvertible {
  /// `2`, `-2`, `1/2`.
  package var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
}

/// An exponent beyond the representable range: numerator or denominator above 2^31 - 1.
package struct ExponentOverflow: Error, Hashable, Sendable, CustomStringConvertible {
  init() {}

  /// The human-readable message.
  package var description: String { "an exponent goes beyond what can be held (2^31 - 1)" }
}
