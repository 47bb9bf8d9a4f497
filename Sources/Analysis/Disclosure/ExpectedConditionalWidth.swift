import Distributions
import LinearAlgebra
import Sampling
import Simulation
import VectorMath

/// The expected width of a target's 90 % interval given the true values of some inputs X, E[q95(Y | X) - q05(Y | X)].
///
/// It is estimated from given data (the idea of Strong & Oakley 2013, doi:10.1177/0272989X12465838, for expected
/// gains): draws are sorted by a predictor of the target from the known inputs and divided into bins; within a bin the
/// remaining trend is subtracted, and the width from the 5th to the 95th percentile is measured. A single input is its
/// own predictor. For several inputs, the predictor is a quadratic regression of the target's normal scores on theirs.
/// It is fitted to a quarter of the draws and applied to the others, so that overfitting does not reduce the width. A
/// regression that misses part of the dependence leaves the interval too wide, so the estimated gain of disclosure is a
/// lower bound.
///
/// Every value of a discrete input is a separate bin, and several inputs are conditioned on the values of the discrete
/// ones among them exactly (`ConditioningStrata`). A value of another input that many draws share is a separate bin too.
/// Between such values bins are of equal size, 96 in all (fewer for few draws), and the width is extrapolated from these
/// and from bins twice as wide: twice the first less the second, which is exact for the linear error of a bin with a
/// jump.
///
/// Quantiles of a target with few values are elements of these values, and no trend is subtracted from them: its width
/// given an input is a step function of the input, which is not extrapolated.
///
/// Where a probability of 5 or 95 % is within the noise of a bin from the edge of an atom or of a gap, the quantile is on
/// one side of it in some bins and on the other side in others, and the mean width is biased by up to half of the jump.
/// With D(h) the mean over bins of Q(p + h) - Q(p - h) and e the standard error of the fraction below the quantile,
/// 2 D(2 e) - D(4 e) is the jump near such an edge, and not positive for smooth tails. 0.45 of it, of which an
/// interval takes 2.2 times, is added to the uncertainty: for a jump J that is k errors e from the probability, intervals
/// are widened by 0.9 J, 0.7 J and 0.02 J for k = 0, 1 and 2, and the bias is Φ(-k) J = 0.50 J, 0.16 J and 0.02 J.
/// With 0.3 instead of 0.45, 13 of 40 intervals held the truth in the first case of `AtomDisclosureTests`.
///
/// Percentiles are of type 8 of Hyndman & Fan 1996 (doi:10.1080/00031305.1996.10473566), which are nearly
/// median-unbiased in small bins; with type 7 the width of 2,048 normal draws is too small by 0.3 %.
///
/// The draws are joint, so that an input includes the information it has about correlated inputs. For a normal target
/// and normal inputs the width is that of the closed form, z times the residual standard deviation.
struct ExpectedConditionalWidth: Sendable {
  /// Bins of equal probability, of 1,024 draws each with the default draws; with fewer draws there are fewer bins,
  /// since a trend fitted to a small bin removes a part of the width.
  static let bins = 96
  static let leastDraws = 256
  /// Minimum number of finite draws in every replicate.
  private static let leastPerReplicate = 64
  /// Number of replicates used to fit the regression; widths are measured on the others.
  static let fitted = 4
  /// Number of replicates that widths are measured on.
  static let measuredReplicates = Replicates.count - fitted
  /// Maximum number of columns for which the regression includes squares and products of pairs.
  private static let mostWithProducts = 6
  private static let mostWithSquares = 24
  private static let tail = 0.05
  /// The part of a jump near a quantile that counts as uncertainty.
  private static let jumpShare = 0.45

  /// A width, and its leave-one-replicate-out values, whose spread gives the jackknife error.
  struct Width: Sendable {
    var value: Double
    var without: [Double]
    /// The possible bias: of the extrapolation over the width of bins, and of quantiles near the edge of an atom.
    var doubt = 0.0
  }

