import Foundation

/// P(X <= x) = 1 / (1 + exp(-(x - location) / scale)): bell-shaped like a normal distribution, with exponential tails.
package struct Logistic: ContinuousDistribution {
  package static let name = "logistic"
  package static let summary = "bell-shaped, with exponential tails: cdf 1 / (1 + exp(-(x - location) / scale))"
  package static let source = "quantile in closed form: location + scale log(u / (1 - u)); Balakrishnan 1992"
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
    a[0] + a[1] * .log(.probability / .complement)
  }

  private func score(_ x: Double) -> Double { (x - location) / scale }

  package func cdf(_ x: Double) -> Double { 1 / (1 + exp(-score(x))) }
  package func survival(_ x: Double) -> Double { 1 / (1 + exp(score(x))) }
  package func logCdf(_ x: Double) -> Double { LogProbability.logistic(score(x)) }
  package func logSurvival(_ x: Double) -> Double { LogProbability.logistic(-score(x)) }
  package func density(_ x: Double) -> Double {
    let e = exp(-score(x).magnitude)
    return e / ((1 + e) * (1 + e) * scale)
  }
  package func logDensity(_ x: Double) -> Double {
    let size = score(x).magnitude
    return -size - 2 * log1p(exp(-size)) - log(scale)
  }
  package var mean: Double { location }
  package var sd: Double { 1.81379936423421785059407825764 * scale }  // pi / sqrt(3)
  package var support: ClosedRange<Double> { -.infinity ... .infinity }
}
