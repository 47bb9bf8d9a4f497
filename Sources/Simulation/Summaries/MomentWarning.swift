import Foundation

/// Tells when mean or standard deviation hang on a few draws, so that another seed would give another figure.
///
/// The draws furthest from the median are looked at: 100, or one in a hundred of a short run. Where they carry a
/// quarter of all deviations from it, the mean does not settle; where they carry half of the squares, the standard
/// deviation does not. At a million draws these make Φ(k sigma - 3.72) of the k-th moment of a lognormal law: 4 % of
/// the variance for sigma = 1, 61 % for 2; 24 % of the mean for 3.
enum MomentWarning {
  /// The warning in one line; nil where both settle.
  static func text(_ distribution: BinnedDistribution) -> String? {
    text(distribution, draws: distribution.count, weightOfEach: 1)
  }

  /// The same of weighted draws.
  ///
  /// - Parameters:
  ///   - draws: the effective number of draws.
  ///   - weightOfEach: the weight of one of them, as the distribution counts it.
  static func text(_ distribution: BinnedDistribution, draws: Int, weightOfEach: Int) -> String? {
    guard draws > 1 else { return nil }
    let furthest = max(1, min(100, draws / 100))
    let share = distribution.concentration(of: furthest * weightOfEach)
    let subject = furthest == 1 ? "one draw carries" : "\(furthest) of \(draws) draws carry"
    if share.absolute > 0.25 {
      return "\(subject) \(percent(share.absolute)) of the mean: neither mean nor sd settle; use the quantiles"
    }
    if share.squared > 0.5 {
      return "\(subject) \(percent(share.squared)) of the variance: the sd does not settle; use the quantiles"
    }
    return nil
  }

  private static func percent(_ share: Double) -> String {
    // Never 100 % by rounding.
    "\(min(Int((share * 100).rounded()), share < 1 ? 99 : 100)) %"
  }
}
