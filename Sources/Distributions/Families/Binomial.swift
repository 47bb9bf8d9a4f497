import Foundation

/// P(X = k) = C(n, k) p^k (1 - p)^(n - k): the number of successes in n independent trials.
package struct Binomial: CountDistribution {
  package static let name = "binomial"
  package static let summary = "the number of successes in n trials of probability p: C(n, k) p^k (1 - p)^(n - k)"
  package static let source =
    "incomplete beta function, I_1-p(n - k, k + 1) (DLMF 8.17.5), searched among whole numbers"
  package static let parameterisations = [
    Parameterisation([
      Parameter("n", .shape, Domain(0, 1e8, isWhole: true)), Parameter("p", .probability, .unitInterval),
    ])
  ]

  /// The number of trials.
  package let n: Double
  /// The probability of a success.
  package let p: Double

  package init(checked arguments: [Double]) {
    n = arguments[0]
    p = arguments[1]
  }

  package var arguments: [Double] { [n, p] }
  package var greatest: Double { p > 0 ? n : 0 }
  package var support: ClosedRange<Double> { p == 1 ? n...n : 0...greatest }

  package func mass(_ count: Double) -> Double {
    if p == 0 || p == 1 { return count == p * n ? 1 : 0 }
    if count == 0 { return exp(n * log1p(-p)) }
    if count == n { return pow(p, n) }
    return IncompleteBeta(count, n - count).lead(p, 1 - p) * (n / count / (n - count))
  }
  package func logMass(_ count: Double) -> Double {
    if p == 0 || p == 1 { return log(mass(count)) }
    if count == n { return n * log(p) }
    return IncompleteBeta(count, n - count).logLead(p, 1 - p) + log(n / count / (n - count))
  }
  package func ratio(after count: Double) -> Double { (n - count) / (count + 1) * (p / (1 - p)) }
  package func tails(_ count: Double) -> (lower: Double, upper: Double) {
    if p == 1 { return (0, 1) }
    let tails = IncompleteBeta(count + 1, n - count).tails(p, 1 - p)
    return (tails.upper, tails.lower)
  }
  package var mean: Double { n * p }
  package var sd: Double { (n * p * (1 - p)).squareRoot() }
}
