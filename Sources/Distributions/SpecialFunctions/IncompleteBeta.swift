import Foundation
import VectorMath

/// The regularised incomplete beta function I_x(a, b) for one pair of shapes: the standard beta distribution on 0 ...
/// 1.
///
/// Values are pairs (x, y = 1 - x), so that neither end loses accuracy. Accuracy, tested against mpmath: both tails to
/// 16 ulp times the condition number x f / I for shapes up to 1e4.
struct IncompleteBeta: Sendable {
  /// The shape at 0.
  let a: Double
  /// The shape at 1.
  let b: Double
  /// log B(a, b)
  let logBeta: Double
  /// log(a B(a, b)) and log(b B(a, b)), whose terms cancel for small shapes.
  let logNear: (a: Double, b: Double)
  private let method: Method

  /// The method for x^a y^b / B(a, b).
  private enum Method {
    /// As powers times 1 / B. x and y are first multiplied by powers of two that bring their means near 1, so that no
    /// power underflows where the probability does not; the factor compensates.
    case product(factor: Double, unitX: Double, unitY: Double)
    /// As Loader's deviance times a factor, for large shapes.
    case deviance(Double)
    /// As the exponential of a sum of logarithms, for the most unequal shapes.
    case logarithms
  }

  /// The distribution of two shapes.
  ///
  /// - Parameters:
  ///   - logGammaA: log Gamma(a), if it is known.
  ///   - isForTails: true if only `tails` will be called; then `logNear` is not a number where that does not need it.
  init(_ a: Double, _ b: Double, logGammaA: DoubleDouble? = nil, isForTails: Bool = false) {
    self.a = a
    self.b = b
    let parts = LogGamma.beta(a, b, logGammaA: logGammaA)
    logBeta = parts.value
    logNear = !isForTails || min(a, b) <= 1 ? (Self.logNear(a, b, parts), Self.logNear(b, a, parts)) : (.nan, .nan)
    let octaves = (x: max(log2(1 + b / a).rounded(), 0), y: max(log2(1 + a / b).rounded(), 0))
    let (unitA, unitB) = (a > 1 ? octaves.x : 0, b > 1 ? octaves.y : 0)
    let exponent =
      parts + (DoubleDouble(a) * DoubleDouble(unitA) + DoubleDouble(b) * DoubleDouble(unitB)) * DoubleDouble.ln2
    if min(a, b) < 200, max(a, b) < 1e7, exponent.high.magnitude < 500 {
      method = .product(
        factor: exp(-exponent.high) * (1 - exponent.low), unitX: exp2(unitA), unitY: exp2(unitB))
    } else if min(a, b) >= 20 {
      let remainder =
        LogGamma.stirlingRemainder(a + b) - LogGamma.stirlingRemainder(a) - LogGamma.stirlingRemainder(b)
      method = .deviance((a / (a + b) * b / (2 * Double.pi)).squareRoot() * exp(remainder))
    } else {
      method = .logarithms
    }
  }

  /// log(a B(a, b)), with `logBeta` the logarithm of B(a, b).
  ///
  /// For a near 0 it vanishes like a, so that its digits, and with them those of the tail at the other end, would be lost
  /// among those of `logBeta`. There it is log(1 + a / b) - a (psi(1 + b) - psi(1)), with an error of the order of a^2.
  private static func logNear(_ a: Double, _ b: Double, _ logBeta: DoubleDouble) -> Double {
    guard a < 1e-14 else { return (logBeta + DoubleDouble.log(DoubleDouble(a))).value }
    let ratio = a > 1e17 * b ? ValueRatio.log(a, b) : log1p(a / b)
    return ratio - a * (LogGamma.derivative(1 + b) - LogGamma.derivative(1))
  }

