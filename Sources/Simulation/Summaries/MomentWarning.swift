import Foundation

/// Tells when mean or standard deviation depend on a few draws, so that another seed would give another value and their
/// standard errors cannot be relied on.
///
/// The draws furthest from the median are looked at: 100, or one in a hundred of a short run. The mean is not stable where
/// they carry a quarter of all deviations from it, and the standard deviation where they carry half of the squares. At a
/// million draws these make Φ(k sigma - 3.72) of the k-th moment of a lognormal distribution: 4 % of the variance for
/// sigma = 1, 61 % for 2; 24 % of the mean for 3. Both are stable all the same where no draw outweighs the others: a loss in
/// one draw of ten thousand is carried by a hundred draws of a million, but by each of them alike.
struct MomentWarning {
  /// What is not stable, and why, in one line.
  let text: String
  /// Whether the mean is not stable; else the standard deviation alone.
  let concernsMean: Bool

  /// The share of the squares that one draw must carry for the mean not to be stable: by the two furthest draws, counted
  /// twice more, the error of a mean is then a tenth larger (`MeanError`).
  private static let meanShare = 0.1
  /// The same for the standard deviation, of whose relative error one draw then makes 1.5 %.
  private static let sdShare = 0.03

  /// The warning; nil where both are stable.
  ///
  /// - Parameters:
  ///   - draws: the effective number of draws; by default each counts.
  ///   - weightOfEach: the weight of one of them, as the distribution counts it.
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
    // Never 100 % by rounding.
    "\(min(Int((share * 100).rounded()), share < 1 ? 99 : 100)) %"
  }
}
