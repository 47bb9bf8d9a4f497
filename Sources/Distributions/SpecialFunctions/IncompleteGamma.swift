import Foundation
import VectorMath

/// The regularised incomplete gamma functions P(a, x) and Q(a, x) for one shape: the standard gamma distribution.
///
/// Accuracy, tested against mpmath: both tails to 16 ulp times the condition number x f / P for shapes up to 1e4.
struct IncompleteGamma: Sendable {
  /// The shape a.
  let shape: Double
  /// log Gamma(a + 1)
  let logGammaNext: Double
  /// A power of two near 1 / a, so that (x unit)^a neither overflows nor underflows where P and Q do not.
  private let unit: Double
  /// 1 / (unit^a Gamma(a + 1)) for shapes below 200; for others the saddle-point factor 1 / sqrt(2 pi a) with
  /// Stirling's remainder.
  private let factor: Double

  init(shape: Double) {
    self.shape = shape
    if shape < Self.large {
      let next = LogGamma.parts(DoubleDouble.sum(shape, 1))
      logGammaNext = next.value
      let octaves = shape > 1 ? -log2(shape).rounded() : 0
      unit = exp2(octaves)
      let exponent = next + DoubleDouble(shape) * DoubleDouble(octaves) * DoubleDouble.ln2
      factor = exp(-exponent.high) * (1 - exponent.low)
    } else {
      logGammaNext = LogGamma.value(shape) + log(shape)
      unit = 1
      factor = exp(-LogGamma.stirlingRemainder(shape)) / (2 * Double.pi * shape).squareRoot()
    }
  }

  private static let large = 200.0

  /// x^a exp(-x) / Gamma(a + 1)
  ///
  /// For large shapes by Loader's deviance (2000, Fast and accurate computation of binomial probabilities):
  /// exp(a (log(1 + t) - t)) at x = a (1 + t).
  func lead(_ x: Double) -> Double {
    if shape < Self.large {
      let half = exp(-0.5 * x)
      let power = pow(x * unit, shape)
      if power >= .leastNormalMagnitude { return power * half * factor * half }
      // Far below the mean the power may underflow where its product with the factor does not.
      let root = pow(x * unit, 0.5 * shape)
      return root * half * factor * half * root
    }
    return factor * exp(shape * logLessExcess(ratio: x / shape, excess: (x - shape) / shape))
  }

  /// log(x^a exp(-x) / Gamma(a + 1)), also where the power underflows.
  func logLead(_ x: Double) -> Double {
    let lead = lead(x)
    if lead > 1e-290 { return log(lead) }
    if shape < Self.large { return shape * log(x) - x - logGammaNext }
    return log(factor) + shape * logLessExcess(ratio: x / shape, excess: (x - shape) / shape)
  }

  /// The logarithms of P and Q for x > 0, also where they underflow.
  func logTails(_ x: Double) -> (lower: Double, upper: Double) {
    let tails = tails(x)
    var logs = (
      lower: LogProbability.of(tails.lower, complement: tails.upper),
      upper: LogProbability.of(tails.upper, complement: tails.lower)
    )
    guard x < .infinity else { return logs }
    if tails.lower < 1e-290 {
      logs.lower = shape < 1 ? shape * log(x) - logGammaNext : logLead(x) + log(series(x))
    }
    if tails.upper < 1e-290 { logs.upper = logLead(x) + log(shape) + log(fraction(x)) }
    return logs
  }

  /// P(a, x) and Q(a, x) = 1 - P, each with relative accuracy, and the density x^(a - 1) exp(-x) / Gamma(a).
  func tails(_ x: Double) -> (lower: Double, upper: Double, density: Double) {
    guard x > 0 else { return (0, 1, x < 0 ? 0 : shape < 1 ? .infinity : shape == 1 ? 1 : 0) }
    guard x < .infinity else { return (1, 0, 0) }
    let lead = lead(x)
    let density = lead * shape / x
    if shape < 1, x < 1.25 {
      let (lower, upper) = smallTails(x)
      return (lower, upper, density)
    }
    if shape >= 10_000 {
      let (lower, upper) = LargeShapeGamma.tails(shape: shape, x)
      return (lower, upper, density)
    }
    if x < shape + 0.25 {
      let lower = min(lead * series(x), 1)
      return (lower, 1 - lower, density)
    }
    let upper = min(lead * shape * fraction(x), 1)
    return (1 - upper, upper, density)
  }

