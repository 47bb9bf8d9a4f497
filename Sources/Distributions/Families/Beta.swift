import Foundation

/// Density t^(alpha - 1) (1 - t)^(beta - 1) / (B(alpha, beta) (high - low)) for t = (x - low) / (high - low): a value
/// between two bounds.
package struct Beta: ContinuousDistribution {
  package static let name = "beta"
  package static let summary =
    "between two ends: x^(alpha - 1) (1 - x)^(beta - 1) / B(alpha, beta) for x from low = 0 to high = 1"
  package static let source =
    "DiDonato & Morris 1992, doi:10.1145/131766.131776, inverted by Newton steps on the logarithm of the tail"
  package static let parameterisations = [
    Parameterisation(
      [
        Parameter("alpha", .shape, StandardBeta.shapes), Parameter("beta", .shape, StandardBeta.shapes),
        Parameter("low", .location, defaultValue: 0), Parameter("high", .location, defaultValue: 1),
      ], orders: [.ascending(["low", "high"])]),
    Parameterisation(
      [
        Parameter("mean", .location), Parameter("sd", .scale, .positive),
        Parameter("low", .location, defaultValue: 0), Parameter("high", .location, defaultValue: 1),
      ], orders: [.ascending(["low", "mean", "high"])],
      condition: { a in
        // One square root of the product is exact at the bound, as for 0.5; two roots neither overflow nor underflow.
        let (below, above) = (a[0] - a[2], a[3] - a[0])
        let product = below * above
        let greatest = product.isNormal ? product.squareRoot() : below.squareRoot() * above.squareRoot()
        return a[1] < greatest
          ? nil
          : .outOfDomain(
            parameter: "sd", value: a[1], domain: Domain(0, greatest, includesLow: false, includesHigh: false))
      },
      canonical: { a in
        // With m and s the mean and sd on 0 ... 1: alpha + beta = m (1 - m) / s^2 - 1.
        let width = a[3] - a[2]
        let below = (a[0] - a[2]) / width
        let above = (a[3] - a[0]) / width
        let spread = a[1] / width
        let size = below * above / (spread * spread) - 1
        return [below * size, above * size, a[2], a[3]]
      }),
  ]

  /// The shape at the lower end.
  package let alpha: Double
  /// The shape at the upper end.
  package let beta: Double
  /// The smallest value.
  package let low: Double
  /// The largest value.
  package let high: Double
  private let standard: StandardBeta

  package init(checked arguments: [Double]) {
    self.init(alpha: arguments[0], beta: arguments[1], low: arguments[2], high: arguments[3])
  }

  /// The distribution for positive shapes and low < high, which are not checked.
  init(alpha: Double, beta: Double, low: Double = 0, high: Double = 1) {
    self.alpha = alpha
    self.beta = beta
    self.low = low
    self.high = high
    standard = StandardBeta(alpha, beta)
  }

  package var arguments: [Double] { [alpha, beta, low, high] }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    StandardBeta.quantileExpression(alpha: a[0], beta: a[1], low: a[2], high: a[3])
  }

  package var constantQuantileExpression: QuantileExpression {
    standard.quantileExpression(low: .constant(low), high: .constant(high))
  }

  package func quantile(_ p: Double) -> Double { image(standard.pair(p, 1 - p)) }
  package func quantile(survival q: Double) -> Double { image(standard.pair(1 - q, q)) }

  /// The value, computed from the nearer end so that the end itself is reached exactly.
  private func image(_ pair: (x: Double, y: Double)) -> Double {
    pair.x <= 0.5 ? low + (high - low) * pair.x : high - (high - low) * pair.y
  }

  private func pair(_ x: Double) -> (Double, Double) { ((x - low) / (high - low), (high - x) / (high - low)) }

  package func cdf(_ x: Double) -> Double { standard.tails(pair(x)).lower }
  package func survival(_ x: Double) -> Double { standard.tails(pair(x)).upper }
  package func logCdf(_ x: Double) -> Double { standard.logTails(pair(x)).lower }
  package func logSurvival(_ x: Double) -> Double { standard.logTails(pair(x)).upper }
  package func logDensity(_ x: Double) -> Double {
    let (y, z) = pair(x)
    guard y > 0, z > 0, density(x) < .leastNormalMagnitude else { return log(density(x)) }
    return standard.function.logLead(y, z) - log(y) - log(z) - log(high - low)
  }
  package func density(_ x: Double) -> Double {
    x >= low && x <= high ? standard.tails(pair(x)).density / (high - low) : 0
  }
  package var mean: Double { low + (high - low) * standard.mean }
  package var sd: Double { (high - low) * standard.sd }
  package var support: ClosedRange<Double> { low...high }

  /// Fits both shapes by `BetaFit`; nil if one of them is given.
  package static func fit(
    _ low: QuantilePoint, _ high: QuantilePoint, fixed: [String: Double]
  ) throws(DistributionError) -> [Double]? {
    guard fixed["alpha"] == nil, fixed["beta"] == nil else { return nil }
    let ends = try BoundedFit.ends(fixed, low, high)
    func point(_ point: QuantilePoint) -> BetaFit.Point {
      let (x, y) = BoundedFit.place(point, ends)
      return (log(point.probability / (1 - point.probability)), x, y)
    }
    guard let shapes = BetaFit(point(low), point(high)).shapes() else {
      throw .noFit(distribution: name, low: low, high: high, nearest: nil)
    }
    return [shapes.alpha, shapes.beta, ends.low, ends.high]
  }
}