  private let sample: GivenSample
  private let target: RankedColumn
  /// The draws that regressions are fitted to, and those that widths are measured on.
  private let fit: [Int32]
  private let measured: [Int32]
  /// Whether the target has few values, so that its quantiles are elements of them.
  private let hasFewValues: Bool
  /// Maximum number of values of a target with few values.
  private static let fewValues = 64

  init(_ sample: GivenSample, target: Int) {
    self.sample = sample
    let column = sample.targets[target]
    self.target = column
    hasFewValues = column.runs.count - 1 <= Self.fewValues
    let finite = column.values.indices.filter { column.values[$0].isFinite }.map(Int32.init)
    func isFitted(_ draw: Int32) -> Bool { Int(draw) / AddressBlock.draws % Replicates.count < Self.fitted }
    fit = finite.filter(isFitted)
    measured = finite.filter { !isFitted($0) }
  }

  /// The width without disclosure.
  var prior: Width {
    guard hasEnough else { return .unknown }
    return width(order: measured, bins: [0..<measured.count], trend: nil)
  }

  /// Whether every replicate has enough draws to measure a width.
  private var hasEnough: Bool {
    var counts = [Int](repeating: 0, count: Replicates.count)
    for draw in measured { counts[Int(draw) / AddressBlock.draws % Replicates.count] += 1 }
    return counts[Self.fitted...].allSatisfy { $0 >= Self.leastPerReplicate }
  }

  /// The expected width given columns of the sample.
  func posterior(_ columns: [Int]) -> Width {
    guard hasEnough else { return .unknown }
    let strata = ConditioningStrata(columns.map { sample.inputs[$0] }, fit: fit, measured: measured)
    let others = strata.others.map { columns[$0] }
    var result = Width(value: 0, without: [Double](repeating: 0, count: Self.measuredReplicates))
    for stratum in strata.strata {
      let own = width(of: stratum.measured, fit: stratum.fit, given: others)
      result.add(own, times: Double(stratum.measured.count) / Double(measured.count))
    }
    // The width of strata with few draws is too small.
    result.doubt += strata.shareOfSmall * result.value
    return result
  }

  /// The width of some draws given columns of the sample.
  private func width(of draws: [Int32], fit: [Int32], given columns: [Int]) -> Width {
    guard !columns.isEmpty else { return width(order: draws, bins: [0..<draws.count], trend: nil) }
    let known: [Double]
    if columns.count == 1 {
      let ranks = sample.inputs[columns[0]].ranks
      known = draws.map { ranks[Int($0)] }
    } else {
      known = predictions(columns, fit: fit, draws)
    }
    // A value that is not finite carries no information, and gets a key of 0.
    let keys = known.map { $0.isFinite ? $0 : 0 }
    let places = draws.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    let n = Double(places.count)
    let scores = places.indices.map { StandardNormal.quantile((Double($0) + 0.5) / n) }
    let order = places.map { draws[$0] }
    let size = max(Self.leastDraws, places.count / Self.bins)
    let sorted = places.map { keys[$0] }
    let (runs, between) = Self.ranges(sorted, longRun: size)
    func divided(_ size: Int) -> Width? {
      let bins = between.flatMap { range -> [Range<Int>] in
        let count = max(1, range.count / size)
        return (0..<count).map { number in
          range.lowerBound + number * range.count / count..<range.lowerBound + (number + 1) * range.count
            / count
        }
      }
      return bins.isEmpty ? nil : width(order: order, bins: bins, trend: hasFewValues ? nil : scores)
    }
    var result = Width(value: 0, without: [Double](repeating: 0, count: Self.measuredReplicates))
    if !runs.isEmpty {
      let exact = width(order: order, bins: runs, trend: nil)
      result.add(exact, times: Double(runs.reduce(0) { $0 + $1.count }) / n)
    }
    if var fine = divided(size), let coarse = divided(2 * size) {
      let share = Double(between.reduce(0) { $0 + $1.count }) / n
      fine.doubt += (fine.value - coarse.value).magnitude
      result.add(fine, times: share)
      if !hasFewValues {
        result.add(fine.withoutDoubt, times: share)
        result.add(coarse.withoutDoubt, times: -share)
      }
    }
    return result
  }

