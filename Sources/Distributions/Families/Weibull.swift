import Foundation

/// P(X > x) = exp(-(x / scale)^shape) for x >= 0: a lifetime whose failure rate is a power of age.
package struct Weibull: ContinuousDistribution {
  package static let name = "weibull"
  package static let summary =
    "a lifetime whose failure rate is a power of age: survival exp(-(x / scale)^shape)"
  package static let source =
    "quantile in closed form: scale (-log(1 - u))^(1 / shape); moments: Johnson, Kotz & Balakrishnan 1994, ch. 21"
  package static let parameterisations = [
    Parameterisation([Parameter("shape", .shape, .positive), Parameter("scale", .scale, .positive)])
  ]

  package let shape: Double
  package let scale: Double

  package init(checked arguments: [Double]) {
    shape = arguments[0]
    scale = arguments[1]
  }

  package var arguments: [Double] { [shape, scale] }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    a[1] * .power(-1 * .logComplement, 1 / a[0])
  }

  /// Below a shape of 1/16 the power of a draw may underflow where its product with the scale does not: the scale is
  /// multiplied by the square root of the power twice.
  package var constantQuantileExpression: QuantileExpression {
    guard shape < 1.0 / 16 else {
      return Self.quantileExpression(of: arguments.map(QuantileExpression.constant)) ?? .constant(.nan)
    }
    let root = QuantileExpression.power(-1 * .logComplement, .constant(0.5 / shape))
    return QuantileExpression.constant(scale) * root * root
  }

  /// (x / scale)^shape for x > 0, also where the quotient overflows or underflows.
  private func power(_ x: Double) -> Double {
    let ratio = x / scale
    return ratio.isNormal ? pow(ratio, shape) : exp(shape * ValueRatio.log(x, scale))
  }

  package func cdf(_ x: Double) -> Double { x <= 0 ? 0 : -expm1(-power(x)) }
  package func survival(_ x: Double) -> Double { x <= 0 ? 1 : exp(-power(x)) }
  package func logSurvival(_ x: Double) -> Double { x <= 0 ? 0 : -power(x) }
  package func logCdf(_ x: Double) -> Double {
    guard x > 0 else { return -.infinity }
    let power = power(x)
    // For small d, 1 - exp(-d) is d to working precision.
    return power < 1e-290 ? shape * ValueRatio.log(x, scale) : LogProbability.complement(-power)
  }
  package func density(_ x: Double) -> Double {
    guard x >= 0, x < .infinity else { return 0 }
    let ratio = x / scale
    if x > 0, !ratio.isNormal { return shape / x * power(x) * exp(-power(x)) }
    return shape / scale * pow(ratio, shape - 1) * exp(-power(x))
  }
  package func logDensity(_ x: Double) -> Double {
    // At 0 the density may have a limit that the logarithmic formula misses.
    guard x > 0, x < .infinity else { return log(density(x)) }
    let ratio = x / scale
    let logRatio = ratio.isNormal ? log(ratio) : ValueRatio.log(x, scale)
    return log(shape / scale) + (shape - 1) * logRatio - power(x)
  }
  package var mean: Double { scale * GammaMoments.ofPower(1 / shape).mean }
  package var sd: Double { scale * GammaMoments.ofPower(1 / shape).sd }
  package var support: ClosedRange<Double> { 0 ... .infinity }

  /// Fits the line through the points (log(-log(1 - p)), log x).
  package static func fit(
    _ low: QuantilePoint, _ high: QuantilePoint, fixed: [String: Double]
  ) throws(DistributionError) -> [Double]? {
    guard low.value > 0 else { throw .outOfDomain(parameter: "low end", value: low.value, domain: .positive) }
    let depth = (-log1p(-low.probability), -log1p(-high.probability))
    let shape = log(depth.1 / depth.0) / ValueRatio.log(high.value, low.value)
    let power = pow(depth.0, -1 / shape)
    return [shape, power.isNormal ? low.value * power : exp(log(low.value) - log(depth.0) / shape)]
  }
}
