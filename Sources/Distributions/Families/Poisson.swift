import Foundation

/// P(X = k) = mean^k exp(-mean) / k!: the number of independent events of constant rate in an interval.
package struct Poisson: CountDistribution {
  package static let name = "poisson"
  package static let summary = "the number of independent events, mean of them on average: mean^k exp(-mean) / k!"
  package static let source = "incomplete gamma function, Q(k + 1, mean) (DLMF 8.4.10), searched among whole numbers"
  package static let parameterisations = [
    // The mean is a count. From 1e9 on there would be too many outcomes to list, and the distribution is normal to
    // 1e-5.
    Parameterisation([Parameter("mean", .shape, Domain(0, 1e9))])
  ]

  package let mean: Double

  package init(checked arguments: [Double]) { mean = arguments[0] }

  package var arguments: [Double] { [mean] }
  package var greatest: Double { mean > 0 ? .infinity : 0 }

  package func mass(_ count: Double) -> Double {
    count > 0 ? (mean > 0 ? IncompleteGamma(shape: count).lead(mean) : 0) : exp(-mean)
  }
  package func logMass(_ count: Double) -> Double {
    mean > 0 ? IncompleteGamma(shape: count).logLead(mean) : -.infinity
  }
  package func ratio(after count: Double) -> Double { mean / (count + 1) }
  package func tails(_ count: Double) -> (lower: Double, upper: Double) {
    let tails = IncompleteGamma(shape: count + 1).tails(mean)
    return (tails.upper, tails.lower)
  }
  package var sd: Double { mean.squareRoot() }
}
