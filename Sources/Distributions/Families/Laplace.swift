import Foundation

/// Density exp(-|x - location| / scale) / (2 scale): the difference of two independent, equally distributed exponential
/// values.
package struct Laplace: ContinuousDistribution {
  package static let name = "laplace"
  package static let summary = "a sharp peak with exponential tails: exp(-|x - location| / scale) / (2 scale)"
  package static let source =
    "quantile in closed form: location + scale log(2 u), or - scale log(2 (1 - u)); Kotz, Kozubowski & Podgorski 2001"
  package static let parameterisations = [
    Parameterisation([Parameter("location", .location), Parameter("scale", .scale, .positive)])
  ]

  package let location: Double
  package let scale: Double

  package init(checked arguments: [Double]) {
    location = arguments[0]
    scale = arguments[1]
  }

  package var arguments: [Double] { [location, scale] }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    a[0]
      + a[1]
      * .choose(
        .probability, lessThan: .complement, then: .log(2 * .probability), otherwise: -1 * .log(2 * .complement))
  }

  /// The probability beyond a distance from the location, given as a negative score.
  private func tail(_ score: Double) -> Double { score <= 0 ? 0.5 * exp(score) : 1 - 0.5 * exp(-score) }

  package func cdf(_ x: Double) -> Double { tail((x - location) / scale) }
  package func survival(_ x: Double) -> Double { tail((location - x) / scale) }
  package func logCdf(_ x: Double) -> Double { logTail((x - location) / scale) }
  package func logSurvival(_ x: Double) -> Double { logTail((location - x) / scale) }
  private func logTail(_ score: Double) -> Double {
    score <= 0 ? score - 0.6931471805599453 : log1p(-0.5 * exp(-score))  // log 2
  }
  package func density(_ x: Double) -> Double { exp(-(x - location).magnitude / scale) / (2 * scale) }
  package func logDensity(_ x: Double) -> Double { -(x - location).magnitude / scale - log(2 * scale) }
  package var mean: Double { location }
  package var sd: Double { 1.41421356237309504880168872421 * scale }  // sqrt(2)
  package var support: ClosedRange<Double> { -.infinity ... .infinity }
}
