import Foundation

/// Density (x / scale)^(shape - 1) exp(-x / scale) / (scale Gamma(shape)) for x > 0: a sum of waiting times, or a
/// skewed quantity with a light tail.
package struct Gamma: ContinuousDistribution {
  package static let name = "gamma"
  package static let summary =
    "positive and skewed: (x / scale)^(shape - 1) exp(-x / scale) / (scale Gamma(shape))"
  package static let source =
    "series and continued fraction of DLMF 8.11.4 and 8.9.2, inverted by Newton steps on the logarithm of the tail"
  package static let parameterisations = [
    Parameterisation([Parameter("shape", .shape, .positive), Parameter("scale", .scale, .positive)])
  ]

  package let shape: Double
  package let scale: Double
  private let standard: StandardGamma

  package init(checked arguments: [Double]) {
    shape = arguments[0]
    scale = arguments[1]
    standard = StandardGamma(shape: shape)
  }

  package var arguments: [Double] { [shape, scale] }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    guard let shape = a[0].constantValue, Domain.positive.contains(shape) else { return nil }
    return a[1] * StandardGamma(shape: shape).quantileExpression
  }

  /// Below a shape of 1/16 a draw of scale 1 may underflow where its product with the scale does not. The scale is
  /// therefore multiplied twice by the square root of the draw.
  package var constantQuantileExpression: QuantileExpression {
    guard shape < 1.0 / 16 else { return .constant(scale) * standard.quantileExpression }
    let root = QuantileExpression.exp(0.5 * .tabulated(LogStandardGamma(gamma: standard)))
    return QuantileExpression.constant(scale) * root * root
  }

  package func quantile(_ p: Double) -> Double {
    let z = standard.quantile(p)
    guard z < .leastNormalMagnitude, p > 0 else { return scale * z }
    return exp(log(scale) + LogStandardGamma(gamma: standard).quantile(p))
  }
  package func quantile(survival q: Double) -> Double {
    let z = standard.quantile(survival: q)
    guard z < .leastNormalMagnitude, q < 1 else { return scale * z }
    return exp(log(scale) + LogStandardGamma(gamma: standard).quantile(1 - q))
  }

  /// log(cdf) where x / scale is subnormal and loses digits: P = (x / scale)^shape / Gamma(shape + 1) to the last
  /// digit; nil elsewhere.
  private func logNearZero(_ x: Double) -> Double? {
    let z = x / scale
    guard x > 0, z < .leastNormalMagnitude, z * scale != x else { return nil }
    return shape * ValueRatio.log(x, scale) - standard.function.logGammaNext
  }

  package func cdf(_ x: Double) -> Double { logNearZero(x).map { exp($0) } ?? standard.cdf(x / scale) }
  package func survival(_ x: Double) -> Double { logNearZero(x).map { -expm1($0) } ?? standard.survival(x / scale) }
  package func logCdf(_ x: Double) -> Double { logNearZero(x) ?? standard.logCdf(x / scale) }
  package func logSurvival(_ x: Double) -> Double {
    logNearZero(x).map { LogProbability.complement($0) } ?? standard.logSurvival(x / scale)
  }
  package func density(_ x: Double) -> Double {
    logNearZero(x).map { exp($0 + log(shape) - log(x)) } ?? standard.density(x / scale) / scale
  }
  package func logDensity(_ x: Double) -> Double {
    logNearZero(x).map { $0 + log(shape) - log(x) } ?? standard.logDensity(x / scale) - log(scale)
  }
  package var mean: Double { shape * scale }
  package var sd: Double { shape.squareRoot() * scale }
  package var support: ClosedRange<Double> { 0 ... .infinity }

  /// The ratio of the two quantiles depends on the shape alone and decreases from infinity to 1 as the shape grows; the
  /// scale follows. Quantiles are compared by their logarithms, which do not underflow for small shapes.
  package static func fit(
    _ low: QuantilePoint, _ high: QuantilePoint, fixed: [String: Double]
  ) throws(DistributionError) -> [Double]? {
    guard low.value > 0 else { throw .outOfDomain(parameter: "low end", value: low.value, domain: .positive) }
    let wanted = ValueRatio.log(high.value, low.value)
    func excess(_ logShape: Double) -> Double {
      let gamma = StandardGamma(shape: exp(logShape))
      let ends = (gamma.quantile(at: low), gamma.quantile(at: high))
      if ends.0 > 1e-300 { return wanted - ValueRatio.log(ends.1, ends.0) }
      let logarithm = LogStandardGamma(gamma: gamma)
      return wanted - (logarithm.quantile(at: high) - logarithm.quantile(at: low))
    }
    // With shapes beyond e^75 the two quantiles would be the same or neighbouring doubles.
    guard let (from, to) = RootFinding.bracket(near: 0, in: -690...75, excess),
      let root = RootFinding.bracketed(from, to, excess)
    else { throw .noFit(distribution: name, low: low, high: high, nearest: nil) }
    let shape = exp(root)
    let gamma = StandardGamma(shape: shape)
    let z = gamma.quantile(at: low)
    let scale = z > 1e-300 ? low.value / z : exp(log(low.value) - LogStandardGamma(gamma: gamma).quantile(at: low))
    return [shape, scale]
  }
}

