import Sampling

/// The expected width of a target's 90 % interval given the true values of some inputs X, E[q95(Y | X) - q05(Y | X)].
///
/// It is estimated from given data (the idea of Strong & Oakley 2013, doi:10.1177/0272989X12465838, for expected
/// gains): draws are divided into bins by what is known (`ConditioningRule`), and the width from the 5th to the 95th
/// percentile is measured within each bin (`BinWidths`). A single input is its own predictor. For several inputs, the
/// predictor is a quadratic regression of the target's normal scores on theirs. It is fitted to a quarter of the draws and
/// applied to the others, so that overfitting does not reduce the width. A regression that misses part of the dependence
/// leaves the interval too wide, so the estimated gain of disclosure is a lower bound.
///
/// The width is extrapolated from bins and from bins twice as wide: twice the first less the second, which is exact for the
/// linear error of a bin with a jump. A width given the values of discrete inputs is not extrapolated, and that of a target
/// with few values is not either: it is a step function of an input.
///
/// Near the edge of an atom or of a gap, 0.45 of the jump that `BinWidths` finds, of which an interval takes 2.2 times, is
/// added to the uncertainty: for a jump J that is k errors e from the probability, intervals are widened by 0.9 J, 0.7 J
/// and 0.02 J for k = 0, 1 and 2, and the bias is Φ(-k) J = 0.50 J, 0.16 J and 0.02 J. With 0.3 instead of 0.45, 13 of 40
/// intervals held the truth in the first case of `AtomDisclosureTests`.
///
/// The draws are joint, so that an input includes the information it has about correlated inputs. For a normal target
/// and normal inputs the width is that of the closed form, z times the residual standard deviation.
struct ExpectedConditionalWidth: Sendable {
  /// Number of replicates used to fit the regression; widths are measured on the others.
  static let fitted = 4
  /// Number of replicates that widths are measured on.
  static let measuredReplicates = Replicates.count - fitted
  /// The part of a jump near a quantile that counts as uncertainty.
  private static let jumpShare = 0.45

  /// A width, and its leave-one-replicate-out values, whose spread gives the jackknife error.
  struct Width: Sendable {
    var value: Double
    var without: [Double]
    /// The possible bias: of the extrapolation over the width of bins, and of quantiles near the edge of an atom.
    var doubt = 0.0

    /// The result if there are too few draws.
    static let unknown = Self(value: .nan, without: [Double](repeating: .nan, count: measuredReplicates))
    /// The width if everything that the target depends on is known.
    static let zero = Self(value: 0, without: [Double](repeating: 0, count: measuredReplicates))
  }

  private let target: OrderedTarget
  /// The measured draws without each replicate.
  private let countsWithout: [Double]

  /// The widths of a target.
  init(_ target: OrderedTarget) {
    self.target = target
    var counts = [Double](repeating: Double(target.values.count), count: Self.measuredReplicates)
    for replicate in target.replicates { counts[Int(replicate)] -= 1 }
    countsWithout = counts
  }

  /// The width without disclosure.
  var prior: Width {
    guard target.hasEnough else { return .unknown }
    let all = [UInt16](repeating: 0, count: target.values.count)
    let sums = BinWidths(target).sums(all, kinds: [ConditioningRule.exact], kindCount: 1)[0]
    return width(sums, doubt: Self.jumpShare * max(0, sums.jumps))
  }

  /// The expected width given what a rule knows.
  ///
  /// - Parameter assigned: the bin of each measured draw.
  func posterior(_ bins: ConditioningRule, assigned: [UInt16]) -> Width {
    guard target.hasEnough else { return .unknown }
    let widths = BinWidths(target)
    let fine = widths.sums(assigned, kinds: bins.kinds, kindCount: 2)
    var total = fine[Int(ConditioningRule.exact)]
    let ranges = fine[Int(ConditioningRule.range)]
    total.add(ranges, times: 1)
    var gap = 0.0
    if bins.kinds.contains(ConditioningRule.range) {
      let coarse = widths.sums(assigned.map { bins.parents[Int($0)] }, kinds: bins.parentKinds, kindCount: 2)[
        Int(ConditioningRule.range)]
      gap = (ranges.width - coarse.width).magnitude
      if !target.hasFewValues {
        total.add(ranges, times: 1)
        total.add(coarse, times: -1)
      }
    }
    let jumps = max(0, ranges.jumps) + max(0, fine[Int(ConditioningRule.exact)].jumps)
    var result = width(total, doubt: gap + Self.jumpShare * jumps)
    // The width of strata with few draws is too small.
    result.doubt += bins.shareOfSmall * result.value
    return result
  }

  /// The mean of summed widths.
  private func width(_ sums: BinWidths.Sums, doubt: Double) -> Width {
    let n = Double(target.values.count)
    return Width(value: sums.width / n, without: zip(sums.without, countsWithout).map(/), doubt: doubt / n)
  }
}

extension BinWidths.Sums {
  /// Adds a multiple of the widths of other bins.
  mutating func add(_ other: Self, times factor: Double) {
    width += factor * other.width
    for replicate in without.indices { without[replicate] += factor * other.without[replicate] }
  }
}
