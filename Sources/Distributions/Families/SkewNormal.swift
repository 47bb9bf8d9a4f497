import Foundation

/// Density 2 / scale phi(z) Phi(alpha z) for z = (x - location) / scale: a skewed bell, between a normal and a
/// half-normal distribution. alpha > 0 skews it to the right.
package struct SkewNormal: ContinuousDistribution {
  package static let name = "skew_normal"
  package static let summary =
    "a skewed bell: 2 / scale phi(z) Phi(alpha z) for z = (x - location) / scale; alpha > 0 leans to the right"
  package static let source =
    "Azzalini 1985, Scand. J. Statist. 12, 171-178; tails by Owen's integral, inverted by Newton steps on their logarithm"
  package static let parameterisations = [
    Parameterisation([
      Parameter("location", .location), Parameter("scale", .scale, .positive), Parameter("alpha", .shape),
    ])
  ]

  package let location: Double
  package let scale: Double
  /// The skewness parameter.
  package let alpha: Double
  private let standard: StandardSkewNormal

  package init(checked arguments: [Double]) {
    location = arguments[0]
    scale = arguments[1]
    alpha = arguments[2]
    standard = StandardSkewNormal(alpha: alpha)
  }

  package var arguments: [Double] { [location, scale, alpha] }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    guard let alpha = a[2].constantValue, alpha.isFinite else { return nil }
    return a[0] + a[1] * .tabulated(StandardSkewNormal(alpha: alpha))
  }

  package func quantile(_ p: Double) -> Double { location + scale * standard.quantile(p) }
  package func quantile(survival q: Double) -> Double { location + scale * standard.quantile(survival: q) }
  package func cdf(_ x: Double) -> Double { standard.cdf((x - location) / scale) }
  package func survival(_ x: Double) -> Double { standard.survival((x - location) / scale) }
  package func logCdf(_ x: Double) -> Double { standard.logCdf((x - location) / scale) }
  package func logSurvival(_ x: Double) -> Double { standard.logSurvival((x - location) / scale) }
  package func density(_ x: Double) -> Double { standard.density((x - location) / scale) / scale }
  package func logDensity(_ x: Double) -> Double { standard.logDensity((x - location) / scale) - log(scale) }
  package var mean: Double { location + scale * standard.mean }
  package var sd: Double { scale * standard.sd }
  package var support: ClosedRange<Double> { -.infinity ... .infinity }
}

/// The skew-normal distribution with location 0 and scale 1, as tabulated.
struct StandardSkewNormal: Distribution {
  let alpha: Double

  /// The tails on the side opposite to the skew (light) and on the side of the skew (heavy), for alpha >= 0.
  private func tails(_ z: Double) -> (light: Double, heavy: Double) {
    let beyond = OwenTail.probability(below: z.magnitude, alpha.magnitude)
    if z < 0 { return (beyond, 1 - beyond) }
    let heavy = 2 * StandardNormal.survival(z) - beyond
    return (1 - heavy, heavy)
  }

  private func sides(_ x: Double) -> (lower: Double, upper: Double) {
    if x.isNaN { return (.nan, .nan) }
    let tails = tails(alpha < 0 ? -x : x)
    return alpha < 0 ? (tails.heavy, tails.light) : (tails.light, tails.heavy)
  }

  func quantile(_ p: Double) -> Double { quantile(p, 1 - p) }
  func quantile(survival q: Double) -> Double { quantile(1 - q, q) }

  private func quantile(_ p: Double, _ q: Double) -> Double {
    guard p >= 0, q >= 0 else { return .nan }
    if p == 0 { return -.infinity }
    if q == 0 { return .infinity }
    if alpha < 0 { return -Self(alpha: -alpha).quantile(q, p) }
    let line: ClosedRange<Double> = -.infinity ... .infinity
    if p <= q {
      return QuantileSearch.root(of: p, start: start(p, q), in: line) { x in (tails(x).light, density(x)) }
    }
    return QuantileSearch.root(of: q, upper: true, start: start(p, q), in: line) { x in (tails(x).heavy, density(x)) }
  }

  /// A starting value for alpha >= 0: a normal tail of precision 1 + alpha^2 below 0, twice a normal tail above.
  private func start(_ p: Double, _ q: Double) -> Double {
    let atZero = atan2(1, alpha) / Double.pi
    if p < atZero { return StandardNormal.quantile(0.5 * p / atZero) / hypot(1, alpha) }
    return -StandardNormal.quantile(0.5 * min(q / (1 - atZero), 1))
  }

  func cdf(_ x: Double) -> Double { sides(x).lower }
  func survival(_ x: Double) -> Double { sides(x).upper }
  func logCdf(_ x: Double) -> Double { alpha < 0 ? logHeavy(-x) : logLight(x) }
  func logSurvival(_ x: Double) -> Double { alpha < 0 ? logLight(-x) : logHeavy(x) }

  /// The logarithm of the probability below z for a right-skewed distribution.
  private func logLight(_ z: Double) -> Double {
    if z < 0 { return OwenTail.logProbability(below: -z, alpha.magnitude) }
    let tails = tails(z)
    return LogProbability.of(tails.light, complement: tails.heavy)
  }

  /// The logarithm of the probability above z for a right-skewed distribution: that of both normal tails minus the
  /// light one.
  private func logHeavy(_ z: Double) -> Double {
    guard z > 30 else {
      let tails = tails(z)
      return LogProbability.of(tails.heavy, complement: tails.light)
    }
    let both = 0.6931471805599453 + StandardNormal.logCdf(-z)  // log 2
    // At infinity, and where z^2 overflows, the probability is zero.
    guard both > -.infinity else { return -.infinity }
    return both + LogProbability.complement(OwenTail.logProbability(below: z, alpha.magnitude) - both)
  }

  func density(_ x: Double) -> Double {
    x.isInfinite ? 0 : 2 * StandardNormal.density(x) * StandardNormal.cdf(alpha * x)
  }
  func logDensity(_ x: Double) -> Double {
    x.isInfinite ? -.infinity : log(2) + StandardNormal.logDensity(x) + StandardNormal.logCdf(alpha * x)
  }

  private var delta: Double { alpha / hypot(1, alpha) }
  var mean: Double { 0.79788456080286535588 * delta }  // sqrt(2 / pi)
  var sd: Double { (1 - 0.63661977236758134308 * delta * delta).squareRoot() }  // 2 / pi
  var support: ClosedRange<Double> { -.infinity ... .infinity }
  var description: String { "skew_normal(0, 1, alpha=\(DistributionText.number(alpha)))" }
}
