import Foundation
import VectorMath

/// C(u, v) = exp(-((-log u)^theta + (-log v)^theta)^(1 / theta)): dependence in the upper tail. It is both an
/// extreme-value and an Archimedean copula. tau = 1 - 1 / theta.
package struct GumbelCopula: PairCopula {
  package static let name = "gumbel"
  package static let summary =
    "high with high: exp(-((-log u)^theta + (-log v)^theta)^(1 / theta)), kendall 1 - 1 / theta"
  package static let source =
    "Gumbel 1960, Publ. Inst. Statist. Univ. Paris 9, 171-173; Hougaard 1986, doi:10.1093/biomet/73.3.671; Joe 2014, 4.8"
  package static let kendalls = Domain(0.001, 0.98)
  package static let kernel = ConditionalQuantile.Copula.gumbel

  package let theta: Double

  package init(theta: Double) { self.theta = theta }

  package var kendall: Double { 1 - 1 / theta }
  package static func theta(kendall: Double) -> Double { 1 / (1 - kendall) }
  package var tailDependence: (lower: Double, upper: Double) { (0, 2 - exp2(1 / theta)) }

  package func cdf(_ u: Double, _ v: Double) -> Double {
    guard u > 0, v > 0 else { return 0 }
    let (x, y) = (-log(u), -log(v))
    let larger = max(x, y)
    guard larger > 0 else { return 1 }
    return exp(-larger * pow(1 + pow(min(x, y) / larger, theta), 1 / theta))
  }
}
