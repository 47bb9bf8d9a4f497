import Foundation

/// Density proportional to (1 + t^2 / df)^(-(df + 1) / 2) for t = (x - location) / scale: bell-shaped with power tails;
/// the distribution of a studentised mean of few normal values.
package struct Student: ContinuousDistribution {
  package static let name = "student"
  package static let summary =
    "bell-shaped with power tails: (1 + t^2 / df)^(-(df + 1) / 2) for t = (x - location) / scale; no mean for df <= 1"
  package static let source =
    "incomplete beta function (DLMF 8.17), x = df / (df + t^2), inverted by Newton steps; df = 2 in closed form"
  package static let parameterisations = [
    Parameterisation([
      Parameter("df", .shape, Domain(0, 1e8, includesLow: false)), Parameter("location", .location, defaultValue: 0),
      Parameter("scale", .scale, .positive, defaultValue: 1),
    ])
  ]

  /// Degrees of freedom, not necessarily an integer; the index of both tails.
  package let df: Double
  /// The median.
  package let location: Double
  package let scale: Double
  private let standard: StandardStudent

  package init(checked arguments: [Double]) {
    df = arguments[0]
    location = arguments[1]
    scale = arguments[2]
    standard = StandardStudent(df: df)
  }

  package var arguments: [Double] { [df, location, scale] }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    guard let df = a[0].constantValue, parameterisations[0].parameters[0].domain.contains(df) else { return nil }
    return a[1] + a[2] * StandardStudent(df: df).quantileExpression
  }

  package var constantQuantileExpression: QuantileExpression {
    .constant(location) + .constant(scale) * standard.quantileExpression
  }
  package func quantile(_ p: Double) -> Double { location + scale * standard.quantile(p) }
  package func quantile(survival q: Double) -> Double { location + scale * standard.quantile(survival: q) }
  package func cdf(_ x: Double) -> Double { standard.cdf((x - location) / scale) }
  package func survival(_ x: Double) -> Double { standard.survival((x - location) / scale) }
  package func logCdf(_ x: Double) -> Double { standard.logCdf((x - location) / scale) }
  package func logSurvival(_ x: Double) -> Double { standard.logCdf((location - x) / scale) }
  package func logDensity(_ x: Double) -> Double { standard.logDensity((x - location) / scale) - log(scale) }
  package func density(_ x: Double) -> Double { standard.density((x - location) / scale) / scale }
  /// The location; NaN for df <= 1.
  package var mean: Double { df > 1 ? location : .nan }
  /// scale sqrt(df / (df - 2)); infinite for df <= 2, NaN where the mean does not exist.
  package var sd: Double { scale * standard.sd }
  package var support: ClosedRange<Double> { -.infinity ... .infinity }
  package var tailIndex: Double? { df }
}

/// The Student distribution with location 0 and scale 1, as tabulated.
struct StandardStudent: Distribution {
  let df: Double
  private let function: IncompleteBeta

  init(df: Double) {
    self.df = df
    function = IncompleteBeta(0.5 * df, 0.5)
  }

  /// In far tails the quantile is a power -1 / df of u; below df = 1/2 a table of the inverse hyperbolic sine is more
  /// accurate.
  var quantileExpression: QuantileExpression {
    if df == 2 { return (.probability - .complement) / .squareRoot(2 * (.probability * .complement)) }
    guard df < 0.5 else { return .tabulated(self) }
    let sine = QuantileExpression.exp(.tabulated(ArsinhStudent(student: self)))
    return 0.5 * (sine - 1 / sine)
  }

  /// The logarithm of the distance from the centre for tails so small that x = df / (df + t^2) underflows: 2 tail =
  /// x^(df / 2) / (df / 2 B) to the last digit.
  private func logDistance(_ tail: Double) -> Double {
    0.5 * log(df) - (log(2 * tail) + function.logNear.a) / df
  }

