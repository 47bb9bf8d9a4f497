import Foundation

/// Density 1 / (x log(high / low)) for x in low ... high: the logarithm is uniform.
package struct LogUniform: ContinuousDistribution {
  package static let name = "loguniform"
  package static let summary = "its logarithm is uniform between two ends: 1 / (x log(high / low))"
  package static let source = "quantile in closed form: low (high / low)^u"
  package static let parameterisations = [
    Parameterisation(
      [Parameter("low", .scale, .positive), Parameter("high", .scale, .positive)],
      orders: [.ascending(["low", "high"])])
  ]

  /// The smallest value.
  package let low: Double
  /// The largest value.
  package let high: Double

  package init(checked arguments: [Double]) {
    low = arguments[0]
    high = arguments[1]
  }

  package var arguments: [Double] { [low, high] }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    // The ratio of square roots does not overflow where high / low would.
    let halfLog = QuantileExpression.log(.squareRoot(a[1]) / .squareRoot(a[0]))
    // Where (high / low)^u would overflow before the multiplication, low moves into the exponent.
    if let half = halfLog.constantValue, half > 350 { return .exp(.log(a[0]) + .probability * (2 * halfLog)) }
    return a[0] * .exp(.probability * (2 * halfLog))
  }

  /// log(high / low), with relative accuracy for narrow distributions too.
  private var logRatio: Double {
    high < 2 * low ? log1p((high - low) / low) : 2 * log(high.squareRoot() / low.squareRoot())
  }

  package func cdf(_ x: Double) -> Double {
    x <= low ? 0 : x >= high ? 1 : ValueRatio.log(x, low) / logRatio
  }
  package func survival(_ x: Double) -> Double {
    x <= low ? 1 : x >= high ? 0 : ValueRatio.log(high, x) / logRatio
  }
  package func density(_ x: Double) -> Double { x >= low && x <= high ? 1 / (x * logRatio) : 0 }
  package var mean: Double { (high - low) / logRatio }

  /// With h = log(high / low) / 2 and the geometric mean g: g sqrt(sinh(h) / h (cosh(h) - sinh(h) / h)); where the
  /// parenthesis would cancel, its power series, the sum of 2k h^2k / (2k + 1)!.
  package var sd: Double {
    let h = 0.5 * logRatio
    let ratio = sinh(h) / h
    var bracket = cosh(h) - ratio
    if h < 1 {
      var term = h * h / 6
      bracket = 0
      for k in 1...12 {
        let order = Double(2 * k)
        bracket += order * term
        term *= h * h / ((order + 2) * (order + 3))
      }
    }
    return low.squareRoot() * high.squareRoot() * ratio.squareRoot() * bracket.squareRoot()
  }
  package var support: ClosedRange<Double> { low...high }

  package static func fit(
    _ low: QuantilePoint, _ high: QuantilePoint, fixed: [String: Double]
  ) throws(DistributionError) -> [Double]? {
    guard low.value > 0 else { throw .outOfDomain(parameter: "low end", value: low.value, domain: .positive) }
    let slope = ValueRatio.log(high.value, low.value) / (high.probability - low.probability)
    return [
      ValueRatio.times(low.value, exp: -slope * low.probability),
      ValueRatio.times(high.value, exp: slope * (1 - high.probability)),
    ]
  }
}
