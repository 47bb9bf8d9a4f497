import VectorMath

/// The finite draws of some draws, and those of them for which something holds.
struct Share {
  var positive = 0
  var finite = 0

  mutating func add(_ other: Share) {
    positive += other.positive
    finite += other.finite
  }

  /// The share of draws; not a number without any.
  var value: Double { finite > 0 ? Double(positive) / Double(finite) : .nan }
}

/// Monte Carlo errors from the spread of a design's replicates.
///
/// A run so short that fewer than eight replicates have draws states the error of as many independent draws instead:
/// scrambled nets and hypercubes hardly ever do worse (Owen 1997, doi:10.1137/S0036142994277468: never by more than a
/// factor of n / (n - 1) in variance for hypercubes, of e for nets of the best quality), and the spread of fewer
/// replicates is too uncertain itself.
package enum ReplicateSpread {
  /// Replicates with draws from which on their spread is taken: with eight the error is off by 27 % at one standard
  /// deviation, with sixteen by 18 %.
  package static let fewest = 8

  /// The standard error of a mean over all draws from the means of each replicate's.
  ///
  /// A replicate's part in the variance is its squared weight times its squared distance from the whole, and the sum of
  /// them is too small by 1 / k (Cochran 1977, "Sampling Techniques", section 2.9, for means of unequal clusters). Nil
  /// where too few replicates have draws.
  static func error(_ replicates: [(mean: Double, count: Int)]) -> Double? {
    let filled = replicates.filter { $0.count > 0 }
    guard filled.count >= fewest else { return nil }
    let total = Double(filled.reduce(0) { $0 + $1.count })
    // About one of them, so that a common size takes no digits.
    let first = filled[0].mean
    let whole = filled.reduce(0) { $0 + Double($1.count) / total * ($1.mean - first) }
    let unit = SquareUnit.of(filled.lazy.map { $0.mean - first })
    let squares = filled.reduce(0) { sum, replicate in
      let part = Double(replicate.count) / total * (replicate.mean - first - whole) / unit
      return sum + part * part
    }
    let k = Double(filled.count)
    return (squares * k / (k - 1)).squareRoot() * unit
  }

  /// The variance of a share of all draws, over that under as many independent draws.
  ///
  /// Counts are whole: however evenly they came out, each is taken to be uncertain by a rounding, 1/12 in variance. 1
  /// where none or all of the draws count, and where too few replicates have draws.
  static func designEffect(_ shares: [Share]) -> Double {
    let all = shares.reduce(into: Share()) { $0.add($1) }
    return designEffect(all.value, of: Double(all.finite), shares.map { ($0.value, $0.finite) })
  }

  /// The same of draws with weights.
  ///
  /// - Parameters:
  ///   - share: of all draws.
  ///   - n: the effective number of draws.
  ///   - replicates: the share in each, and how much the replicate counts.
  package static func designEffect(_ share: Double, of n: Double, _ replicates: [(share: Double, count: Int)]) -> Double
  {
    guard share > 0, share < 1, let error = error(replicates.map { ($0.share, $0.count) }) else { return 1 }
    let rounding = Double(replicates.count { $0.count > 0 }) / (12 * n * n)
    return max(error * error, rounding) / (share * (1 - share) / n)
  }

  /// The standard error of a share of draws: sqrt(p (1 - p) / n) at p = (k + 2) / (n + 4), two draws more on either side
  /// (Agresti & Coull 1998, doi:10.1080/00031305.1998.10480550), times the root of the design effect.
  ///
  /// With it the estimate and 1.96 errors to either side hold the true share in 93 % of runs or more, however rare it is;
  /// none or all of the draws leave an error too.
  ///
  /// - Parameters:
  ///   - positive: the draws that count, k.
  ///   - n: all draws; the effective number where they have weights.
  package static func shareError(_ positive: Double, of n: Double, effect: Double = 1) -> Double {
    guard n > 0 else { return .nan }
    let p = (positive + 2) / (n + 4)
    return (p * (1 - p) / n * effect).squareRoot()
  }
}
