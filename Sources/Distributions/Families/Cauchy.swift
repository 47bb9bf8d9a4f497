import Foundation

/// Density 1 / (pi scale (1 + ((x - location) / scale)^2)): the ratio of two independent normal values of mean 0. It
/// has no mean.
package struct Cauchy: ContinuousDistribution {
  package static let name = "cauchy"
  package static let summary =
    "a peak with the heaviest tails, no mean: 1 / (pi scale (1 + ((x - location) / scale)^2))"
  package static let source =
    "quantile in closed form: location - scale cot(pi u); Johnson, Kotz & Balakrishnan 1994, ch. 16"
  package static let parameterisations = [
    Parameterisation([Parameter("location", .location), Parameter("scale", .scale, .positive)])
  ]

  /// The median.
  package let location: Double
  /// Half the interquartile range.
  package let scale: Double

  package init(checked arguments: [Double]) {
    location = arguments[0]
    scale = arguments[1]
  }

  package var arguments: [Double] { [location, scale] }

  /// A table of cotangents is cheaper than the system's tangent and gives the same bits on every platform.
  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    a[0] + a[1] * .tabulated(StandardCauchy())
  }

  package func quantile(_ p: Double) -> Double { location + scale * StandardCauchy().quantile(p) }
  package func quantile(survival q: Double) -> Double { location + scale * StandardCauchy().quantile(survival: q) }
  package func cdf(_ x: Double) -> Double { StandardCauchy().cdf((x - location) / scale) }
  package func survival(_ x: Double) -> Double { StandardCauchy().survival((x - location) / scale) }
  package func density(_ x: Double) -> Double { StandardCauchy().density((x - location) / scale) / scale }
  package func logDensity(_ x: Double) -> Double { StandardCauchy().logDensity((x - location) / scale) - log(scale) }
  /// NaN: the integral does not converge.
  package var mean: Double { .nan }
  /// NaN: the mean does not exist.
  package var sd: Double { .nan }
  package var support: ClosedRange<Double> { -.infinity ... .infinity }
  package var tailIndex: Double? { 1 }
}

/// The Cauchy distribution with location 0 and scale 1, as tabulated.
struct StandardCauchy: Distribution {
  /// The distance above the median with an upper tail of up to 1/2.
  private static func distance(_ tail: Double) -> Double {
    tail < 0.25 ? 1 / tan(Double.pi * tail) : tan(Double.pi * (0.5 - tail))
  }

  func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    return p == 0 ? -.infinity : p <= 0.5 ? -Self.distance(p) : quantile(survival: 1 - p)
  }
  func quantile(survival q: Double) -> Double {
    guard q >= 0, q <= 1 else { return .nan }
    return q == 0 ? .infinity : q <= 0.5 ? Self.distance(q) : quantile(1 - q)
  }
  func cdf(_ x: Double) -> Double { atan2(1, -x) / Double.pi }
  func survival(_ x: Double) -> Double { atan2(1, x) / Double.pi }
  func density(_ x: Double) -> Double { 1 / (Double.pi * (1 + x * x)) }
  func logDensity(_ x: Double) -> Double {
    x.magnitude < 1e100 ? log(density(x)) : -log(Double.pi) - 2 * log(x.magnitude)
  }
  var mean: Double { .nan }
  var sd: Double { .nan }
  var support: ClosedRange<Double> { -.infinity ... .infinity }
  var tailIndex: Double? { 1 }
  var description: String { "cauchy(0, 1)" }
}
