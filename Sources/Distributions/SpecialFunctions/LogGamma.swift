import Foundation
import VectorMath

/// The logarithm of the gamma function and related functions.
package enum LogGamma {
  /// log Gamma(x) for x > 0, with an absolute error of 1e-29 for moderate x: relatively accurate near its zeros 1 and 2
  /// too.
  ///
  /// Recurrence up to 24 and Stirling's series (DLMF 5.11.1) in double-double arithmetic. Values at small integers, which
  /// distributions of counts need again and again, are computed once.
  static func parts(_ x: DoubleDouble) -> DoubleDouble {
    if x.low == 0, x.high >= 1, x.high <= Double(factorials.count), x.high == x.high.rounded() {
      return factorials[Int(x.high) - 1]
    }
    return computed(x)
  }

  /// log Gamma(n) for n = 1 ... 512, 0.5 ms to compute.
  private static let factorials = (1...512).map { computed(DoubleDouble(Double($0))) }

  private static func computed(_ x: DoubleDouble) -> DoubleDouble {
    var z = x
    var product = DoubleDouble(1)
    while z.high < 24 {
      product = product * z
      z = z + DoubleDouble(1)
    }
    let square = z * z
    var power = z
    var series = DoubleDouble(0)
    for (numerator, denominator) in stirling where power.high < 1e100 {
      series = series + DoubleDouble(numerator) / (DoubleDouble(denominator) * power)
      power = power * square
    }
    let halfLogTwoPi = DoubleDouble(0.9189385332046728, -3.8782941580672414e-17)
    let logarithm = (z - DoubleDouble(0.5)) * DoubleDouble.log(z) - z + halfLogTwoPi + series
    return logarithm - DoubleDouble.log(product)
  }

  /// log Gamma(x) for x > 0; infinite at 0, NaN below.
  package static func value(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? .infinity : .nan }
    guard x < 1e300 else { return x.isNaN ? .nan : x == .infinity ? x : x * (log(x) - 1) }
    return parts(DoubleDouble(x)).value
  }

  /// log B(a, b) = log Gamma(a) + log Gamma(b) - log Gamma(a + b), for positive a and b.
  ///
  /// - Parameter logGammaA: log Gamma(a), if it is known.
  static func beta(_ a: Double, _ b: Double, logGammaA: DoubleDouble? = nil) -> DoubleDouble {
    (logGammaA ?? parts(DoubleDouble(a))) + parts(DoubleDouble(b)) - parts(DoubleDouble.sum(a, b))
  }

  /// The digamma function psi(x), for x >= 1, with an absolute error of 1e-15 or 2 ulp.
  ///
  /// Recurrence up to 24 (DLMF 5.5.2) and the asymptotic series (DLMF 5.11.2).
  static func derivative(_ x: Double) -> Double {
    var (z, sum) = (x, 0.0)
    while z < 24 {
      sum -= 1 / z
      z += 1
    }
    var power = z * z
    var series = -0.5 / z
    for (index, (numerator, denominator)) in stirling.prefix(8).enumerated() {
      series -= Double(2 * index + 1) * numerator / (denominator * power)
      power *= z * z
    }
    return sum + series + log(z)
  }

  /// Stirling's remainder: log Gamma(x) = (x - 1/2) log x - x + log(2 pi) / 2 + remainder, for x >= 15.
  static func stirlingRemainder(_ x: Double) -> Double {
    var power = x
    var sum = 0.0
    for (numerator, denominator) in stirling.prefix(8) {
      sum += numerator / (denominator * power)
      power *= x * x
    }
    return sum
  }

  /// B_2k / (2k (2k - 1)) as fractions, k = 1 ... 11 (DLMF 5.11.1 and Table 24.2.1).
  private static let stirling: [(Double, Double)] = [
    (1, 12), (-1, 360), (1, 1260), (-1, 1680), (1, 1188), (-691, 360360), (1, 156), (-3617, 122400), (43867, 244188),
    (-174611, 125400), (77683, 5796),
  ]
}

/// log(r) - (r - 1) for r = 1 + t > 0, without the cancellation near 1.
///
/// With s = t / (2 + t), log(1 + t) = 2 (s + s^3 / 3 + ...) and 2 s - t = -t s.
///
/// - Parameters:
///   - ratio: r, with relative accuracy where it is small.
///   - excess: t, with relative accuracy where it is small.
func logLessExcess(ratio: Double, excess t: Double) -> Double {
  guard t > -0.7, t < 1.5 else { return log(ratio) - t }
  let s = t / (2 + t)
  let square = s * s
  var sum = 0.0
  var power = 1.0
  var n = 3.0
  while true {
    let term = power / n
    sum += term
    if term < 1e-17 * sum { break }
    power *= square
    n += 2
  }
  return s * (2 * square * sum - t)
}
