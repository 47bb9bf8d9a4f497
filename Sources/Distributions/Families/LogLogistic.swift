import Foundation

/// P(X <= x) = 1 / (1 + (scale / x)^shape) for x > 0: the logarithm is logistic, and the upper tail is a power.
package struct LogLogistic: ContinuousDistribution {
  package static let name = "loglogistic"
  package static let summary =
    "positive, its logarithm logistic: cdf 1 / (1 + (scale / x)^shape); no mean for shape <= 1, no variance for <= 2"
  package static let source =
    "quantile in closed form: scale (u / (1 - u))^(1 / shape); moments: Johnson, Kotz & Balakrishnan 1995, section 23.11"
  package static let parameterisations = [
    Parameterisation([Parameter("shape", .shape, .positive), Parameter("scale", .scale, .positive)])
  ]

  package let shape: Double
  /// The median.
  package let scale: Double

  package init(checked arguments: [Double]) {
    shape = arguments[0]
    scale = arguments[1]
  }

  package var arguments: [Double] { [shape, scale] }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    a[1] * .power(.probability / .complement, 1 / a[0])
  }

  /// (a / b)^shape; by logarithms where the rounding of a / b, amplified by a large shape, would matter.
  private func power(_ a: Double, _ b: Double) -> Double {
    a < 2 * b && b < 2 * a ? exp(shape * ValueRatio.log(a, b)) : pow(a / b, shape)
  }

  package func cdf(_ x: Double) -> Double { x <= 0 ? 0 : 1 / (1 + power(scale, x)) }
  package func survival(_ x: Double) -> Double { x <= 0 ? 1 : 1 / (1 + power(x, scale)) }
  package func logCdf(_ x: Double) -> Double {
    x <= 0 ? -.infinity : LogProbability.logistic(shape * ValueRatio.log(x, scale))
  }
  package func logSurvival(_ x: Double) -> Double {
    x <= 0 ? 0 : LogProbability.logistic(shape * ValueRatio.log(scale, x))
  }
  package func logDensity(_ x: Double) -> Double {
    x > 0 && x < .infinity ? log(shape) - log(x) + logCdf(x) + logSurvival(x) : log(density(x))
  }
  package func density(_ x: Double) -> Double {
    guard x >= 0, x < .infinity else { return 0 }
    if x == 0 { return shape < 1 ? .infinity : shape == 1 ? 1 / scale : 0 }
    return shape / x * cdf(x) * survival(x)
  }

  /// With b = pi / shape, scale b / sin b; infinite for shapes up to 1.
  package var mean: Double {
    let b = Double.pi / shape
    return shape > 1 ? scale * (b / sin(b)) : .infinity
  }

  /// scale sqrt(b (tan b - b)) / sin b; infinite for shapes up to 2, NaN where the mean is infinite.
  package var sd: Double {
    guard shape > 2 else { return shape > 1 ? .infinity : .nan }
    let b = Double.pi / shape
    // sin b - b cos b as the sum over n >= 1 of -(-1)^n 2 n b^(2 n + 1) / (2 n + 1)!, accurate for small b.
    var power = b * b * b / 6
    var difference = 0.0
    for n in 1...14 {
      difference += (n.isMultiple(of: 2) ? -2 : 2) * Double(n) * power
      power *= b * b / Double((2 * n + 2) * (2 * n + 3))
    }
    return scale * (b * difference / cos(b)).squareRoot() / sin(b)
  }
  package var support: ClosedRange<Double> { 0 ... .infinity }
  package var tailIndex: Double? { shape }

  /// Fits the line through the points (log(p / (1 - p)), log x).
  package static func fit(
    _ low: QuantilePoint, _ high: QuantilePoint, fixed: [String: Double]
  ) throws(DistributionError) -> [Double]? {
    guard low.value > 0 else { throw .outOfDomain(parameter: "low end", value: low.value, domain: .positive) }
    let scores = [low, high].map { log($0.probability / (1 - $0.probability)) }
    let shape = (scores[1] - scores[0]) / ValueRatio.log(high.value, low.value)
    return [shape, ValueRatio.times(low.value, exp: -scores[0] / shape)]
  }
}
