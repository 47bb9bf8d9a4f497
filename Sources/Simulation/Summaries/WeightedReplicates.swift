import Foundation
import Units
import VectorMath

/// A value's distribution in each part of the weighted draws.
struct WeightedReplicates {
  var parts: [(distribution: BinnedDistribution, moments: MomentSums)]
  /// The effective sample size of all draws.
  var effective: Double

  /// The number of parts with draws.
  fileprivate var filled: Int { parts.count { $0.moments.count > 0 } }

  /// The standard error of the fraction of draws below a quantile, from the fractions in each part. Because the
  /// quantile may be at the edge of an atom, fractions below it and fractions not above it are both considered, and the
  /// larger design effect is used.
  fileprivate func shareError(_ probability: Double, at quantile: Double) -> Double {
    let independent = probability * (1 - probability) / effective
    let effects = [quantile, quantile.nextUp].map { bound in
      ReplicateSpread.designEffect(
        probability, of: effective,
        parts.map { part in
          let count = part.distribution.count
          return (count > 0 ? Double(part.distribution.count(below: bound)) / Double(count) : .nan, count)
        })
    }
    return (independent * (effects.max() ?? 1)).squareRoot()
  }
}

extension BinnedDistribution {
  /// A quantile with its standard error, in a unit of `scale` base units; the error includes the sketch's resolution.
  func estimate(_ probability: Double, _ replicates: WeightedReplicates, scale: ReportScale) -> Estimate {
    let quantile = quantile(probability)
    let error = quantileError(
      probability, shareError: replicates.shareError(probability, at: quantile),
      multiple: ConfidenceInterval.multiple(replicates: replicates.filled))
    return Estimate(quantile / scale, error: PortableMath.hypot(error, resolution(probability)) / scale.value.magnitude)
  }
}

extension CellSummary {
  /// The statistics of weighted draws and their moments, with errors from the parts, in a unit of `scale` base units.
  init(
    _ distribution: BinnedDistribution, _ moments: MomentSums, _ replicates: WeightedReplicates, draws: Int,
    nonFinite: Int,
    scale: ReportScale
  ) {
    let hasDraws = moments.count > 0
    let error = MeanError(
      moments: moments, replicates: replicates.parts.map(\.moments), distribution: distribution,
      effective: replicates.effective)
    let each = replicates.effective > 0 ? Double(moments.count) / replicates.effective : 0
    let warning =
      error.isTwoValued
      ? nil : MomentWarning(distribution, draws: Int(replicates.effective), weightOfEach: Int(each))
    self.init(
      draws: draws, nonFinite: nonFinite,
      mean: Estimate(hasDraws ? moments.mean / scale : .nan, error: error.value / scale), momentWarning: warning?.text,
      sd: moments.sd / scale,
      min: hasDraws ? moments.minimum / scale : .nan, max: hasDraws ? moments.maximum / scale : .nan,
      quantiles: Self.probabilities.map { distribution.estimate($0, replicates, scale: scale) },
      histogram: distribution.histogram(bars: Self.bars).map {
        Bin(low: $0.low / scale, high: $0.high / scale, count: $0.count)
      }, isMeanStable: warning?.concernsMean != true)
  }
}