  // MARK: Widths

  /// Runs of equal keys that are separate bins, and the ranges between them.
  private static func ranges(_ keys: [Double], longRun: Int) -> (runs: [Range<Int>], between: [Range<Int>]) {
    var (runs, between): ([Range<Int>], [Range<Int>]) = ([], [])
    var (start, first) = (0, 0)
    while first < keys.count {
      var end = first + 1
      while end < keys.count, keys[end] == keys[first] { end += 1 }
      if end - first >= longRun {
        if start < first { between.append(start..<first) }
        runs.append(first..<end)
        start = end
      }
      first = end
    }
    if start < keys.count { between.append(start..<keys.count) }
    return (runs, between)
  }

  /// The mean width over bins of ordered draws, weighted by their numbers of draws.
  private func width(order: [Int32], bins: [Range<Int>], trend: [Double]?) -> Width {
    let replicates = Self.measuredReplicates
    let n = Double(bins.reduce(0) { $0 + $1.count })
    var result = Width(value: 0, without: [Double](repeating: 0, count: replicates))
    var weights = [Double](repeating: 0, count: replicates)
    // Summed over bins and both tails: 2 D(2 e) - D(4 e).
    var jumps = 0.0
    for range in bins {
      var values = range.map { target.values[Int(order[$0])] }
      if let trend { Self.subtract(Array(trend[range]), from: &values) }
      let sorted = zip(range, values).map { place, value in
        (value, Int(order[place]) / AddressBlock.draws % Replicates.count - Self.fitted)
      }.sorted { $0 < $1 }
      let ordered = sorted.map(\.0)
      result.value += width(ordered) * Double(sorted.count) / n
      jumps += jump(ordered) * Double(sorted.count) / n
      for replicate in 0..<replicates {
        let own = sorted.filter { $0.1 != replicate }
        guard !own.isEmpty else { continue }
        result.without[replicate] += width(own.map(\.0)) * Double(own.count)
        weights[replicate] += Double(own.count)
      }
    }
    for replicate in 0..<replicates where weights[replicate] > 0 { result.without[replicate] /= weights[replicate] }
    result.doubt = Self.jumpShare * max(0, jumps)
    return result
  }

  /// Subtracts a straight line through the medians of the lower and the upper half, which are robust to single draws.
  private static func subtract(_ scores: [Double], from values: inout [Double]) {
    let half = values.count / 2
    guard half > 0 else { return }
    func middle(_ range: Range<Int>) -> (score: Double, value: Double) {
      let sorted = values[range].sorted()
      return (scores[range].reduce(0, +) / Double(range.count), sorted[sorted.count / 2])
    }
    let (low, high) = (middle(0..<half), middle(half..<values.count))
    let slope = (high.value - low.value) / (high.score - low.score)
    guard slope.isFinite else { return }
    for place in values.indices { values[place] -= slope * (scores[place] - low.score) }
  }

  /// The width from the 5th to the 95th percentile of sorted values.
  private func width(_ sorted: [Double]) -> Double {
    quantile(sorted, 1 - Self.tail) - quantile(sorted, Self.tail)
  }

  /// 2 D(2 e) - D(4 e) of sorted values, summed over both tails, with D(h) = Q(p + h) - Q(p - h) and e the standard error
  /// of the fraction below the quantile.
  private func jump(_ sorted: [Double]) -> Double {
    let error = (Self.tail * (1 - Self.tail) / Double(sorted.count)).squareRoot()
    return [Self.tail, 1 - Self.tail].reduce(0) { sum, probability in
      func spread(_ step: Double) -> Double {
        quantile(sorted, probability + step) - quantile(sorted, probability - step)
      }
      return sum + 2 * spread(2 * error) - spread(4 * error)
    }
  }