/// The beta distribution on 0 ... 1, as tabulated.
struct StandardBeta: Distribution {
  /// Shapes beyond 1e8, a distribution of relative width 1e-4 or less, would need many terms of the continued fraction.
  static let shapes = Domain(0, 1e8, includesLow: false)

  let function: IncompleteBeta

  init(_ alpha: Double, _ beta: Double) { function = IncompleteBeta(alpha, beta) }

  /// The distribution between two ends as an expression with a table; nil unless the shapes are constant.
  static func quantileExpression(
    alpha: QuantileExpression, beta: QuantileExpression, low: QuantileExpression, high: QuantileExpression
  ) -> QuantileExpression? {
    guard let alpha = alpha.constantValue, let beta = beta.constantValue, shapes.contains(alpha), shapes.contains(beta)
    else { return nil }
    return StandardBeta(alpha, beta).quantileExpression(low: low, high: high)
  }

  /// The distribution between two ends as an expression with a table.
  func quantileExpression(low: QuantileExpression, high: QuantileExpression) -> QuantileExpression {
    let table = quantileExpression
    if low.constantValue == 0 { return high.constantValue == 1 ? table : high * table }
    return low + (high - low) * table
  }

  func tails(_ pair: (x: Double, y: Double)) -> (lower: Double, upper: Double, density: Double) {
    pair.x.isNaN ? (.nan, .nan, .nan) : function.tails(pair.x, pair.y)
  }

  /// Near an end the quantile's distance from it is a power 1 / shape of the tail; for shapes below 1/6 a table of
  /// log(x / (1 - x)) is more accurate.
  var quantileExpression: QuantileExpression {
    guard min(function.a, function.b) < 1.0 / 6 else { return .tabulated(self) }
    return 1 / (1 + .exp(-1 * .tabulated(LogitStandardBeta(beta: self))))
  }

  /// The value and its complement at a probability and its complement.
  func logTails(_ pair: (x: Double, y: Double)) -> (lower: Double, upper: Double) {
    guard pair.x > 0, pair.y > 0 else {
      let tails = tails(pair)
      return (log(tails.lower), log(tails.upper))
    }
    return function.logTails(pair.x, pair.y)
  }

  func pair(_ p: Double, _ q: Double) -> (x: Double, y: Double) {
    p >= 0 && q >= 0 ? function.quantile(p, q) : (.nan, .nan)
  }

  func quantile(_ p: Double) -> Double { pair(p, 1 - p).x }
  func quantile(survival q: Double) -> Double { pair(1 - q, q).x }
  func cdf(_ x: Double) -> Double { tails((x, 1 - x)).lower }
  func survival(_ x: Double) -> Double { tails((x, 1 - x)).upper }
  func density(_ x: Double) -> Double { x >= 0 && x <= 1 ? tails((x, 1 - x)).density : 0 }
  var mean: Double { function.a / (function.a + function.b) }
  var sd: Double {
    let size = function.a + function.b
    return (function.a / size * (function.b / size) / (size + 1)).squareRoot()
  }
  var support: ClosedRange<Double> { 0...1 }
  var description: String {
    "beta(alpha=\(DistributionText.number(function.a)), beta=\(DistributionText.number(function.b)))"
  }
}

/// log(x / (1 - x)) for x with the beta distribution on 0 ... 1.
struct LogitStandardBeta: Distribution {
  let beta: StandardBeta

  func quantile(_ p: Double) -> Double { value(p, 1 - p) }
  func quantile(survival q: Double) -> Double { value(1 - q, q) }

  private func value(_ p: Double, _ q: Double) -> Double {
    guard p > 0, q > 0 else { return p == 0 ? -.infinity : q == 0 ? .infinity : .nan }
    let (x, y) = beta.pair(p, q)
    let function = beta.function
    // Where x or y underflows, the tail is x^a / (a B) or y^b / (b B) to the last digit.
    if x < 1e-300 { return (log(p) + function.logNear.a) / function.a }
    if y < 1e-300 { return -(log(q) + function.logNear.b) / function.b }
    return log(x) - log(y)
  }

  private func pair(_ z: Double) -> (Double, Double) { (1 / (1 + exp(-z)), 1 / (1 + exp(z))) }
  func cdf(_ z: Double) -> Double { beta.tails(pair(z)).lower }
  func survival(_ z: Double) -> Double { beta.tails(pair(z)).upper }
  func density(_ z: Double) -> Double {
    let (x, y) = pair(z)
    return x > 0 && y > 0 ? beta.function.lead(x, y) : 0
  }
  var mean: Double { Moments.integrated(self).mean }
  var sd: Double { Moments.integrated(self).sd }
  var support: ClosedRange<Double> { -.infinity ... .infinity }
  var description: String { "logit(\(beta))" }
}
