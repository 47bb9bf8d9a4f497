import Foundation
import VectorMath

/// The tail index of a distribution: beyond a high value x, the fraction of draws falls as x^-index.
///
/// The mean exists if the index is above 1, the variance if it is above 2. The index of a sample is estimated from its
/// largest hundredth, k draws, as 1 / mean of ln(x / x_k) (Hill 1975, doi:10.1214/aos/1176343247). It is accepted only
/// if these logarithms have the spread of a power law: the mean of their squares is then twice the square of their
/// mean, with a standard error of 2 / sqrt(k). For lognormal distributions of any width, whose moments all exist, this
/// ratio is 1.84 in the largest hundredth, and for Weibull distributions at most 1.76; the threshold is 1.92 (the
/// method, with the coefficient of variation, is that of Castillo, Daoudi & Lockhart 2014, doi:10.1111/sjos.12037).
///
/// 500,000 independent draws distinguish them: 1.84 is 3.2 standard errors (0.025) below the threshold, so that one
/// lognormal sample in 1,400 is mistaken for a power law, and 2 is 2.8 standard errors (0.028) above it. With a million
/// draws these are 4.5 and 4. With fewer than 500,000 draws no index is estimated.
struct TailIndex {
  /// The index.
  let value: Double

  /// Minimum number of draws; fewer distinguish a power law from a lognormal distribution too rarely.
  static let fewestDraws = 500_000
  /// The fraction of draws examined is 1 / part.
  private static let part = 100
  /// Half-way between the ratio of a power law and that of lognormal distributions.
  private static let least = 1.92
  /// The variance is taken not to exist up to this estimate: 2 plus 3.5 standard errors for half a million draws, so
  /// that an index of 2 is detected; an index between 2 and this limit is treated as 2.
  static let varianceLimit = 2.1
  /// The corresponding limit for the mean, whose existence requires an index above 1.
  static let meanLimit = 1.05

  /// The heavier tail of a distribution; nil unless one of the tails is a power law with an index for which moments do
  /// not exist.
  ///
  /// The tail index is the same for deviations from any centre, but only asymptotically, and a hundredth of the draws
  /// is not asymptotic. Each tail is therefore examined about zero and, unless it is a power law there, about the
  /// median.
  init?(of distribution: BinnedDistribution) {
    guard distribution.count >= Self.fewestDraws else { return nil }
    let places = [0, distribution.quantile(0.5)]
    let tails = [true, false].compactMap { isUpper in
      places.lazy.compactMap { Self.index(distribution, about: $0, isUpper: isUpper) }.first
    }
    guard let heavier = tails.min(), heavier <= Self.varianceLimit else { return nil }
    value = heavier
  }

  /// The index of one tail about a centre; nil if it is not a power law.
  private static func index(_ distribution: BinnedDistribution, about place: Double, isUpper: Bool) -> Double? {
    func distance(_ tail: Double) -> Double {
      isUpper ? distribution.quantile(1 - tail) - place : place - distribution.quantile(tail)
    }
    let threshold = distance(1 / Double(part))
    // From one draw in a hundred to one in a thousand, a power law of index 2.1 extends by the factor 10^(1 / 2.1) = 3.
    // A tail that extends by less than 2.5 is lighter and needs no further test: the usual case.
    guard threshold > 0, distance(0.1 / Double(part)) > 2.5 * threshold else { return nil }
    var (sum, squares, taken) = (0.0, 0.0, 0)
    distribution.forEachFromEnd(isUpper: isUpper, draws: distribution.count / part) { value, count in
      let logarithm = PortableMath.log(max((isUpper ? value - place : place - value) / threshold, 1))
      sum += Double(count) * logarithm
      squares += Double(count) * logarithm * logarithm
      taken += count
    }
    guard taken > 0, sum > 0, sum.isFinite else { return nil }
    let mean = sum / Double(taken)
    return squares / Double(taken) / (mean * mean) >= least ? 1 / mean : nil
  }
}

/// Moments that do not exist, as far as the draws show: estimates of them would drift with the number of draws.
struct MissingMoments {
  /// Whether the mean exists; the variance does not.
  let hasMean: Bool
  /// The reason, in one line.
  let text: String

  /// The moments that do not exist; nil if none is known not to.
  init?(of distribution: BinnedDistribution) {
    guard let index = TailIndex(of: distribution)?.value else { return nil }
    hasMean = index > TailIndex.meanLimit
    let tail = "its tail falls as x^-\((index * 10).rounded() / 10)"
    text =
      hasMean
      ? "\(tail), so the variance is infinite and the mean has no standard error; use the quantiles"
      : "\(tail), so neither mean nor variance exists; use the quantiles"
  }
}
