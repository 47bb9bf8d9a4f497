import Foundation

/// Density x / scale^2 exp(-x^2 / (2 scale^2)) for x >= 0: the length of a vector of two independent normal errors with
/// sd `scale`; used for wind speeds and distances from a target.
package struct Rayleigh: ContinuousDistribution {
  package static let name = "rayleigh"
  package static let summary = "the length of a vector of two normal errors: x / scale^2 exp(-x^2 / (2 scale^2))"
  package static let source =
    "quantile in closed form: scale sqrt(-2 log(1 - u)); Johnson, Kotz & Balakrishnan 1994, section 18.10"
  package static let parameterisations = [Parameterisation([Parameter("scale", .scale, .positive)])]

  /// The mode, and the sd of each component.
  package let scale: Double

  package init(checked arguments: [Double]) { scale = arguments[0] }

  package var arguments: [Double] { [scale] }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    a[0] * .squareRoot(-2 * .logComplement)
  }

  private func depth(_ x: Double) -> Double { 0.5 * (x / scale) * (x / scale) }

  package func cdf(_ x: Double) -> Double { x <= 0 ? 0 : -expm1(-depth(x)) }
  package func survival(_ x: Double) -> Double { x <= 0 ? 1 : exp(-depth(x)) }
  package func logSurvival(_ x: Double) -> Double { x <= 0 ? 0 : -depth(x) }
  package func density(_ x: Double) -> Double {
    x > 0 && x < .infinity ? x / scale / scale * exp(-depth(x)) : 0
  }
  package func logDensity(_ x: Double) -> Double {
    x > 0 && x < .infinity ? log(x / scale) - log(scale) - depth(x) : -.infinity
  }
  package var mean: Double { 1.2533141373155002512 * scale }  // sqrt(pi / 2)
  package var sd: Double { 0.65513637756203355309 * scale }  // sqrt(2 - pi / 2)
  package var support: ClosedRange<Double> { 0 ... .infinity }
}
