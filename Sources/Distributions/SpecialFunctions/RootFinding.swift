import Foundation

/// Roots of functions of one variable inside a bracket.
enum RootFinding {
  /// Two points that enclose the root of an increasing function, found by doubling steps; nil if the range contains no
  /// root.
  ///
  /// - Parameters:
  ///   - start: the starting point, inside the range.
  ///   - range: the search range; the function may be infinite at its ends.
  static func bracket(
    near start: Double, in range: ClosedRange<Double>, _ f: (Double) -> Double
  ) -> (low: Double, high: Double)? {
    let value = f(start)
    guard !value.isNaN else { return nil }
    var (near, step) = (start, 0.25)
    while near != (value < 0 ? range.upperBound : range.lowerBound) {
      let far = min(max(value < 0 ? near + step : near - step, range.lowerBound), range.upperBound)
      let next = f(far)
      if next.isNaN { return nil }
      if next == 0 || (next < 0) != (value < 0) { return value < 0 ? (near, far) : (far, near) }
      near = far
      step *= 2
    }
    return nil
  }

  /// The root of an increasing function between two points by bisection and inverse interpolation.
  ///
  /// Chandrupatla's method (1997, Advances in Engineering Software 28, 145-149): inverse quadratic interpolation where
  /// three points allow it, bisection elsewhere; it never leaves the bracket. It stops when the bracket is two
  /// neighbouring numbers or narrower than `tolerance` relative to its ends, or at an exact zero.
  ///
  /// - Returns: the end of the last bracket with the smaller magnitude of `f`; nil if the initial points do not enclose
  ///   a root.
  static func bracketed(
    _ low: Double, _ high: Double, tolerance: Double = 2.3e-16, _ f: (Double) -> Double
  ) -> Double? {
    var (a, b) = (low, high)
    var (fa, fb) = (f(a), f(b))
    if fa == 0 { return a }
    if fb == 0 { return b }
    guard fa.isFinite || fa.isInfinite, (fa < 0) != (fb < 0), !fa.isNaN, !fb.isNaN else { return nil }
    var t = 0.5
    for _ in 0..<300 {
      let x = a + t * (b - a)
      let fx = f(x)
      if fx.isNaN { return nil }
      let (c, fc): (Double, Double)
      if (fx < 0) == (fa < 0) {
        (c, fc) = (a, fa)
      } else {
        (c, fc) = (b, fb)
        (b, fb) = (a, fa)
      }
      (a, fa) = (x, fx)
      let best = fa.magnitude < fb.magnitude ? a : b
      let resolution = tolerance * max(best.magnitude, .leastNormalMagnitude) / (b - a).magnitude
      if fx == 0 || resolution >= 0.5 || a.nextUp == b || b.nextUp == a { return fx == 0 ? x : best }
      let xi = (a - b) / (c - b)
      let phi = (fa - fb) / (fc - fb)
      t = 0.5
      if phi * phi < xi, (1 - phi) * (1 - phi) < 1 - xi {
        let step = fa / (fb - fa) * (fc / (fb - fc)) + (c - a) / (b - a) * (fa / (fc - fa)) * (fb / (fc - fb))
        if step.isFinite { t = step }
      }
      t = min(max(t, resolution), 1 - resolution)
    }
    return fa.magnitude < fb.magnitude ? a : b
  }
}
