import Foundation

/// Detects means and standard deviations that depend on a few draws, so that another seed would give another value and
/// their standard errors are unreliable.
///
/// It examines the draws furthest from the median: 100, or one in a hundred in a short run. The mean is unstable if
/// they account for a quarter of the sum of absolute deviations, and the standard deviation if they account for half of
/// the sum of squares. For a million draws of a lognormal distribution, the fraction of the k-th moment is Φ(k sigma -
/// 3.72): 4 % of the variance for sigma = 1, 61 % for 2; 24 % of the mean for 3. Nevertheless both are stable if no
/// single draw dominates: a loss in one of ten thousand draws depends on a hundred draws of a million, but equally on
/// each of them.
struct MomentWarning {
  /// The unstable statistic and the reason, in one line.
  let text: String
  /// Whether the mean is unstable; otherwise only the standard deviation is.
  let concernsMean: Bool

  /// The fraction of the squares above which a single draw makes the mean unstable: the two furthest draws, counted
  /// twice more, then increase the error of the mean by a tenth (`MeanError`).
  private static let meanShare = 0.1
  /// The same for the standard deviation; one draw then contributes 1.5 % to its relative error.
  private static let sdShare = 0.03

  /// The warning; nil if both are stable.
  ///
  /// - Parameters:
  ///   - draws: the effective sample size; by default the number of draws.
  ///   - weightOfEach: the count that represents one draw in the distribution.
  init?(_ distribution: BinnedDistribution, draws: Int? = nil, weightOfEach: Int = 1) {
    let draws = draws ?? distribution.count
    guard draws > 1 else { return nil }
    let furthest = max(1, min(100, draws / 100))
    let share = distribution.concentration(of: furthest * weightOfEach, each: weightOfEach)
    let subject = furthest == 1 ? "one draw carries" : "\(furthest) of \(draws) draws carry"
    concernsMean = share.absolute > 0.25 && share.greatest > Self.meanShare
    if concernsMean {
      text = "\(subject) \(Self.percent(share.absolute)) of the mean: neither mean nor sd is stable; use the quantiles"
    } else if share.squared > 0.5, share.greatest > Self.sdShare {
      text = "\(subject) \(Self.percent(share.squared)) of the variance: the sd is not stable; use the quantiles"
    } else {
      return nil
    }
  }

  private static func percent(_ share: Double) -> String {
    // Rounding never gives 100 %.
    "\(min(Int((share * 100).rounded()), share < 1 ? 99 : 100)) %"
  }
}
