import Foundation

/// Between two ends with two shapes, much like a beta law, but with a quantile function in closed form.
package struct Kumaraswamy: ClosedFormLaw {
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
  /// Shapes whose moments a double can tell.
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

  package static func form(of a: [QuantileForm]) -> QuantileForm? {
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

  /// Both shapes free: Newton steps from the shapes of a flat law.
  package static func fit(
    _ low: QuantilePoint, _ high: QuantilePoint, fixed: [String: Double]
  ) throws(LawError) -> [Double]? {
    guard fixed["a"] == nil, fixed["b"] == nil else { return nil }
    let ends = (low: fixed["low"] ?? 0, high: fixed["high"] ?? 1)
    guard ends.low < ends.high else {
      throw .order(parameters: ["low", "high"], values: [ends.low, ends.high], allowsEqual: false)
    }
    let domain = Domain(ends.low, ends.high, includesLow: false, includesHigh: false)
    for (name, point) in [("low end", low), ("high end", high)] where !domain.contains(point.value) {
      throw .outOfDomain(parameter: name, value: point.value, domain: domain)
    }
    // log(-log(1 - p)) is nearly a line in log t for small t: the Weibull law's shape and scale are a start.
    let t = ((low.value - ends.low) / (ends.high - ends.low), (high.value - ends.low) / (ends.high - ends.low))
    let depth = (-log1p(-low.probability), -log1p(-high.probability))
    let shape = min(max(log(depth.1 / depth.0) / log(t.1 / t.0), 0.05), 1e4)
    let weight = min(max(depth.0 * pow(t.0, -shape), 0.05), 1e6)
    return try NumericalFit(family: Self.self, low: low, high: high, free: [0, 1])
      .arguments(from: [shape, weight, ends.low, ends.high])
  }
}
