import Foundation

/// P(X > x) = (low / x)^shape for x >= low: sizes of cities, fortunes, outages.
package struct Pareto: ContinuousDistribution {
  package static let name = "pareto"
  package static let summary =
    "at least low, with a power-law tail: survival (low / x)^shape; no mean for shape <= 1, no variance for shape <= 2"
  package static let source =
    "quantile in closed form: low (1 - u)^(-1 / shape); Arnold 2015, Pareto Distributions, ch. 3"
  package static let parameterisations = [
    Parameterisation([Parameter("shape", .shape, .positive), Parameter("low", .scale, .positive)])
  ]

  package let shape: Double
  /// The smallest value.
  package let low: Double

  package init(checked arguments: [Double]) {
    shape = arguments[0]
    low = arguments[1]
  }

  package var arguments: [Double] { [shape, low] }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    a[1] * .power(.complement, -1 / a[0])
  }

  /// log(x / low), with relative accuracy near 0.
  private func logRatio(_ x: Double) -> Double { x < 2 * low ? log1p((x - low) / low) : log(x / low) }

  package func cdf(_ x: Double) -> Double { x <= low ? 0 : -expm1(-shape * logRatio(x)) }
  /// (low / x)^shape; by logarithms where the rounding of low / x, amplified by a large shape, would matter.
  private func power(_ x: Double) -> Double { x < 2 * low ? exp(-shape * logRatio(x)) : pow(low / x, shape) }

  package func survival(_ x: Double) -> Double { x <= low ? 1 : power(x) }
  package func logSurvival(_ x: Double) -> Double { x <= low ? 0 : -shape * logRatio(x) }
  package func logDensity(_ x: Double) -> Double {
    x >= low && x < .infinity ? log(shape) - log(x) - shape * logRatio(x) : -.infinity
  }
  package func density(_ x: Double) -> Double {
    x >= low && x < .infinity ? shape / x * power(x) : 0
  }
  /// shape low / (shape - 1); infinite for shapes up to 1.
  package var mean: Double { shape > 1 ? shape / (shape - 1) * low : .infinity }
  /// low / (shape - 1) sqrt(shape / (shape - 2)); infinite for shapes up to 2, NaN where the mean is infinite.
  package var sd: Double {
    shape > 2 ? low / (shape - 1) * (shape / (shape - 2)).squareRoot() : shape > 1 ? .infinity : .nan
  }
  package var support: ClosedRange<Double> { low ... .infinity }
  package var tailIndex: Double? { shape }

  /// Fits the line through the points (-log(1 - p), log x).
  package static func fit(
    _ low: QuantilePoint, _ high: QuantilePoint, fixed: [String: Double]
  ) throws(DistributionError) -> [Double]? {
    guard low.value > 0 else { throw .outOfDomain(parameter: "low end", value: low.value, domain: .positive) }
    let depth = (-log1p(-low.probability), -log1p(-high.probability))
    let shape = (depth.1 - depth.0) / ValueRatio.log(high.value, low.value)
    return [shape, ValueRatio.times(low.value, exp: -depth.0 / shape)]
  }
}