  /// The distance from the centre, from the smaller tail and `inside` = 1 - 2 tail.
  private func distance(_ tail: Double, inside: Double) -> Double {
    guard tail > 0 else { return .infinity }
    let (x, y) = function.quantile(2 * tail, inside)
    if x > 1e-300 { return (df * (y / x)).squareRoot() }
    // As `logDistance`, by powers, which are accurate to an ulp where logarithms are not.
    let exponent = 1 / df
    let lost = (1.0).addingProduct(-exponent, df) / df
    let power = pow(2 * tail, -exponent) * (1 - lost * log(2 * tail))
    return df.squareRoot() * exp(-function.logNear.a / df) * power
  }

  func quantile(_ p: Double) -> Double { quantile(p, 1 - p) }
  func quantile(survival q: Double) -> Double { quantile(1 - q, q) }

  private func quantile(_ p: Double, _ q: Double) -> Double {
    guard p >= 0, q >= 0 else { return .nan }
    return p < q ? -distance(p, inside: q - p) : distance(q, inside: p - q)
  }

  /// The inverse hyperbolic sine of the quantile, also where the quantile itself would overflow.
  func arsinh(_ p: Double, _ q: Double) -> Double {
    let t = quantile(p, q)
    if t.magnitude < 1e150 { return asinh(t) }
    guard p > 0, q > 0 else { return t }
    let y = 0.6931471805599453 + logDistance(min(p, q))
    return p < q ? -y : y
  }

  /// The probability beyond t > 0, and the density.
  private func tail(_ t: Double) -> (tail: Double, density: Double) {
    let r = t / df.squareRoot()
    if r > 1e140 {
      let power = pow(r, -df)
      return (0.5 * exp(-function.logNear.a) * power, exp(-function.logBeta) * power / t)
    }
    let square = r * r
    let (x, y) = (1 / (1 + square), square / (1 + square))
    let density = r > 1e-20 ? function.lead(x, y) / t : exp(-function.logBeta) / df.squareRoot()
    return (0.5 * function.tails(x, y).lower, density)
  }

  func cdf(_ t: Double) -> Double { t.isNaN ? .nan : t < 0 ? tail(-t).tail : 1 - tail(t).tail }
  func survival(_ t: Double) -> Double { t.isNaN ? .nan : t > 0 ? tail(t).tail : 1 - tail(-t).tail }
  func logCdf(_ t: Double) -> Double {
    let cdf = cdf(t)
    guard cdf < 1e-290, t > -.infinity else { return LogProbability.of(cdf, complement: survival(t)) }
    let r = -t / df.squareRoot()
    let both =
      r > 1e140 ? -function.logNear.a - df * log(r) : function.logTails(1 / (1 + r * r), r * r / (1 + r * r)).lower
    return both - 0.6931471805599453  // log 2
  }
  func logSurvival(_ t: Double) -> Double { logCdf(-t) }
  func logDensity(_ t: Double) -> Double {
    let density = density(t)
    guard density < .leastNormalMagnitude, t.isFinite else { return log(density) }
    let r = t.magnitude / df.squareRoot()
    return -function.logBeta - 0.5 * log(df) - 0.5 * (df + 1) * (r > 1e8 ? 2 * log(r) : log1p(r * r))
  }
  func density(_ t: Double) -> Double { t.isInfinite ? 0 : tail(t.magnitude).density }
  var mean: Double { df > 1 ? 0 : .nan }
  var sd: Double { df > 2 ? (df / (df - 2)).squareRoot() : df > 1 ? .infinity : .nan }
  var support: ClosedRange<Double> { -.infinity ... .infinity }
  var tailIndex: Double? { df }
  var description: String { "student(df=\(DistributionText.number(df)))" }
}

/// The inverse hyperbolic sine of a value with a Student distribution.
struct ArsinhStudent: Distribution {
  let student: StandardStudent

  func quantile(_ p: Double) -> Double { student.arsinh(p, 1 - p) }
  func quantile(survival q: Double) -> Double { student.arsinh(1 - q, q) }
  func cdf(_ y: Double) -> Double { student.cdf(sinh(y)) }
  func survival(_ y: Double) -> Double { student.survival(sinh(y)) }
  func density(_ y: Double) -> Double { cosh(y) * student.density(sinh(y)) }
  var mean: Double { 0 }
  var sd: Double { Moments.integrated(self).sd }
  var support: ClosedRange<Double> { -.infinity ... .infinity }
  var description: String { "arsinh(\(student))" }
}
