import Foundation

/// Density exp(-(log x - mu)^2 / (2 sigma^2)) / (x sigma sqrt(2 pi)) for x > 0: the product of many independent
/// positive factors.
package struct LogNormal: ContinuousDistribution {
  package static let name = "lognormal"
  package static let summary =
    "positive, its logarithm normal: exp(-(log x - mu)^2 / (2 sigma^2)) / (x sigma sqrt(2 pi))"
  package static let source = "exponential of the normal quantile; moments: Johnson, Kotz & Balakrishnan 1994, ch. 14"
  package static let parameterisations = [
    Parameterisation([Parameter("mu", .shape), Parameter("sigma", .shape, .positive)]),
    Parameterisation(
      [Parameter("mean", .scale, .positive), Parameter("sd", .scale, .positive)],
      canonical: { a in
        // sigma^2 = log(1 + (sd / mean)^2), mu = log(mean) - sigma^2 / 2
        let ratio = a[1] / a[0]
        // For constants whose squared ratio overflows or underflows: 2 log(ratio), and for sigma the ratio itself.
        if let constant = ratio.constantValue, constant > 1e150 {
          return [.log(a[0]) - .log(ratio), .squareRoot(2 * .log(ratio))]
        }
        if let constant = ratio.constantValue, constant < 1e-150 { return [.log(a[0]), ratio] }
        let variance = QuantileExpression.log1p(ratio * ratio)
        return [.log(a[0]) - 0.5 * variance, .squareRoot(variance)]
      }),
    Parameterisation(
      [
        Parameter("median", .scale, .positive),
        Parameter("gsd", .shape, Domain(1, .infinity, includesLow: false, includesHigh: false)),
      ],
      canonical: { a in [.log(a[0]), .log(a[1])] }),
  ]

  /// The mean of the logarithm.
  package let mu: Double
  /// The sd of the logarithm.
  package let sigma: Double

  package init(checked arguments: [Double]) {
    mu = arguments[0]
    sigma = arguments[1]
  }

  package var arguments: [Double] { [mu, sigma] }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    .exp(a[0] + a[1] * .score)
  }

  package func cdf(_ x: Double) -> Double { x <= 0 ? 0 : StandardNormal.cdf((log(x) - mu) / sigma) }
  package func survival(_ x: Double) -> Double { x <= 0 ? 1 : StandardNormal.survival((log(x) - mu) / sigma) }
  package func logCdf(_ x: Double) -> Double { x <= 0 ? -.infinity : StandardNormal.logCdf((log(x) - mu) / sigma) }
  package func logSurvival(_ x: Double) -> Double { x <= 0 ? 0 : StandardNormal.logCdf((mu - log(x)) / sigma) }
  package func density(_ x: Double) -> Double {
    x > 0 && x < .infinity ? StandardNormal.density((log(x) - mu) / sigma) / (x * sigma) : 0
  }
  package func logDensity(_ x: Double) -> Double {
    x > 0 && x < .infinity ? StandardNormal.logDensity((log(x) - mu) / sigma) - log(x) - log(sigma) : -.infinity
  }
  package var mean: Double { exp(mu + 0.5 * sigma * sigma) }
  package var sd: Double {
    let variance = sigma * sigma
    // For larger variances exp(sigma^2) - 1 equals exp(sigma^2), which may overflow where the product does not.
    return variance > 600 ? exp(mu + variance) : mean * expm1(variance).squareRoot()
  }
  package var support: ClosedRange<Double> { 0 ... .infinity }

  package static func fit(
    _ low: QuantilePoint, _ high: QuantilePoint, fixed: [String: Double]
  ) throws(DistributionError) -> [Double]? {
    guard low.value > 0 else { throw .outOfDomain(parameter: "low end", value: low.value, domain: .positive) }
    let scores = LocationScaleFit.scores(low, high)
    let (mu, sigma) = LocationScaleFit.line(
      through: (scores.0, log(low.value)),
      (scores.1, log(high.value)))
    // The difference of the logarithms of nearly equal values is smaller than their rounding.
    guard high.value > 1.001 * low.value else {
      return [mu, ValueRatio.log(high.value, low.value) / (scores.1 - scores.0)]
    }
    return [mu, sigma]
  }
}
