import Foundation

/// P(X = k) = C(k + r - 1, k) p^r (1 - p)^k: the number of failures before the r-th success, with mean r (1 - p) / p.
/// Its variance exceeds that of a Poisson distribution with the same mean.
package struct NegativeBinomial: CountDistribution {
  package static let name = "negative_binomial"
  package static let summary =
    "the number of failures before the r-th success of probability p: C(k + r - 1, k) p^r (1 - p)^k, mean r (1 - p) / p"
  package static let source = "incomplete beta function, I_p(r, k + 1) (DLMF 8.17.5), searched among whole numbers"
  package static let parameterisations = [
    Parameterisation(
      [Parameter("r", .shape, .positive), Parameter("p", .probability, Domain(0, 1, includesLow: false))],
      condition: { a in
        // 17 standard deviations plus the exponential tail, 38 means of a geometric distribution, cover all but 2^-54.
        let least = (17 * a[0].squareRoot() + 38) / CountLimit.mostOutcomes
        if least >= 1 { return .outOfDomain(parameter: "r", value: a[0], domain: Domain(0, 3.8e9, includesLow: false)) }
        return a[1] < least ? .outOfDomain(parameter: "p", value: a[1], domain: Domain(least, 1)) : nil
      })
  ]

  /// The number of successes, not necessarily an integer.
  package let r: Double
  /// The probability of a success.
  package let p: Double

  package init(checked arguments: [Double]) {
    r = arguments[0]
    p = arguments[1]
  }

  package var arguments: [Double] { [r, p] }
  package var greatest: Double { p < 1 ? .infinity : 0 }

  package func mass(_ count: Double) -> Double {
    if count == 0 { return pow(p, r) }
    return p < 1 ? IncompleteBeta(r, count).lead(p, 1 - p) / count : 0
  }
  package func logMass(_ count: Double) -> Double {
    p < 1 ? IncompleteBeta(r, count).logLead(p, 1 - p) - log(count) : -.infinity
  }
  package func ratio(after count: Double) -> Double { (count + r) / (count + 1) * (1 - p) }
  package func tails(_ count: Double) -> (lower: Double, upper: Double) {
    let tails = IncompleteBeta(r, count + 1).tails(p, 1 - p)
    return (tails.lower, tails.upper)
  }
  package var mean: Double { r * ((1 - p) / p) }
  package var sd: Double { (r * (1 - p)).squareRoot() / p }
}