  /// x^a y^b / B(a, b)
  func lead(_ x: Double, _ y: Double) -> Double {
    switch method {
    case .product(let factor, let unitX, let unitY):
      // The larger of x and y is rounded; the correction is of first order.
      let correction = x <= y ? b * (((1 - y) - x) / y) : a * (((1 - x) - y) / x)
      let powers = (pow(x * unitX, a), pow(y * unitY, b))
      let first = powers.0 * factor
      var product = first * powers.1
      if min(powers.0, powers.1, first) < .leastNormalMagnitude || !product.isFinite {
        // Far from the mean a power may underflow or overflow where its product with the factor does not.
        let roots = (pow(x * unitX, 0.5 * a), pow(y * unitY, 0.5 * b))
        let root = roots.0 * roots.1
        // Where even its root does, one power vanishes against the other.
        if min(roots.0, roots.1, root) < .leastNormalMagnitude || !(root * factor * root).isFinite {
          return exp(logPowers(x, y) - logBeta)
        }
        product = root * factor * root
      }
      return product + product * correction
    case .deviance(let factor):
      // t = (x - x0) / x0 with x0 = a / (a + b) is (x b - y a) / a, a difference of products without cancellation.
      let product = y * a
      let error = product.addingProduct(-y, a)
      let difference = (-product).addingProduct(x, b) + error
      let left = a * logLessExcess(ratio: x * ((a + b) / a), excess: difference / a)
      let right = b * logLessExcess(ratio: y * ((a + b) / b), excess: -difference / b)
      return factor * exp(left + right)
    case .logarithms:
      return exp(logPowers(x, y) - logBeta)
    }
  }

  /// log(x^a y^b)
  private func logPowers(_ x: Double, _ y: Double) -> Double {
    a * (x < y ? log(x) : log1p(-y)) + b * (x < y ? log1p(-x) : log(y))
  }

  /// log(x^a y^b / B(a, b)), also where the powers underflow.
  func logLead(_ x: Double, _ y: Double) -> Double {
    let lead = lead(x, y)
    if lead > 1e-290 { return log(lead) }
    if case .deviance(let factor) = method {
      let difference = x * b - y * a
      let left = a * logLessExcess(ratio: x * ((a + b) / a), excess: difference / a)
      let right = b * logLessExcess(ratio: y * ((a + b) / b), excess: -difference / b)
      return log(factor) + left + right
    }
    return logPowers(x, y) - logBeta
  }

  /// The logarithms of both tails for x, y > 0, also where they underflow.
  func logTails(_ x: Double, _ y: Double) -> (lower: Double, upper: Double) {
    let tails = tails(x, y)
    var logs = (
      lower: LogProbability.of(tails.lower, complement: tails.upper),
      upper: LogProbability.of(tails.upper, complement: tails.lower)
    )
    // For a shape below 1, the tail at its end is a power that does not underflow before x or y does.
    if tails.lower < 1e-290 { logs.lower = logLead(x, y) - log(Self.fraction(a, b, x, y)) }
    if tails.upper < 1e-290 { logs.upper = logLead(x, y) - log(Self.fraction(b, a, y, x)) }
    return logs
  }

  /// I_x(a, b), its complement I_y(b, a) and the density, each with relative accuracy.
  func tails(_ x: Double, _ y: Double) -> (lower: Double, upper: Double, density: Double) {
    guard x > 0 else { return (0, 1, a < 1 ? .infinity : a == 1 ? b : 0) }
    guard y > 0 else { return (1, 0, b < 1 ? .infinity : b == 1 ? a : 0) }
    let lead = lead(x, y)
    let density = lead / x / y
    if a <= 1, x <= 0.5, b * x <= 1 {
      let (near, far) = smallTails(a, b, x, logNear.a)
      return (near, far, density)
    }
    if b <= 1, y <= 0.5, a * y <= 1 {
      let (near, far) = smallTails(b, a, y, logNear.b)
      return (far, near, density)
    }
    if x * b <= y * a {
      let lower = min(lead / Self.fraction(a, b, x, y), 1)
      return (lower, 1 - lower, density)
    }
    let upper = min(lead / Self.fraction(b, a, y, x), 1)
    return (1 - upper, upper, density)
  }

  /// Both tails near 0 for a <= 1 (DLMF 8.17.8 for the series; DiDonato & Morris 1992, doi:10.1145/131766.131776,
  /// BPSER): with e^s = x^a / (a B) and r = a sum over n >= 1 of (1 - b) ... (n - b) x^n / (n! (a + n)),
  /// I = e^s (1 + r) and 1 - I = -(e^s - 1) - e^s r without cancellation.
  private func smallTails(_ a: Double, _ b: Double, _ x: Double, _ logNear: Double) -> (Double, Double) {
    var power = 1.0
    var sum = 0.0
    var n = 0.0
    var term: Double
    repeat {
      n += 1
      power *= (n - b) / n * x
      term = power * a / (a + n)
      sum += term
    } while term.magnitude > 1e-17 * sum.magnitude
    let s = a * log(x) - logNear
    // Rounding of s would be amplified; the power is exact to an ulp, and log(a B) is small for a <= 1 unless b is
    // large.
    let main = logNear.magnitude < 4 ? pow(x, a) * exp(-logNear) : exp(s)
    let lower = main * (1 + sum)
    let upper = -expm1(s) - main * sum
    return lower < 0.9 ? (lower, upper) : (1 - upper, upper)
  }

