import Foundation

/// Density sqrt(shape / (2 pi x^3)) exp(-shape (x - mean)^2 / (2 mean^2 x)) for x > 0: the first passage time of a
/// Brownian motion with drift.
package struct InverseGaussian: ContinuousDistribution {
  package static let name = "inverse_gaussian"
  package static let summary =
    "a first passage time: sqrt(shape / (2 pi x^3)) exp(-shape (x - mean)^2 / (2 mean^2 x)); shape is on the value's axis"
  package static let source =
    "cdf by scaled error functions (Chhikara & Folks 1989, ch. 2), inverted by Newton steps on the logarithm of the tail"
  package static let parameterisations = [
    // For a value in hours, mean and shape are in hours too: both scale with the value.
    Parameterisation([Parameter("mean", .scale, .positive), Parameter("shape", .scale, .positive)])
  ]

  package let mean: Double
  /// mean^3 / variance.
  package let shape: Double
  private let standard: StandardInverseGaussian

  package init(checked arguments: [Double]) {
    mean = arguments[0]
    shape = arguments[1]
    standard = StandardInverseGaussian(shape: shape / mean)
  }

  package var arguments: [Double] { [mean, shape] }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    guard let ratio = (a[1] / a[0]).constantValue, Domain.positive.contains(ratio) else { return nil }
    return a[0] * .tabulated(StandardInverseGaussian(shape: ratio))
  }

  package var constantQuantileExpression: QuantileExpression { .constant(mean) * .tabulated(standard) }
  package func quantile(_ p: Double) -> Double { mean * standard.quantile(p) }
  package func quantile(survival q: Double) -> Double { mean * standard.quantile(survival: q) }
  package func cdf(_ x: Double) -> Double { standard.cdf(x / mean) }
  package func survival(_ x: Double) -> Double { standard.survival(x / mean) }
  package func logCdf(_ x: Double) -> Double { standard.logCdf(x / mean) }
  package func logSurvival(_ x: Double) -> Double { standard.logSurvival(x / mean) }
  package func density(_ x: Double) -> Double { standard.density(x / mean) / mean }
  package func logDensity(_ x: Double) -> Double { standard.logDensity(x / mean) - log(mean) }
  package var sd: Double { mean * (mean / shape).squareRoot() }
  package var support: ClosedRange<Double> { 0 ... .infinity }

  /// The ratio of the two quantiles depends on shape / mean alone. It decreases to 1 from the ratio of a Levy
  /// distribution, the limit as the mean grows. The mean follows.
  package static func fit(
    _ low: QuantilePoint, _ high: QuantilePoint, fixed: [String: Double]
  ) throws(DistributionError) -> [Double]? {
    guard low.value > 0 else { throw .outOfDomain(parameter: "low end", value: low.value, domain: .positive) }
    let wanted = ValueRatio.log(high.value, low.value)
    func ends(_ logRatio: Double) -> (low: Double, high: Double) {
      let standard = StandardInverseGaussian(shape: exp(logRatio))
      return (standard.quantile(at: low), standard.quantile(at: high))
    }
    func excess(_ logRatio: Double) -> Double {
      let ends = ends(logRatio)
      return wanted - ValueRatio.log(ends.high, ends.low)
    }
    // With shape / mean beyond e^75 the two quantiles would be the same or neighbouring doubles; below e^-600 they
    // underflow.
    guard let (from, to) = RootFinding.bracket(near: 0, in: -600...75, excess),
      let root = RootFinding.bracketed(from, to, excess)
    else { throw .noFit(distribution: name, low: low, high: high, nearest: nil) }
    let mean = low.value / ends(root).low
    return [mean, mean * exp(root)]
  }
}

/// The inverse Gaussian distribution with mean 1, as tabulated.
///
/// With z = sqrt(shape / y) (y - 1), w = sqrt(shape / y) (y + 1) and E(x) = exp(x^2) erfc(x), for y <= 1
/// F = exp(-z^2 / 2) (E(-z / sqrt 2) + E(w / sqrt 2)) / 2 and for y >= 1
/// 1 - F = exp(-z^2 / 2) (E(z / sqrt 2) - E(w / sqrt 2)) / 2. Terms do not overflow, and the tails do not cancel.
struct StandardInverseGaussian: Distribution {
  /// shape / mean.
  let shape: Double

