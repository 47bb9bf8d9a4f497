import Foundation
import VectorMath

/// C(u, v) = -log(1 + (exp(-theta u) - 1)(exp(-theta v) - 1) / (exp(-theta) - 1)) / theta: no tail dependence.
package struct FrankCopula: PairCopula {
  package static let name = "frank"
  package static let summary =
    "symmetric, no tail dependence: -log(1 + (exp(-theta u) - 1)(exp(-theta v) - 1) / (exp(-theta) - 1)) / theta"
  package static let source =
    "Frank 1979, doi:10.1007/BF02189866; Kendall's tau: Genest 1987, doi:10.1093/biomet/74.3.549"
  package static let kendalls = Domain(0.001, 0.98)
  package static let kernel = ConditionalQuantile.Copula.frank

  package let theta: Double

  package init(theta: Double) { self.theta = theta }

  /// tau = 1 - 4 (1 - D(theta)) / theta with the Debye function D.
  package var kendall: Double { Self.kendall(theta) }
  package var tailDependence: (lower: Double, upper: Double) { (0, 0) }

  /// D(x) is (1 / x) times the integral of t / (exp(t) - 1) from 0 to x. Up to x = 1 it is a series with Bernoulli
  /// numbers (DLMF 24.2.1, term by term), in which 1 - x / 4 cancels; beyond, the integral is pi^2 / 6 minus that from
  /// x to infinity, a sum of exponentials.
  private static func kendall(_ theta: Double) -> Double {
    if theta <= 1 {
      // B(2k) / (2k)!
      let ratios: [Double] = [
        1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1_209_600, 1.0 / 47_900_160, -691.0 / 1_307_674_368_000,
        1.0 / 74_724_249_600, -3617.0 / 10_670_622_842_880_000,
      ]
      var sum = 0.0
      var power = theta
      for (k, ratio) in ratios.enumerated() {
        sum += 4 * ratio * power / Double(2 * k + 3)
        power *= theta * theta
      }
      return sum
    }
    var rest = 0.0
    for k in stride(from: 1.0, through: 40, by: 1) { rest += exp(-k * theta) * (theta / k + 1 / (k * k)) }
    let debye = (Double.pi * Double.pi / 6 - rest) / theta
    return 1 - 4 * (1 - debye) / theta
  }

  /// The root of `kendall`, which increases with theta.
  package static func theta(kendall: Double) -> Double {
    RootFinding.bracketed(0, 4 / (1 - kendall)) { Self.kendall($0) - kendall } ?? .nan
  }

  package func cdf(_ u: Double, _ v: Double) -> Double {
    -log1p(expm1(-theta * u) * expm1(-theta * v) / expm1(-theta)) / theta
  }
}