  /// x^a y^b / (B I) as a continued fraction (DiDonato & Morris 1992, BFRAC), modified Lentz; for x <= a / (a + b).
  private static func fraction(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
    let lambda = a * y - b * x
    var value = nonzero(a * (lambda + 1) / (a + 1))
    var c = value
    var d = 0.0
    for i in 1..<100_000 {
      let m = Double(i)
      let odd = a + 2 * m - 1
      let numerator = (a + m - 1) / odd * ((a + b + m - 1) / odd) * (m * (b - m) * x * x)
      let denominator = m + m * (b - m) * x / odd + (a + m) * (lambda + 1 + m * (1 + y)) / (a + 2 * m + 1)
      d = 1 / nonzero(denominator + numerator * d)
      c = nonzero(denominator + numerator / c)
      let factor = c * d
      value *= factor
      if (factor - 1).magnitude < 2.3e-16 { break }
    }
    return value
  }

  /// The pair (x, y) with I_x(a, b) = p, or I_y(b, a) = q if that is the smaller tail.
  ///
  /// Newton steps on the logarithm of the smaller tail in t = log(x / y), in which both tails are nearly linear.
  func quantile(_ p: Double, _ q: Double) -> (x: Double, y: Double) {
    if p == 0 { return (0, 1) }
    if q == 0 { return (1, 0) }
    var (x, y) = start(p, q)
    var (low, high) = (-Double.infinity, Double.infinity)
    let target = min(p, q)
    for _ in 0..<400 {
      guard x > 0 else { return (0, 1) }
      guard y > 0 else { return (1, 0) }
      let t = log(x) - log(y)
      let tails = tails(x, y)
      let tail = p <= q ? tails.lower : tails.upper
      let sign = p <= q ? 1.0 : -1.0
      let miss = tail - target
      if miss == 0 || tail.isNaN { return (x, y) }
      if miss * sign < 0 { low = max(low, t) } else { high = min(high, t) }
      let ratio = miss / target
      let logarithm = ratio.magnitude < 0.1 ? log1p(ratio) : log(tail / target)
      var step = -sign * logarithm * (tail / (tails.density * x * y))
      let newton = step.isFinite && t + step >= low && t + step <= high
      if !newton {
        step = (low == -.infinity ? high - 40 : high == .infinity ? low + 40 : 0.5 * (low + high)) - t
        if step == 0 { return (x, y) }
      }
      if newton, step.magnitude < 1 {
        let growth = expm1(step)
        let change = x * y * growth / (1 + x * growth)
        if x <= y {
          x += change
          y = 1 - x
        } else {
          y -= change
          x = 1 - y
        }
      } else {
        (x, y) = Self.pair(t + step)
      }
      // Newton's error in the tail is of the order of the square of this residual.
      if newton, step.magnitude < 1e-8, ratio.magnitude < 2e-8 { return (x, y) }
    }
    return (x, y)
  }

  /// x and y for t = log(x / y).
  private static func pair(_ t: Double) -> (Double, Double) {
    let small = exp(-t.magnitude)
    let (near, far) = (small / (1 + small), 1 / (1 + small))
    return t < 0 ? (near, far) : (far, near)
  }

  private func start(_ p: Double, _ q: Double) -> (Double, Double) {
    if a >= 1, b >= 1 {
      // log(x / y) is approximately normal with these moments.
      let z = p < q ? StandardNormal.quantile(p) : -StandardNormal.quantile(q)
      return Self.pair(log(a / b) + z * (1 / a + 1 / b).squareRoot())
    }
    // The leading power at the nearer end.
    let left = (log(p) + logNear.a) / a
    let right = (log(q) + logNear.b) / b
    let middle = log(a) - log(a + b)
    if left < min(middle, -0.7) || right > -0.7 {
      let x = exp(min(left, -0.7))
      return (x, 1 - x)
    }
    let y = exp(right)
    return (1 - y, y)
  }
}
