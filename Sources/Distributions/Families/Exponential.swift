import Foundation

/// Density exp(-x / mean) / mean for x >= 0: the waiting time for an event of constant rate 1 / mean.
package struct Exponential: ContinuousDistribution {
  package static let name = "exponential"
  package static let summary = "the wait for an event of constant rate: exp(-x / mean) / mean"
  package static let source = "quantile in closed form: -mean log(1 - u)"
  package static let parameterisations = [
    Parameterisation([Parameter("mean", .scale, .positive)]),
    Parameterisation([Parameter("rate", .rate, .positive)], canonical: { a in [1 / a[0]] }),
  ]

  package let mean: Double

  package init(checked arguments: [Double]) { mean = arguments[0] }

  package var arguments: [Double] { [mean] }
  package var description: String { "exponential(mean=\(DistributionText.number(mean)))" }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    -1 * a[0] * .logComplement
  }

  package func cdf(_ x: Double) -> Double { x <= 0 ? 0 : -expm1(-x / mean) }
  package func survival(_ x: Double) -> Double { x <= 0 ? 1 : exp(-x / mean) }
  package func logSurvival(_ x: Double) -> Double { x <= 0 ? 0 : -x / mean }
  package func density(_ x: Double) -> Double { x < 0 ? 0 : exp(-x / mean) / mean }
  package func logDensity(_ x: Double) -> Double { x < 0 ? -.infinity : -x / mean - log(mean) }
  package var sd: Double { mean }
  package var support: ClosedRange<Double> { 0 ... .infinity }
}
