/// Estimators of first- and total-order indices from f(A), f(B) and f(A with the factor from B).
///
/// With V the variance over A and B together, covariances about the means, and C the mix:
/// - `saltelli`: S1 = [cov(B, C) - cov(A, B)] / V (Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018, table 2 b),
///   ST = E (A - C)² / 2V (table 2 f, Jansen's). Small indices have small errors: both are exactly 0 if C = A.
/// - `jansen`: S1 = 1 - E (B - C)² / 2V (Jansen 1999, doi:10.1016/S0010-4655(98)00154-4), ST as above. Large
///   first-order indices have small errors.
/// - `martinez`: S1 = corr(B, C), ST = 1 - corr(A, C) (Martinez 2011; Baudin et al. 2017, "Numerical stability of
///   Sobol' indices estimation formula"). Always within -1 … 1 and 0 … 2, whatever the mean.
package enum SobolEstimator: String, Sendable, CaseIterable {
  case jansen, martinez, saltelli

  /// The indices computed from sums; NaN if the target does not vary.
  func indices(_ s: SobolAccumulator) -> (first: Double, total: Double) {
    let n = s.count
    let variance = s.variance
    guard n > 0, variance > 0 else { return (.nan, .nan) }
    switch self {
    case .saltelli:
      let covariance = (s.bc - s.b * s.c / n) / n
      let spurious = (s.ab - s.a * s.b / n) / n
      return ((covariance - spurious) / variance, Self.jansenTotal(s, variance))
    case .jansen:
      return (1 - (s.bb - 2 * s.bc + s.cc) / (2 * n * variance), Self.jansenTotal(s, variance))
    case .martinez:
      return (Self.correlation(s.b, s.bb, s.c, s.cc, s.bc, n), 1 - Self.correlation(s.a, s.aa, s.c, s.cc, s.ac, n))
    }
  }

  /// The estimated first-order index of an inert input, whose mix is A again: its noise.
  func inert(_ s: SobolAccumulator) -> Double {
    var same = s
    (same.c, same.cc, same.ac, same.bc) = (s.a, s.aa, s.aa, s.ab)
    return indices(same).first
  }

  private static func jansenTotal(_ s: SobolAccumulator, _ variance: Double) -> Double {
    max(0, s.aa - 2 * s.ac + s.cc) / (2 * s.count * variance)
  }

  private static func correlation(
    _ x: Double, _ xx: Double, _ y: Double, _ yy: Double, _ xy: Double, _ n: Double
  ) -> Double {
    let spread = (xx - x * x / n) * (yy - y * y / n)
    return spread > 0 ? (xy - x * y / n) / spread.squareRoot() : .nan
  }
}
