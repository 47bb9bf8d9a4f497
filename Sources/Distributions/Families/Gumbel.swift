import Foundation

/// P(X <= x) = exp(-exp(-(x - location) / scale)): the maximum of many light-tailed values, such as a year's peak load.
package struct Gumbel: ContinuousDistribution {
  package static let name = "gumbel"
  package static let summary = "the largest of many values: cdf exp(-exp(-(x - location) / scale))"
  package static let source =
    "quantile in closed form: location - scale log(-log u); Johnson, Kotz & Balakrishnan 1995, vol. 2, ch. 22"
  package static let parameterisations = [
    Parameterisation([Parameter("location", .location), Parameter("scale", .scale, .positive)])
  ]

  /// The mode.
  package let location: Double
  package let scale: Double

  package init(checked arguments: [Double]) {
    location = arguments[0]
    scale = arguments[1]
  }

  package var arguments: [Double] { [location, scale] }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    a[0] - a[1] * .log(-1 * .logProbability)
  }

  /// -log P(X <= x).
  private func depth(_ x: Double) -> Double { exp(-(x - location) / scale) }

  package func cdf(_ x: Double) -> Double { exp(-depth(x)) }
  package func survival(_ x: Double) -> Double { -expm1(-depth(x)) }
  package func logCdf(_ x: Double) -> Double { -depth(x) }
  package func logSurvival(_ x: Double) -> Double {
    let depth = depth(x)
    // For small d, 1 - exp(-d) is d to working precision.
    return depth < 1e-290 ? -(x - location) / scale : LogProbability.complement(-depth)
  }
  package func density(_ x: Double) -> Double {
    let depth = depth(x)
    return depth < .infinity ? depth * exp(-depth) / scale : 0
  }
  package func logDensity(_ x: Double) -> Double {
    x.isInfinite ? -.infinity : -(x - location) / scale - depth(x) - log(scale)
  }
  package var mean: Double { location + 0.577215664901532860606512090082 * scale }  // Euler's constant
  package var sd: Double { 1.28254983016186409554418635958 * scale }  // pi / sqrt(6)
  package var support: ClosedRange<Double> { -.infinity ... .infinity }
}