  /// A quantile of sorted values: at position (n + 1/3) p + 1/3, or for a target with few values the smallest value that
  /// at least a fraction p of them does not exceed.
  private func quantile(_ sorted: [Double], _ probability: Double) -> Double {
    if hasFewValues {
      let rank = (Double(sorted.count) * probability).rounded(.up) - 1
      return sorted[Int(min(max(rank, 0), Double(sorted.count - 1)))]
    }
    let place = (Double(sorted.count) + 1.0 / 3) * probability + 1.0 / 3 - 1
    guard place > 0 else { return sorted[0] }
    let rank = Int(place)
    guard rank + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[rank] + (place - Double(rank)) * (sorted[rank + 1] - sorted[rank])
  }

  // MARK: Prediction from several columns

  /// The target's normal score predicted from the columns, for some draws.
  private func predictions(_ columns: [Int], fit: [Int32], _ measured: [Int32]) -> [Double] {
    func features(_ draws: [Int32]) -> [[Double]] {
      let scores = columns.map { column -> [Double] in
        let ranks = sample.inputs[column].ranks
        return draws.map { draw in
          let rank = ranks[Int(draw)]
          return rank.isNaN ? 0 : StandardNormal.quantile(rank)
        }
      }
      var all = scores
      if columns.count <= Self.mostWithSquares { all += scores.map { $0.map { $0 * $0 - 1 } } }
      if columns.count <= Self.mostWithProducts {
        for i in scores.indices { for j in 0..<i { all.append(zip(scores[i], scores[j]).map(*)) } }
      }
      return all
    }
    let wanted = fit.map { StandardNormal.quantile(target.ranks[Int($0)]) }
    let slopes = Self.regression(features(fit), wanted)
    var sums = [Double](repeating: 0, count: measured.count)
    for (slope, feature) in zip(slopes, features(measured)) where slope != 0 {
      for place in sums.indices { sums[place] += slope * feature[place] }
    }
    return sums
  }

  /// Least squares with a ridge so small that it only matters if features are linear combinations of others, as with
  /// shares.
  private static func regression(_ features: [[Double]], _ wanted: [Double]) -> [Double] {
    let size = features.count
    let n = Double(max(1, wanted.count))
    let all = (features + [wanted]).map { column -> [Double] in
      let mean = column.reduce(0, +) / n
      return column.map { $0 - mean }
    }
    func product(_ i: Int, _ j: Int) -> Double { innerProduct(all[i], all[j], count: all[i].count) / n }
    var moments = SymmetricMatrix(identityOfSize: size)
    for i in 0..<size {
      for j in 0...i { moments[i, j] = product(i, j) }
      moments[i, i] = moments[i, i] * (1 + 1e-8) + 1e-12
    }
    guard let l = moments.choleskyFactor() else { return [Double](repeating: 0, count: size) }
    let forward = TriangularSystem.solved(l, (0..<size).map { product($0, size) })
    return TriangularSystem.solvedTransposed(l, forward)
  }
}

extension ExpectedConditionalWidth.Width {
  /// The result if there are too few draws.
  static let unknown = Self(
    value: .nan, without: [Double](repeating: .nan, count: ExpectedConditionalWidth.measuredReplicates))

  /// The width as if it had no bias.
  fileprivate var withoutDoubt: Self { Self(value: value, without: without) }

  /// Adds a multiple of another width; possible biases add up.
  mutating func add(_ other: Self, times factor: Double) {
    value += factor * other.value
    doubt += factor.magnitude * other.doubt
    for replicate in without.indices { without[replicate] += factor * other.without[replicate] }
  }
}
