/// A beta distribution on low ... high with alpha = 1 + lambda (mode - low) / (high - low) and
/// beta = 1 + lambda (high - mode) / (high - low): an estimate by minimum, mode and maximum with a smooth density.
package struct Pert: ContinuousDistribution {
  package static let name = "pert"
  package static let summary =
    "low, mode and high, smooth: beta with alpha = 1 + lambda (mode - low) / (high - low)"
  package static let source = "Malcolm, Roseboom, Clark & Fazar 1959, Operations Research 7, 646-669; Vose 2008, ch. 22"
  package static let parameterisations = [
    Parameterisation(
      [
        Parameter("low", .location), Parameter("mode", .location), Parameter("high", .location),
        Parameter("lambda", .shape, Domain(0, 1e8 - 1), defaultValue: 4),
      ], orders: [.ascendingOrEqual(["low", "mode", "high"])])
  ]

  /// The smallest value.
  package let low: Double
  /// The most likely value.
  package let mode: Double
  /// The largest value.
  package let high: Double
  /// The concentration around the mode: 4 for the classical distribution, 0 for a uniform one.
  package let lambda: Double
  private let beta: Beta

  package init(checked arguments: [Double]) {
    low = arguments[0]
    mode = arguments[1]
    high = arguments[2]
    lambda = arguments[3]
    let shapes = Self.shapes(arguments.map(QuantileExpression.constant)).map { $0.constantValue ?? .nan }
    beta = Beta(alpha: shapes[0], beta: shapes[1], low: low, high: high)
  }

  package var arguments: [Double] { [low, mode, high, lambda] }

  /// The two shapes of the beta distribution.
  private static func shapes(_ a: [QuantileExpression]) -> [QuantileExpression] {
    [1 + a[3] * ((a[1] - a[0]) / (a[2] - a[0])), 1 + a[3] * ((a[2] - a[1]) / (a[2] - a[0]))]
  }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    let shapes = shapes(a)
    return StandardBeta.quantileExpression(alpha: shapes[0], beta: shapes[1], low: a[0], high: a[2])
  }

  package var constantQuantileExpression: QuantileExpression { beta.constantQuantileExpression }
  package func quantile(_ p: Double) -> Double { beta.quantile(p) }
  package func quantile(survival q: Double) -> Double { beta.quantile(survival: q) }
  package func cdf(_ x: Double) -> Double { beta.cdf(x) }
  package func survival(_ x: Double) -> Double { beta.survival(x) }
  package func logCdf(_ x: Double) -> Double { beta.logCdf(x) }
  package func logSurvival(_ x: Double) -> Double { beta.logSurvival(x) }
  package func logDensity(_ x: Double) -> Double { beta.logDensity(x) }
  package func density(_ x: Double) -> Double { beta.density(x) }
  package var mean: Double { beta.mean }
  package var sd: Double { beta.sd }
  package var support: ClosedRange<Double> { low...high }
}