  /// Both tails and the density.
  private func tails(_ y: Double) -> (lower: Double, upper: Double, density: Double) {
    guard y > 0 else { return (0, 1, 0) }
    guard y < .infinity else { return (1, 0, 0) }
    let root = (0.5 * shape / y).squareRoot()
    let distance = root * (y - 1)
    let lead = exp(-shape / y * (y - 1) * (0.5 * (y - 1)))
    let density = root / y * 0.564189583547756286948079451561 * lead  // 1 / sqrt(pi)
    guard root < .infinity, lead > 0 else { return y < 1 ? (0, 1, 0) : (1, 0, 0) }
    if y >= 1 {
      let upper = 0.5 * lead * ScaledErrorFunction.drop(distance, 2 * root)
      return (1 - upper, upper, density)
    }
    let lower = 0.5 * lead * (ScaledErrorFunction.value(-distance) + ScaledErrorFunction.value(root * (y + 1)))
    if lower > 0.5, shape < 1 {
      // 1 - F by error functions of both distances, which do not cancel for small shapes.
      let upper = 0.5 * (erf(-distance) + exp(2 * shape) * erf(root * (y + 1)) - expm1(2 * shape))
      return (1 - upper, upper, density)
    }
    return (min(lower, 1), max(1 - lower, 0), density)
  }

  func quantile(_ p: Double) -> Double { quantile(p, 1 - p) }
  func quantile(survival q: Double) -> Double { quantile(1 - q, q) }

  private func quantile(_ p: Double, _ q: Double) -> Double {
    guard p >= 0, q >= 0 else { return .nan }
    if p == 0 { return 0 }
    if q == 0 { return .infinity }
    let start = start(p, q)
    return p <= q
      ? QuantileSearch.root(of: p, start: start, in: 0 ... .infinity) { y in
        let tails = tails(y)
        return (tails.lower, tails.density)
      }
      : QuantileSearch.root(of: q, upper: true, start: start, in: 0 ... .infinity) { y in
        let tails = tails(y)
        return (tails.upper, tails.density)
      }
  }

  /// A starting value: the Levy distribution, valid for small values, cut off where the exponential tail begins;
  /// lognormal for large shapes.
  private func start(_ p: Double, _ q: Double) -> Double {
    let z = p < q ? StandardNormal.quantile(p) : -StandardNormal.quantile(q)
    let sigma = log1p(1 / shape).squareRoot()
    let bell = exp(sigma * (z - 0.5 * sigma))
    if p <= q {
      let score = StandardNormal.quantile(0.5 * p)
      let levy = shape / (score * score)
      return shape > 1 ? max(bell, levy) : min(levy, 1)
    }
    let tail = 1 + 2 * max(-log(q), 1) / shape
    let score = 1.2533141373155003 * q  // Phi^-1((1 + q) / 2) for small q
    return shape > 1 ? min(bell, tail) : min(shape / (score * score), tail)
  }

  func cdf(_ y: Double) -> Double { y.isNaN ? .nan : tails(y).lower }
  func survival(_ y: Double) -> Double { y.isNaN ? .nan : tails(y).upper }
  func logCdf(_ y: Double) -> Double {
    let tails = tails(y)
    guard tails.lower < 1e-290, y > 0, y < 1 else { return LogProbability.of(tails.lower, complement: tails.upper) }
    let root = (0.5 * shape / y).squareRoot()
    let distance = root * (1 - y)
    let sum = ScaledErrorFunction.value(distance) + ScaledErrorFunction.value(root * (y + 1))
    return -distance * distance + log(0.5 * sum)
  }
  func logSurvival(_ y: Double) -> Double {
    let tails = tails(y)
    guard tails.upper < 1e-290, y > 1, y < .infinity else {
      return LogProbability.of(tails.upper, complement: tails.lower)
    }
    let root = (0.5 * shape / y).squareRoot()
    let distance = root * (y - 1)
    return -distance * distance + log(0.5 * ScaledErrorFunction.drop(distance, 2 * root))
  }
  func density(_ y: Double) -> Double { tails(y).density }
  func logDensity(_ y: Double) -> Double {
    guard y > 0, y < .infinity else { return -.infinity }
    return 0.5 * log(shape / (2 * Double.pi)) - 1.5 * log(y) - shape / y * (y - 1) * (0.5 * (y - 1))
  }
  var mean: Double { 1 }
  var sd: Double { 1 / shape.squareRoot() }
  var support: ClosedRange<Double> { 0 ... .infinity }
  var description: String { "inverse_gaussian(1, \(DistributionText.number(shape)))" }
}
