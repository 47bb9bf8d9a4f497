import Foundation

/// A value's distribution in each replicate of a design; none under independent draws.
struct Replicates {
  var parts: [(distribution: BinnedDistribution, moments: MomentSums)]

  /// The standard error of a figure: the standard deviation of the replicates' figures over the root of their number.
  ///
  /// Nil where there are no replicates; not a number where one has no draws.
  func error(_ figure: ((distribution: BinnedDistribution, moments: MomentSums)) -> Double) -> Double? {
    guard parts.count > 1 else { return nil }
    return Self.error(parts.map { $0.moments.count > 0 ? figure($0) : .nan })
  }

  /// The standard error of the mean of replicates' figures.
  static func error(_ figures: [Double]) -> Double {
    let n = Double(figures.count)
    // About one of them, so that a common size takes no digits.
    let first = figures.first ?? .nan
    let mean = figures.reduce(0) { $0 + ($1 - first) } / n
    let squares = figures.reduce(0) { $0 + ($1 - first - mean) * ($1 - first - mean) }
    return (squares / (n - 1) / n).squareRoot()
  }
}

extension BinnedDistribution {
  /// A quantile with its standard error, counted in so many base units; the error has the sketch's resolution in it.
  func estimate(_ probability: Double, _ replicates: Replicates, scale: Double) -> Estimate {
    let spread = replicates.error { $0.distribution.quantile(probability) } ?? quantileError(probability)
    let error = hypot(spread, resolution(probability))
    return Estimate(quantile(probability) / scale, error: error / scale.magnitude)
  }
}

extension CellSummary {
  /// The figures of a distribution and its moments, with errors from each replicate's distribution; no word on whether
  /// moments settle. `scale` base units are one of the unit in which they are given.
  init(
    _ distribution: BinnedDistribution, _ moments: MomentSums, _ replicates: Replicates, draws: Int, nonFinite: Int,
    scale: Double
  ) {
    let hasDraws = moments.count > 0
    let error = replicates.error { $0.moments.mean } ?? moments.sd / Double(moments.count).squareRoot()
    self.init(
      draws: draws, nonFinite: nonFinite,
      mean: Estimate(hasDraws ? moments.mean / scale : .nan, error: error / scale), momentWarning: nil,
      sd: moments.sd / scale,
      min: hasDraws ? moments.minimum / scale : .nan, max: hasDraws ? moments.maximum / scale : .nan,
      quantiles: Self.probabilities.map { distribution.estimate($0, replicates, scale: scale) },
      histogram: distribution.histogram(bars: Self.bars).map {
        Bin(low: $0.low / scale, high: $0.high / scale, count: $0.count)
      })
  }
}
