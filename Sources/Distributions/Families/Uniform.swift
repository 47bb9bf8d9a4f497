/// Density 1 / (high - low) for x in low ... high.
package struct Uniform: ContinuousDistribution {
  package static let name = "uniform"
  package static let summary = "uniform between two ends: 1 / (high - low)"
  package static let source = "quantile in closed form: low + (high - low) u"
  package static let parameterisations = [
    Parameterisation(
      [Parameter("low", .location), Parameter("high", .location)], orders: [.ascending(["low", "high"])])
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
    a[0] + (a[1] - a[0]) * .probability
  }

  package func cdf(_ x: Double) -> Double { min(max((x - low) / (high - low), 0), 1) }
  package func survival(_ x: Double) -> Double { min(max((high - x) / (high - low), 0), 1) }
  package func density(_ x: Double) -> Double { x >= low && x <= high ? 1 / (high - low) : 0 }
  package var mean: Double { 0.5 * low + 0.5 * high }
  package var sd: Double { (high - low) * 0.288675134594812882254574390251 }  // 1 / sqrt(12)
  package var support: ClosedRange<Double> { low...high }

  package static func fit(
    _ low: QuantilePoint, _ high: QuantilePoint, fixed: [String: Double]
  ) throws(DistributionError) -> [Double]? {
    let slope = (high.value - low.value) / (high.probability - low.probability)
    return [low.value - slope * low.probability, high.value + slope * (1 - high.probability)]
  }
}
