import Foundation

/// P(X = k) = p (1 - p)^k for k = 0, 1, 2, ...: the number of failures before the first success, negative_binomial(1,
/// p), with mean (1 - p) / p.
///
/// In other conventions the geometric distribution counts trials: 1 + geometric(p), with mean 1 / p, as in SciPy's
/// `geom` and NumPy's `geometric`. R's `dgeom` and SciPy's `nbinom(1, p)` count failures, as here.
package struct Geometric: CountDistribution {
  package static let name = "geometric"
  package static let summary =
    "failures before the first success, from 0: p (1 - p)^k for k = 0, 1, ...; the number of trials is 1 + geometric(p)"
  package static let source = "survival in closed form: (1 - p)^(k + 1); Johnson, Kemp & Kotz 2005, section 5.2"
  package static let parameterisations = [
    // For smaller p there would be too many outcomes to list, and the distribution is exponential to 1e-4.
    Parameterisation([Parameter("p", .probability, Domain(1e-4, 1))])
  ]

  /// The probability of a success.
  package let p: Double

  package init(checked arguments: [Double]) { p = arguments[0] }

  package var arguments: [Double] { [p] }
  package var greatest: Double { p < 1 ? .infinity : 0 }

  /// (1 - p)^n, with a correction for the rounding of 1 - p.
  private func power(_ n: Double) -> Double {
    let q = 1 - p
    let lost = (1 - q) - p
    return q > 0 ? pow(q, n) * (1 + n * (lost / q)) : n == 0 ? 1 : 0
  }

  package func mass(_ count: Double) -> Double { p * power(count) }
  package func logMass(_ count: Double) -> Double { log(p) + count * log1p(-p) }
  package func ratio(after count: Double) -> Double { 1 - p }
  package func tails(_ count: Double) -> (lower: Double, upper: Double) {
    (-expm1((count + 1) * log1p(-p)), power(count + 1))
  }
  package func start(_ p: Double, _ q: Double) -> Double {
    (p < q ? log1p(-p) : log(q)) / log1p(-self.p) - 1
  }
  package var mean: Double { (1 - p) / p }
  package var sd: Double { (1 - p).squareRoot() / p }
}
