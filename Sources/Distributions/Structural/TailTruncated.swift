import Foundation

/// What is left of a continuous distribution between two ends that lie so far out in one tail that no probability there
/// fits into a double: normal(50, 1) between 3 and 4.
///
/// All probabilities are relative to that at the end nearer to the middle, by logarithms of the tail. A quantile is the
/// root of log tail(x) = log of the wanted tail. The logarithms, of size L, are known to L 1e-16, and so are quantiles
/// relative to the distance over which the tail falls by a factor of e: at 46 standard deviations 1e-13, at a thousand
/// 1e-10.
struct TailTruncated: Distribution {
  /// The distribution that is truncated.
  let base: any Distribution
  /// The ends; the far one may be infinite.
  let low: Double, high: Double
  /// The logarithm of the base's probability between the ends.
  let logMass: Double
  /// Whether the ends lie in the upper tail.
  private let isUpper: Bool
  /// The logarithm of the tail at the end nearer to the middle, where it is greater.
  private let near: Double
  /// The logarithm of the tail at the other end, less that.
  private let drop: Double

  /// Nil if the probability between the ends is zero.
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
    // The tail at the value is the mean of those at the ends, weighted by the probabilities beyond the value on either
    // side; `inner` is that on the side of the near end.
    let (inner, outer) = isUpper ? (p, q) : (q, p)
    let target = near + (inner < 0.5 ? log1p(inner * expm1(drop)) : log(outer + inner * exp(drop)))
    return root(target)
  }

  /// Where the logarithm of the tail has a value.
  ///
  /// Between ends far apart in ratio it is looked for by the logarithm of the distance from 0.
  private func root(_ target: Double) -> Double {
    var (low, high) = (low, high)
    let start = isUpper ? low : high
    if !low.isFinite || !high.isFinite {
      // Steps from the near end that double, from less than any tail's length.
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

  /// The probabilities on either side of a value between the ends: of the near end's, of the far one's.
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
