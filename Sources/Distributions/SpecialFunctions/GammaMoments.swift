import Foundation
import VectorMath

/// Means and standard deviations of distributions whose moments are ratios of gamma functions.
enum GammaMoments {
  /// Gamma(x), from its logarithm in double-double arithmetic, accurate to an ulp or two; infinite beyond 171.6.
  static func gamma(_ x: DoubleDouble) -> Double {
    let logarithm = LogGamma.parts(x)
    return exp(logarithm.high) * (1 + logarithm.low)
  }

  /// exp(a) for a double-double logarithm.
  static func exponential(_ a: DoubleDouble) -> Double { exp(a.high) * (1 + a.low) }

  /// sqrt(E x^2 / (E x)^2 - 1), the sd relative to the mean, from the logarithms of the first two moments.
  ///
  /// The difference of the logarithms cancels for narrow distributions; double-double arithmetic suffices down to
  /// relative spreads of about 1e-7.
  static func relativeSpread(logMean: DoubleDouble, logSecond: DoubleDouble) -> Double {
    let excess = logSecond - logMean - logMean
    return max(expm1(excess.high) + excess.low * exp(excess.high), 0).squareRoot()
  }

  /// Gamma(1 + x) and sqrt(Gamma(1 + 2 x) - Gamma(1 + x)^2) for x > 0.
  static func ofPower(_ x: Double) -> (mean: Double, sd: Double) {
    // Larger x overflow Gamma; still larger x would overflow its logarithm.
    guard x < 1e3 else { return (.infinity, .infinity) }
    let first = LogGamma.parts(DoubleDouble.sum(1, x))
    let mean = exponential(first)
    guard x < 1e-5 else {
      let second = LogGamma.parts(DoubleDouble.sum(1, 2 * x))
      return (mean, mean * relativeSpread(logMean: first, logSecond: second))
    }
    // log Gamma(1 + 2 x) - 2 log Gamma(1 + x), the sum over n >= 2 of zeta(n) (2^n - 2) (-x)^n / n (DLMF 5.7.3).
    let excess =
      x * x * (1.6449340668482264 + x * (-2.404113806319188 + x * (3.788131317988984 - 6.221566530860218 * x)))
    return (mean, mean * expm1(excess).squareRoot())
  }
}
