/// P(X = 1) = p, P(X = 0) = 1 - p.
package struct Bernoulli: ContinuousDistribution {
  package static let name = "bernoulli"
  package static let summary = "1 with probability p, else 0"
  package static let source = "quantile in closed form: 1 where 1 - u < p"
  package static let parameterisations = [Parameterisation([Parameter("p", .probability, .unitInterval)])]

  /// The probability of 1.
  package let p: Double

  package init(checked arguments: [Double]) { p = arguments[0] }

  package var arguments: [Double] { [p] }
  package var description: String { "bernoulli(\(DistributionText.number(p)))" }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    .choose(.complement, lessThan: a[0], then: 1, otherwise: 0)
  }

  package func cdf(_ x: Double) -> Double { x.isNaN ? .nan : x < 0 ? 0 : x < 1 ? 1 - p : 1 }
  package func survival(_ x: Double) -> Double { x.isNaN ? .nan : x < 0 ? 1 : x < 1 ? p : 0 }
  package func density(_ x: Double) -> Double { x == 0 ? 1 - p : x == 1 ? p : 0 }
  package var mean: Double { p }
  package var sd: Double { (p * (1 - p)).squareRoot() }
  package var support: ClosedRange<Double> { (p == 1 ? 1 : 0)...(p == 0 ? 0 : 1) }
  package var atoms: [Double] { p == 0 ? [0] : p == 1 ? [1] : [0, 1] }
}
