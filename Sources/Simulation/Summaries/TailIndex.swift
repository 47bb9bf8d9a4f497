import Foundation

/// How heavy a distribution's tail is: beyond a high value x, the share of draws falls as x^-index.
///
/// The mean exists where the index is above 1, the variance where it is above 2. The index of a sample is estimated from
/// its largest hundredth, k draws, as one over the mean of ln(x / x_k) (Hill 1975, doi:10.1214/aos/1176343247), and
/// taken to be the tail's only where these logarithms spread as a power law has them: the mean of their squares is
/// twice the square of their mean, with a standard error of 2 / sqrt(k). For lognormal distributions of any width,
/// whose moments all exist, the ratio is 1.84 in this hundredth, for Weibull distributions at most 1.76; the line is
/// drawn at 1.92 (the idea, by the coefficient of variation, is of Castillo, Daoudi & Lockhart 2014,
/// doi:10.1111/sjos.12037).
///
/// 500,000 draws tell them apart: of independent ones, 1.84 and 1.92 lie 3.2 standard errors apart (0.025), so that one
/// lognormal sample in 1,400 is taken for a power law, and 2 and 1.92 lie 2.8 apart (0.028). With a million draws these
/// are 4.5 and 4. With fewer than 500,000 nothing is said.
struct TailIndex {
  /// The index.
  let value: Double

  /// Fewer draws tell a power law from a lognormal one too rarely.
  static let fewestDraws = 500_000
  /// The part of the draws that is looked at.
  private static let part = 100
  /// Halfway between a power law's ratio and that of lognormal distributions.
  private static let least = 1.92
  /// Up to this estimate there is no variance: 2 and 3.5 standard errors of it for half a million draws, so that an
  /// index of 2 is seen; one between 2 and this is taken for it.
  static let varianceLimit = 2.1
  /// The same for the mean and 1.
  static let meanLimit = 1.05

  /// The heavier tail of a distribution; nil where neither is a power law's of an index that lets moments be missing.
  ///
  /// Powers of x about zero are those of x about any other place, in the end; a hundredth of the draws is not the end. So
  /// each tail is looked at about zero and, unless it is a power law's there, about the median.
  init?(of distribution: BinnedDistribution) {
    guard distribution.count >= Self.fewestDraws else { return nil }
    let places = [0, distribution.quantile(0.5)]
    let tails = [true, false].compactMap { isUpper in
      places.lazy.compactMap { Self.index(distribution, about: $0, isUpper: isUpper) }.first
    }
    guard let heavier = tails.min(), heavier <= Self.varianceLimit else { return nil }
    value = heavier
  }

  /// The index of one tail about a place; nil where it is no power law's.
  private static func index(_ distribution: BinnedDistribution, about place: Double, isUpper: Bool) -> Double? {
    func distance(_ tail: Double) -> Double {
      isUpper ? distribution.quantile(1 - tail) - place : place - distribution.quantile(tail)
    }
    let threshold = distance(1 / Double(part))
    // From one draw in a hundred to one in a thousand a power law of index 2.1 goes on by 10^(1 / 2.1) = 3; what goes on
    // by less than 2.5 is lighter, and need not be looked at: the usual case.
    guard threshold > 0, distance(0.1 / Double(part)) > 2.5 * threshold else { return nil }
    var (sum, squares, taken) = (0.0, 0.0, 0)
    distribution.forEachFromEnd(isUpper: isUpper, draws: distribution.count / part) { value, count in
      let logarithm = log(max((isUpper ? value - place : place - value) / threshold, 1))
      sum += Double(count) * logarithm
      squares += Double(count) * logarithm * logarithm
      taken += count
    }
    guard taken > 0, sum > 0, sum.isFinite else { return nil }
    let mean = sum / Double(taken)
    return squares / Double(taken) / (mean * mean) >= least ? 1 / mean : nil
  }
}

/// Moments that a distribution does not have, as far as its draws can tell: a figure of them would drift with their
/// number.
struct MissingMoments {
  /// Whether the mean is missing too; the variance is.
  let hasMean: Bool
  /// Why, in one line.
  let text: String

  /// The moments that are missing; nil where none is known to be.
  init?(of distribution: BinnedDistribution) {
    guard let index = TailIndex(of: distribution)?.value else { return nil }
    hasMean = index > TailIndex.meanLimit
    let tail = "its tail falls as x^-\((index * 10).rounded() / 10)"
    text =
      hasMean
      ? "\(tail), so that there is no variance, and no error of the mean can be told; use the quantiles"
      : "\(tail), so that there is neither mean nor variance; use the quantiles"
  }
}
