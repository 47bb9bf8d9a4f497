import Foundation

/// Inverts a cumulative probability by Newton steps on the logarithm of the tail, inside a bracket.
///
/// The logarithm of a tail is nearly linear in x (exponential tails) or in log x (power tails), so that few steps
/// suffice from any start and for any probability; the bracket that the steps maintain guarantees convergence.
enum QuantileSearch {
  /// The value with a given tail probability.
  ///
  /// - Parameters:
  ///   - target: the tail's probability, in the open interval 0 ... 1, best at most a half.
  ///   - upper: whether it is an upper tail.
  ///   - start: an initial guess inside the support.
  ///   - support: the interval that contains the value. On 0 ... infinity, steps are taken in log x for lower tails.
  ///   - evaluate: tail and density at a value.
  static func root(
    of target: Double, upper: Bool = false, start: Double, in support: ClosedRange<Double>,
    _ evaluate: (Double) -> (tail: Double, density: Double)
  ) -> Double {
    var (low, high) = (support.lowerBound, support.upperBound)
    var x = min(max(start, low.nextUp), high.nextDown)
    let positive = low == 0
    for _ in 0..<400 {
      let (tail, density) = evaluate(x)
      let miss = tail - target
      if miss == 0 || tail.isNaN { return x }
      if (miss < 0) != upper { low = x } else { high = x }
      // d log(tail) / dx = +- density / tail
      let ratio = miss / target
      let logarithm = ratio.magnitude < 0.1 ? log1p(ratio) : log(tail / target)
      var step = (upper ? 1 : -1) * logarithm * (tail / density)
      var next = x + step
      if positive, !upper || step < -0.5 * x {
        next = x * exp(min(max(step / x, -50), 50))
        if ratio.magnitude < 0.1 { next = x + x * expm1(step / x) }
        step = next - x
      }
      if !next.isFinite || next <= low || next >= high {
        next = middle(low, high, from: x, positive: positive)
        if next == low || next == high { return x }
        x = next
        continue
      }
      let small = step.magnitude <= 1e-8 * x.magnitude && ratio.magnitude < 2e-8
      x = next
      // Newton's error in the tail is of the order of the square of this residual.
      if small { return x }
    }
    return x
  }

  /// A point that halves the bracket: the geometric mean if the ends are far apart, and doubling if one is infinite.
  private static func middle(_ low: Double, _ high: Double, from x: Double, positive: Bool) -> Double {
    if low == -.infinity, high == .infinity { return x }
    if high == .infinity { return low > 0 ? low * 2 : low < 0 ? low / 2 : 1 }
    if low == -.infinity { return high < 0 ? high * 2 : high > 0 ? high / 2 : -1 }
    if positive, low * 4 < high { return low > 0 ? low.squareRoot() * high.squareRoot() : high * 0x1p-40 }
    return low + 0.5 * (high - low)
  }
}
