import Foundation

/// A continuous distribution conditional on an interval so far out in one tail that its probability underflows:
/// normal(50, 1) between 3 and 4.
///
/// All probabilities are relative to the tail at the end nearer to the median and computed from logarithms of the tail.
/// A quantile is the root of log tail(x) = log(target tail). The logarithms, of magnitude L, are accurate to L 1e-16,
/// and so are quantiles relative to the distance over which the tail falls by a factor of e: 1e-13 at 46 standard
/// deviations, 1e-10 at a thousand.
struct TailTruncated: Distribution {
  /// The distribution to be truncated.
  let base: any Distribution
  /// The ends; the outer one may be infinite.
  let low: Double, high: Double
  /// log P(low <= X <= high) of the base.
  let logMass: Double
  /// Whether the interval is in the upper tail.
  private let isUpper: Bool
  /// The logarithm of the tail at the end nearer to the median, which is the larger one.
  private let near: Double
  /// The logarithm of the tail at the other end, minus `near`.
  private let drop: Double

  /// Nil if the probability of the interval is zero.
  init?(_ base: any Distribution, low: Double, high: Double) {
    let support = base.support
    let (low, high) = (max(low, support.lowerBound), min(high, support.upperBound))
    guard low < high else { return nil }
    self.base = base
    self.low = low
    self.high = high
    isUpper = base.logSurvival(low) < base.logCdf(high)
    let far: Double
    (near, far) = isUpper ? (base.logSurvival(low), base.logSurvival(high)) : (base.logCdf(high), base.logCdf(low))
    drop = far - near
    guard near > -.infinity, near <= 0, drop < 0 else { return nil }
    logMass = near + LogProbability.complement(drop)
  }

  private func logTail(_ x: Double) -> Double { isUpper ? base.logSurvival(x) : base.logCdf(x) }

  func quantile(_ p: Double) -> Double { quantile(p, 1 - p) }
  func quantile(survival q: Double) -> Double { quantile(1 - q, q) }

  private func quantile(_ p: Double, _ q: Double) -> Double {
    guard p >= 0, q >= 0 else { return .nan }
    if p == 0 { return low }
    if q == 0 { return high }
    // The tail at the value is the mean of the tails at the ends, weighted by the conditional probabilities on either
    // side; `inner` is the probability on the side of the near end.
    let (inner, outer) = isUpper ? (p, q) : (q, p)
    let target = near + (inner < 0.5 ? log1p(inner * expm1(drop)) : log(outer + inner * exp(drop)))
    return root(target)
  }

  /// The value at which the logarithm of the tail equals `target`.
  ///
  /// If the ends differ by a large factor, the search uses the logarithm of the distance from 0.
  private func root(_ target: Double) -> Double {
    var (low, high) = (low, high)
    let start = isUpper ? low : high
    if !low.isFinite || !high.isFinite {
      // Doubling steps from the near end, starting below the length scale of any tail.
      var step = max(start.magnitude * 0x1p-50, .leastNormalMagnitude)
      var far = isUpper ? start + step : start - step
      while logTail(far) > target, far.isFinite {
        step *= 2
        far = isUpper ? start + step : start - step
      }
      guard far.isFinite else { return isUpper ? high : low }
      (low, high) = isUpper ? (low, far) : (far, high)
    }
    func excess(_ x: Double) -> Double { logTail(x) - target }
    if low > 0, high > 4 * low {
      return RootFinding.bracketed(log(low), log(high), { excess(exp($0)) }).map { exp($0) } ?? start
    }
    if high < 0, low < 4 * high {
      return RootFinding.bracketed(log(-high), log(-low), { excess(-exp($0)) }).map { -exp($0) } ?? start
    }
    return RootFinding.bracketed(low, high, excess) ?? start
  }

  /// The conditional probabilities on both sides of a value: on the side of the near end and of the far end.
  private func sides(_ x: Double) -> (inner: Double, outer: Double) {
    let fall = min(max(logTail(x) - near, drop), 0)
    return (expm1(fall) / expm1(drop), (exp(fall) - exp(drop)) / -expm1(drop))
  }

  func cdf(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    if x <= low || x >= high { return x <= low ? 0 : 1 }
    return isUpper ? sides(x).inner : sides(x).outer
  }

  func survival(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    if x <= low || x >= high { return x <= low ? 1 : 0 }
    return isUpper ? sides(x).outer : sides(x).inner
  }

  func density(_ x: Double) -> Double { exp(logDensity(x)) }
  func logDensity(_ x: Double) -> Double { x >= low && x <= high ? base.logDensity(x) - logMass : -.infinity }

  var mean: Double { Moments.integrated(self).mean }
  var sd: Double { Moments.integrated(self).sd }
  var support: ClosedRange<Double> { low...high }
  var tailIndex: Double? { low == -.infinity || high == .infinity ? base.tailIndex : nil }
  var description: String {
    "truncate(\(base), low=\(DistributionText.number(low)), high=\(DistributionText.number(high)))"
  }
}