/// The gamma distribution with scale 1, as tabulated.
struct StandardGamma: Distribution {
  let function: IncompleteGamma

  /// Near 0 the quantile is a power 1 / shape of u; for shapes below 1/6 a table of its logarithm is more accurate.
  var quantileExpression: QuantileExpression {
    function.shape < 1.0 / 6 ? .exp(.tabulated(LogStandardGamma(gamma: self))) : .tabulated(self)
  }

  init(shape: Double) { function = IncompleteGamma(shape: shape) }

  func quantile(_ p: Double) -> Double { p >= 0 && p <= 1 ? function.quantile(p, 1 - p) : .nan }
  func quantile(survival q: Double) -> Double { q >= 0 && q <= 1 ? function.quantile(1 - q, q) : .nan }
  func cdf(_ x: Double) -> Double { x.isNaN ? .nan : function.tails(x).lower }
  func survival(_ x: Double) -> Double { x.isNaN ? .nan : function.tails(x).upper }
  func logCdf(_ x: Double) -> Double { x > 0 ? function.logTails(x).lower : log(cdf(x)) }
  func logSurvival(_ x: Double) -> Double { x > 0 ? function.logTails(x).upper : log(survival(x)) }
  func density(_ x: Double) -> Double { function.tails(x).density }
  func logDensity(_ x: Double) -> Double {
    let density = density(x)
    guard density < .leastNormalMagnitude, x > 0, x < .infinity else { return log(density) }
    return function.shape * log(x) - x - function.logGammaNext + log(function.shape) - log(x)
  }
  var mean: Double { function.shape }
  var sd: Double { function.shape.squareRoot() }
  var support: ClosedRange<Double> { 0 ... .infinity }
  var description: String { "gamma(shape=\(DistributionText.number(function.shape)), scale=1)" }
}

/// The logarithm of a value with the gamma distribution of scale 1.
struct LogStandardGamma: Distribution {
  let gamma: StandardGamma

  func quantile(_ p: Double) -> Double {
    let x = gamma.quantile(p)
    // Where x underflows, P = x^a / Gamma(a + 1) to the last digit.
    return x > 1e-300 || p <= 0 ? log(x) : (log(p) + gamma.function.logGammaNext) / gamma.function.shape
  }
  func quantile(survival q: Double) -> Double {
    if q > 0.5 { return quantile(1 - q) }
    let x = gamma.quantile(survival: q)
    return x > 1e-300 || q <= 0 ? log(x) : quantile(1 - q)
  }
  func cdf(_ y: Double) -> Double { gamma.cdf(exp(y)) }
  func survival(_ y: Double) -> Double { gamma.survival(exp(y)) }
  func density(_ y: Double) -> Double { exp(y) * gamma.density(exp(y)) }
  var mean: Double { Moments.integrated(self).mean }
  var sd: Double { Moments.integrated(self).sd }
  var support: ClosedRange<Double> { -.infinity ... .infinity }
  var description: String { "log(\(gamma))" }
}
