import Foundation

/// A number as the unevaluated sum of two doubles: about 106 bits.
///
/// Used for constants that are computed once, such as the logarithms of gamma functions in a distribution and the sizes
/// of units, where cancellation or repeated products would amplify a double's rounding. Operations follow Dekker 1971
/// (doi:10.1007/BF01397083) and Hida, Li & Bailey 2001 (doi:10.1109/ARITH.2001.930115); the relative error is a few
/// 2^-104 unless something overflows.
package struct DoubleDouble: Sendable {
  /// The nearest double.
  package var high: Double
  /// The rest.
  package var low: Double

  /// A number from its parts.
  @inlinable
  package init(_ high: Double, _ low: Double = 0) {
    self.high = high
    self.low = low
  }

  /// The number as one double.
  package var value: Double { high + low }

  @inlinable
  package static func + (a: Self, b: Self) -> Self {
    let s = sum(a.high, b.high)
    let t = sum(a.low, b.low)
    let u = fastTwoSum(s.high, s.low + t.high)
    return fastTwoSum(u.high, u.low + t.low)
  }

  @inlinable
  package static prefix func - (a: Self) -> Self { Self(-a.high, -a.low) }
  @inlinable
  package static func - (a: Self, b: Self) -> Self { a + -b }

  @inlinable
  package static func * (a: Self, b: Self) -> Self {
    let product = a.high * b.high
    let error = (-product).addingProduct(a.high, b.high)
    return fastTwoSum(product, error + (a.high * b.low + a.low * b.high))
  }

  @inlinable
  package static func / (a: Self, b: Self) -> Self {
    let first = a.high / b.high
    var rest = a - b * Self(first)
    let second = rest.high / b.high
    rest = rest - b * Self(second)
    return fastTwoSum(first, second) + Self(rest.high / b.high)
  }

  /// The exact sum of two doubles (Knuth's two-sum).
  @inlinable
  package static func sum(_ a: Double, _ b: Double) -> Self {
    let s = a + b
    let bb = s - a
    return Self(s, (a - (s - bb)) + (b - bb))
  }

  /// The exact sum of two doubles, the first of which is not the smaller in magnitude (Dekker).
  @inlinable
  package static func fastTwoSum(_ a: Double, _ b: Double) -> Self {
    let s = a + b
    return Self(s, b - (s - a))
  }

  /// log 2
  package static let ln2 = Self(0.6931471805599453, 2.3190468138462996e-17)

  /// e^x for a double, by reduction to |r| < ln 2 / 512, ten Taylor terms and eight doublings.
  package static func exp(_ x: Double) -> Self {
    let k = (x / ln2.high).rounded()
    let r = (Self(x) - ln2 * Self(k)) * Self(1.0 / 256)
    // exp(r) - 1, to keep relative accuracy through the doublings (1 + s)^2 - 1 = 2 s + s^2.
    var s = Self(0)
    for reciprocal in reciprocals { s = (r + r * s) * reciprocal }
    for _ in 0..<8 { s = s + s + s * s }
    let e = Self(1) + s
    return Self(scalbn(e.high, Int(k)), scalbn(e.low, Int(k)))
  }

  /// 1/10, 1/9 ... 1.
  private static let reciprocals = (1...10).reversed().map { Self(1) / Self(Double($0)) }

  /// The natural logarithm of a positive number: one Newton step from the logarithm of the nearest double.
  package static func log(_ x: Self) -> Self {
    let start = PortableMath.log(x.high)
    let miss = x * Self.exp(-start) - Self(1)
    return Self(start) + miss - miss * miss * Self(0.5)
  }
}
