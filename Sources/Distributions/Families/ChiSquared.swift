/// The sum of df squared standard normal values: a gamma distribution with shape df / 2 and scale 2.
package struct ChiSquared: ContinuousDistribution {
  package static let name = "chi_squared"
  package static let summary = "the sum of df squared standard normal values: gamma of shape df / 2 and scale 2"
  package static let source = "as for gamma; Johnson, Kotz & Balakrishnan 1994, ch. 18"
  package static let parameterisations = [Parameterisation([Parameter("df", .shape, .positive)])]

  /// Degrees of freedom, not necessarily an integer.
  package let df: Double
  private let gamma: Gamma

  package init(checked arguments: [Double]) {
    df = arguments[0]
    gamma = Gamma(checked: [0.5 * df, 2])
  }

  package var arguments: [Double] { [df] }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    Gamma.quantileExpression(of: [0.5 * a[0], 2])
  }

  package var constantQuantileExpression: QuantileExpression { gamma.constantQuantileExpression }
  package func quantile(_ p: Double) -> Double { gamma.quantile(p) }
  package func quantile(survival q: Double) -> Double { gamma.quantile(survival: q) }
  package func cdf(_ x: Double) -> Double { gamma.cdf(x) }
  package func survival(_ x: Double) -> Double { gamma.survival(x) }
  package func logCdf(_ x: Double) -> Double { gamma.logCdf(x) }
  package func logSurvival(_ x: Double) -> Double { gamma.logSurvival(x) }
  package func density(_ x: Double) -> Double { gamma.density(x) }
  package func logDensity(_ x: Double) -> Double { gamma.logDensity(x) }
  package var mean: Double { df }
  package var sd: Double { (2 * df).squareRoot() }
  package var support: ClosedRange<Double> { 0 ... .infinity }
}
