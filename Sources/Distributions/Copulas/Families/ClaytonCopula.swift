import Foundation
import VectorMath

/// C(u, v) = (u^-theta + v^-theta - 1)^(-1 / theta): dependence in the lower tail. tau = theta / (theta + 2).
package struct ClaytonCopula: PairCopula {
  package static let name = "clayton"
  package static let summary = "low with low: (u^-theta + v^-theta - 1)^(-1 / theta), kendall theta / (theta + 2)"
  package static let source = "Clayton 1978, doi:10.1093/biomet/65.1.141; Joe 2014, section 4.6"
  package static let kendalls = Domain(0.001, 0.98)
  package static let kernel = ConditionalQuantile.Copula.clayton

  package let theta: Double

  package init(theta: Double) { self.theta = theta }

  package var kendall: Double { theta / (theta + 2) }
  package static func theta(kendall: Double) -> Double { 2 * kendall / (1 - kendall) }
  package var tailDependence: (lower: Double, upper: Double) { (exp2(-1 / theta), 0) }

  /// The cdf in terms of a = -log u and b = -log v with the larger of the two factored out, so that nothing overflows.
  package func cdf(_ u: Double, _ v: Double) -> Double {
    guard u > 0, v > 0 else { return 0 }
    let (a, b) = (-log(min(u, v)), -log(max(u, v)))
    return exp(-a - log1p(exp(theta * (b - a)) - exp(-theta * a)) / theta)
  }
}
