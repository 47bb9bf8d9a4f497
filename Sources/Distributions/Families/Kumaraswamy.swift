import Foundation
import VectorMath

/// P(X > x) = (1 - t^a)^b for t = (x - low) / (high - low): a bounded value, similar to a beta distribution, with a
/// quantile function in closed form.
package struct Kumaraswamy: ContinuousDistribution {
  package static let name = "kumaraswamy"
  package static let summary =
    "between two ends, like beta: survival (1 - t^a)^b for t = (x - low) / (high - low), from low = 0 to high = 1"
  package static let source =
    "quantile in closed form: (1 - (1 - u)^(1 / b))^(1 / a); Kumaraswamy 1980, doi:10.1016/0022-1694(80)90036-0"
  package static let parameterisations = [
    Parameterisation(
      [
        Parameter("a", .shape, shapes), Parameter("b", .shape, shapes),
        Parameter("low", .location, defaultValue: 0), Parameter("high", .location, defaultValue: 1),
      ], orders: [.ascending(["low", "high"])])
  ]
  /// Shapes whose moments a double can represent.
  private static let shapes = Domain(1e-8, 1e8)

  /// The shape at the lower end.
  package let a: Double
  /// The shape at the upper end.
  package let b: Double
  /// The smallest value.
  package let low: Double
  /// The largest value.
  package let high: Double

  package init(checked arguments: [Double]) {
    a = arguments[0]
    b = arguments[1]
    low = arguments[2]
    high = arguments[3]
  }

  package var arguments: [Double] { [a, b, low, high] }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    a[2] + (a[3] - a[2]) * .power(-1 * .expm1(.logComplement / a[1]), 1 / a[0])
  }

  /// log(1 - t^a), with relative accuracy at both ends.
  private func logInner(_ x: Double) -> Double {
    let (t, rest) = ((x - low) / (high - low), (high - x) / (high - low))
    let exponent = a * (t < 0.5 ? log(t) : log1p(-rest))
    return exponent < -0.7 ? log1p(-(t < 0.5 ? pow(t, a) : exp(exponent))) : log(-expm1(exponent))
  }

  package func cdf(_ x: Double) -> Double { x <= low ? 0 : x >= high ? 1 : -expm1(b * logInner(x)) }
  package func survival(_ x: Double) -> Double { x <= low ? 1 : x >= high ? 0 : exp(b * logInner(x)) }
  package func logSurvival(_ x: Double) -> Double { x <= low ? 0 : x >= high ? -.infinity : b * logInner(x) }
  package func logCdf(_ x: Double) -> Double {
    if x <= low || x >= high { return x <= low ? -.infinity : 0 }
    let cdf = cdf(x)
    // Where t^a underflows, 1 - (1 - t^a)^b is b t^a to the last digit.
    if cdf < 1e-290 { return log(b) + a * log((x - low) / (high - low)) }
    return LogProbability.of(cdf, complement: survival(x))
  }
  package func logDensity(_ x: Double) -> Double {
    let density = density(x)
    guard density < .leastNormalMagnitude, x > low, x < high else { return log(density) }
    return log(a) + log(b) - log(high - low) + (a - 1) * log((x - low) / (high - low)) + (b - 1) * logInner(x)
  }
  package func density(_ x: Double) -> Double {
    guard x >= low, x <= high else { return 0 }
    let t = (x - low) / (high - low)
    let inner = b == 1 ? 1 : x == high ? (b < 1 ? .infinity : 0) : x == low ? 1 : exp((b - 1) * logInner(x))
    return a * b / (high - low) * pow(t, a - 1) * inner
  }

  /// The logarithm of b B(1 + n / a, b), the n-th moment on 0 ... 1.
  private func logMoment(_ n: Double) -> DoubleDouble {
    let first = DoubleDouble(1) + DoubleDouble(n) / DoubleDouble(a)
    return LogGamma.parts(first) + LogGamma.parts(DoubleDouble.sum(1, b)) - LogGamma.parts(first + DoubleDouble(b))
  }

  package var mean: Double { low + (high - low) * GammaMoments.exponential(logMoment(1)) }
  package var sd: Double {
    let first = logMoment(1)
    return (high - low) * GammaMoments.exponential(first)
      * GammaMoments.relativeSpread(logMean: first, logSecond: logMoment(2))
  }
  package var support: ClosedRange<Double> { low...high }

  /// Fits both shapes: log b is the root of an equation in one unknown, and a follows.
  package static func fit(
    _ low: QuantilePoint, _ high: QuantilePoint, fixed: [String: Double]
  ) throws(DistributionError) -> [Double]? {
    guard fixed["a"] == nil, fixed["b"] == nil else { return nil }
    let ends = try BoundedFit.ends(fixed, low, high)
    /// log(-log t) of a point, with t its relative position between the ends.
    func depth(_ point: QuantilePoint) -> Double {
      let (x, y) = BoundedFit.place(point, ends)
      return log(-(x < 0.5 ? log(x) : log1p(-y)))
    }
    /// log(-log(1 - (1 - p)^(1 / b))), which is log a + depth.
    func level(_ p: Double, _ logB: Double) -> Double {
      let exponent = log1p(-p) / exp(logB)
      if exponent > -0.7 { return log(-log(-expm1(exponent))) }
      // For exponents far below 0, -log(1 - e) is e.
      return exponent > -36 ? log(-log1p(-exp(exponent))) : exponent
    }
    // The difference of the levels decreases from infinity to 0 as b grows; a then follows from either point.
    let wanted = depth(low) - depth(high)
    let range = (log(shapes.low), log(shapes.high))
    guard
      let logB = RootFinding.bracketed(
        range.0, range.1, { wanted - (level(low.probability, $0) - level(high.probability, $0)) })
    else { throw .noFit(distribution: name, low: low, high: high, nearest: nil) }
    let a = exp(level(low.probability, logB) - depth(low))
    return [a, min(max(exp(logB), shapes.low), shapes.high), ends.low, ends.high]
  }
}
