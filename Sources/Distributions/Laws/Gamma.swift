import Foundation

/// A positive value: a sum of waits, or a skewed quantity with a light tail.
package struct Gamma: ClosedFormLaw {
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

  package static func form(of a: [QuantileForm]) -> QuantileForm? {
    guard let shape = a[0].constantValue, Domain.positive.contains(shape) else { return nil }
    return a[1] * StandardGamma(shape: shape).form
  }

  package var constantForm: QuantileForm { .constant(scale) * standard.form }
  package func quantile(_ p: Double) -> Double { scale * standard.quantile(p) }
  package func quantile(survival q: Double) -> Double { scale * standard.quantile(survival: q) }
  package func cdf(_ x: Double) -> Double { standard.cdf(x / scale) }
  package func survival(_ x: Double) -> Double { standard.survival(x / scale) }
  package func density(_ x: Double) -> Double { standard.density(x / scale) / scale }
  package func logDensity(_ x: Double) -> Double { standard.logDensity(x / scale) - log(scale) }
  package var mean: Double { shape * scale }
  package var sd: Double { shape.squareRoot() * scale }
  package var support: ClosedRange<Double> { 0 ... .infinity }
}

/// The gamma law of scale 1, which is what a table holds.
struct StandardGamma: Law {
  let function: IncompleteGamma

  /// Near 0 the quantile is a power 1 / shape of u: below 1/6 its logarithm makes the better table.
  var form: QuantileForm {
    function.shape < 1.0 / 6 ? .exp(.tabulated(LogStandardGamma(gamma: self))) : .tabulated(self)
  }

  init(shape: Double) { function = IncompleteGamma(shape: shape) }

  func quantile(_ p: Double) -> Double { p >= 0 && p <= 1 ? function.quantile(p, 1 - p) : .nan }
  func quantile(survival q: Double) -> Double { q >= 0 && q <= 1 ? function.quantile(1 - q, q) : .nan }
  func cdf(_ x: Double) -> Double { x.isNaN ? .nan : function.tails(x).lower }
  func survival(_ x: Double) -> Double { x.isNaN ? .nan : function.tails(x).upper }
  func density(_ x: Double) -> Double { function.tails(x).density }
  func logDensity(_ x: Double) -> Double {
    let density = density(x)
    guard density < .leastNormalMagnitude, x > 0, x < .infinity else { return log(density) }
    return function.shape * log(x) - x - function.logGammaNext + log(function.shape) - log(x)
  }
  var mean: Double { function.shape }
  var sd: Double { function.shape.squareRoot() }
  var support: ClosedRange<Double> { 0 ... .infinity }
  var description: String { "gamma(shape=\(LawText.number(function.shape)), scale=1)" }
}

/// The logarithm of a value that has the gamma law of scale 1.
struct LogStandardGamma: Law {
  let gamma: StandardGamma

  func quantile(_ p: Double) -> Double {
    let x = gamma.quantile(p)
    // Where x underflows, P = x^a / Gamma(a + 1) to the last digit.
    return x > 1e-300 || p <= 0 ? log(x) : (log(p) + gamma.function.logGammaNext) / gamma.function.shape
  }
  func quantile(survival q: Double) -> Double {
    q > 0.5 ? quantile(1 - q) : log(gamma.quantile(survival: q))
  }
  func cdf(_ y: Double) -> Double { gamma.cdf(exp(y)) }
  func survival(_ y: Double) -> Double { gamma.survival(exp(y)) }
  func density(_ y: Double) -> Double { exp(y) * gamma.density(exp(y)) }
  var mean: Double { Moments.integrated(self).mean }
  var sd: Double { Moments.integrated(self).sd }
  var support: ClosedRange<Double> { -.infinity ... .infinity }
  var description: String { "log(\(gamma))" }
}