  /// sum over n of x^n / ((a + 1) ... (a + n)) (DLMF 8.11.4); all terms positive.
  private func series(_ x: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    var n = shape
    repeat {
      n += 1
      term *= x / n
      sum += term
    } while term > 1e-17 * sum
    return sum
  }

  /// Gamma(a, x) exp(x) / x^a by its continued fraction (DLMF 8.9.2, even part).
  private func fraction(_ x: Double) -> Double { shape < 30 ? steed(x) : lentz(x) }

  /// Steed's algorithm: a sum of differences of convergents, whose rounding errors do not accumulate; it would cancel
  /// for large shapes near the mean.
  private func steed(_ x: Double) -> Double {
    var b = x + 1 - shape
    var d = 1 / b
    var difference = d
    var value = d
    for i in 1..<100_000 {
      let n = Double(i)
      let a = -n * (n - shape)
      b += 2
      let next = 1 / nonzero(b + a * d)
      difference *= -a * d * next
      d = next
      value += difference
      if difference.magnitude < 1e-17 * value { break }
    }
    return value
  }

  /// The modified Lentz algorithm: a product.
  private func lentz(_ x: Double) -> Double {
    var b = x + 1 - shape
    var c = 1e300
    var d = 1 / b
    var value = d
    for i in 1..<100_000 {
      let n = Double(i)
      let a = -n * (n - shape)
      b += 2
      d = 1 / nonzero(a * d + b)
      c = nonzero(b + a / c)
      let factor = d * c
      value *= factor
      if (factor - 1).magnitude < 2.3e-16 { break }
    }
    return value
  }

  /// Both tails for a < 1 and x < 1.25, where 1 - P would cancel: P = e^s (1 + r), s = a log x - log Gamma(a + 1),
  /// r = sum over n >= 1 of a (-x)^n / ((a + n) n!) (DLMF 8.7.1), so Q = -(e^s - 1) - e^s r.
  private func smallTails(_ x: Double) -> (Double, Double) {
    var power = 1.0
    var sum = 0.0
    var n = 0.0
    var term: Double
    repeat {
      n += 1
      power *= -x / n
      term = power * shape / (shape + n)
      sum += term
    } while term.magnitude > 1e-17 * sum.magnitude
    let main = pow(x, shape) * factor
    let lower = main * (1 + sum)
    let upper = -expm1(shape * log(x) - logGammaNext) - main * sum
    return lower < 0.9 ? (lower, upper) : (1 - upper, upper)
  }

  /// The x with P(a, x) = p, or Q(a, x) = q if that is the smaller tail.
  func quantile(_ p: Double, _ q: Double) -> Double {
    if p == 0 { return 0 }
    if q == 0 { return .infinity }
    let start = start(p, q)
    // P < x^a / Gamma(a + 1), so if this estimate underflows, the solution does too.
    guard start > 0 else { return 0 }
    return p <= q
      ? QuantileSearch.root(of: p, start: start, in: 0 ... .infinity) { x in
        let tails = tails(x)
        return (tails.lower, tails.density)
      }
      : QuantileSearch.root(of: q, upper: true, start: start, in: 0 ... .infinity) { x in
        let tails = tails(x)
        return (tails.upper, tails.density)
      }
  }

  private func start(_ p: Double, _ q: Double) -> Double {
    let power = exp((log(p) + logGammaNext) / shape)
    if shape >= 1 {
      // Wilson & Hilferty 1931: the cube root is approximately normal.
      let z = p < q ? StandardNormal.quantile(p) : -StandardNormal.quantile(q)
      let root = 1 - 1 / (9 * shape) + z / (3 * shape.squareRoot())
      let cube = shape * root * root * root
      return root > 0.3 ? cube : power
    }
    // Below the mean the leading term; above, the exponential tail x^(a - 1) exp(-x) / Gamma(a).
    let tail = -log(q) - logGammaNext + log(shape)
    return tail > 1.5 && q < 0.1 * shape ? tail + (shape - 1) * log(tail) : min(power, 2)
  }
}

/// A divisor kept away from zero (the safeguard in Lentz's algorithm).
func nonzero(_ x: Double) -> Double { x.magnitude < 1e-300 ? 1e-300 : x }
