import VectorMath

/// The number of finite draws, and of those that satisfy a condition.
struct Share {
  var positive = 0
  var finite = 0

  mutating func add(_ other: Share) {
    positive += other.positive
    finite += other.finite
  }

  /// The fraction of draws; NaN without any.
  var value: Double { finite > 0 ? Double(positive) / Double(finite) : .nan }
}

/// Monte Carlo standard errors from the spread of a design's replicates.
///
/// A run in which fewer than eight replicates have draws uses the error for the same number of independent draws
/// instead: scrambled nets and hypercubes are hardly ever worse (Owen 1997, doi:10.1137/S0036142994277468: by at most a
/// factor of n / (n - 1) in variance for hypercubes, and of e for nets of the best quality), and the spread of fewer
/// replicates is too uncertain.
package enum ReplicateSpread {
  /// Minimum number of replicates with draws: the relative standard deviation of the error is 27 % with eight, 18 %
  /// with sixteen.
  package static let fewest = 8

  /// The standard error of the mean over all draws, from the means of the replicates.
  ///
  /// A replicate contributes its squared weight times its squared distance from the overall mean to the variance; the
  /// sum of these is too small by 1 / k (Cochran 1977, "Sampling Techniques", section 2.9, for means of unequal
  /// clusters). Nil if too few replicates have draws.
  static func error(_ replicates: [(mean: Double, count: Int)]) -> Double? {
    let filled = replicates.filter { $0.count > 0 }
    guard filled.count >= fewest else { return nil }
    let total = Double(filled.reduce(0) { $0 + $1.count })
    // Relative to one of them, so that a large common value costs no digits.
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

  /// The design effect of a fraction of all draws: its variance relative to that for the same number of independent
  /// draws.
  ///
  /// Counts are integers: however uniform they are, each is assigned the variance of rounding, 1/12. The result is 1 if
  /// none or all of the draws satisfy the condition, and if too few replicates have draws.
  static func designEffect(_ shares: [Share]) -> Double {
    let all = shares.reduce(into: Share()) { $0.add($1) }
    return designEffect(all.value, of: Double(all.finite), shares.map { ($0.value, $0.finite) })
  }

  /// The design effect for weighted draws.
  ///
  /// - Parameters:
  ///   - share: the fraction of all draws.
  ///   - n: the effective sample size.
  ///   - replicates: the fraction in each replicate, and the replicate's weight.
  package static func designEffect(_ share: Double, of n: Double, _ replicates: [(share: Double, count: Int)]) -> Double
  {
    guard share > 0, share < 1, let error = error(replicates.map { ($0.share, $0.count) }) else { return 1 }
    let rounding = Double(replicates.count { $0.count > 0 }) / (12 * n * n)
    return max(error * error, rounding) / (share * (1 - share) / n)
  }

  /// The standard error of a fraction of draws: sqrt(p (1 - p) / n) at p = (k + 2) / (n + 4), that is, with two draws
  /// added to each side (Agresti & Coull 1998, doi:10.1080/00031305.1998.10480550), times the square root of the design
  /// effect.
  ///
  /// The estimate plus or minus 1.96 errors contains the true fraction in at least 93 % of runs, however rare the event
  /// is; the error is positive even if none or all of the draws count.
  ///
  /// - Parameters:
  ///   - positive: the number of draws that satisfy the condition, k.
  ///   - n: the number of draws; for weighted draws the effective sample size.
  ///   - effect: the design effect, the variance of the estimate over that of independent draws.
  package static func shareError(_ positive: Double, of n: Double, effect: Double = 1) -> Double {
    guard n > 0 else { return .nan }
    let p = (positive + 2) / (n + 4)
    return (p * (1 - p) / n * effect).squareRoot()
  }
}
