import Foundation

/// Density exp(-(x - mean)^2 / (2 sd^2)) / (sd sqrt(2 pi)): the sum of many small independent effects.
package struct Normal: ContinuousDistribution {
  package static let name = "normal"
  package static let summary = "bell-shaped around a mean: exp(-(x - mean)^2 / (2 sd^2)) / (sd sqrt(2 pi))"
  package static let source = "Wichura 1988, Algorithm AS 241, Applied Statistics 37, 477-484"
  package static let parameterisations = [
    Parameterisation([Parameter("mean", .location), Parameter("sd", .scale, .positive)])
  ]

  package let mean: Double
  package let sd: Double

  package init(checked arguments: [Double]) {
    mean = arguments[0]
    sd = arguments[1]
  }

  package var arguments: [Double] { [mean, sd] }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? { a[0] + a[1] * .score }

  package func cdf(_ x: Double) -> Double { StandardNormal.cdf((x - mean) / sd) }
  package func survival(_ x: Double) -> Double { StandardNormal.survival((x - mean) / sd) }
  package func logCdf(_ x: Double) -> Double { StandardNormal.logCdf((x - mean) / sd) }
  package func logSurvival(_ x: Double) -> Double { StandardNormal.logCdf((mean - x) / sd) }
  package func density(_ x: Double) -> Double { StandardNormal.density((x - mean) / sd) / sd }
  package func logDensity(_ x: Double) -> Double { StandardNormal.logDensity((x - mean) / sd) - log(sd) }
  package var support: ClosedRange<Double> { -.infinity ... .infinity }

  package static func fit(
    _ low: QuantilePoint, _ high: QuantilePoint, fixed: [String: Double]
  ) throws(DistributionError) -> [Double]? {
    let scores = LocationScaleFit.scores(low, high)
    let (mean, sd) = LocationScaleFit.line(
      through: (scores.0, low.value),
      (scores.1, high.value))
    return [mean, sd]
  }
}
