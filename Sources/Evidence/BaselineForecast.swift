import Distributions
import Foundation

/// What one would say of a case who knows nothing of it but other cases: Student's distribution of their logarithms.
///
/// The prediction of another value of a normal sample: mean m, scale s sqrt(1 + 1/n), n - 1 degrees of freedom (Gelman et
/// al. 2013, Bayesian Data Analysis, 3rd ed., p. 66), so that few cases make a wide distribution.
struct BaselineForecast {
  private let mean: Double
  private let scale: Double
  private let df: Double
  /// The mean absolute difference of two values of the standard distribution.
  private let difference: Double

  /// Fewer values than these leave the distribution without a mean deviation worth the name.
  private static let leastValues = 3

  /// The distribution fitted to values; nil if they are too few, all the same, or not positive.
  init?(_ values: [Double]) {
    guard values.count >= Self.leastValues, values.allSatisfy({ $0 > 0 }) else { return nil }
    let logarithms = values.map { log($0) }
    let n = Double(values.count)
    let mean = logarithms.reduce(0, +) / n
    let variance = logarithms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    guard variance > 0 else { return nil }
    self.mean = mean
    scale = (variance * (1 + 1 / n)).squareRoot()
    df = n - 1
    // 4 sqrt(df) / (df - 1) B(1/2, df - 1/2) / B(1/2, df/2)²
    func logBeta(_ a: Double, _ b: Double) -> Double { LogGamma.value(a) + LogGamma.value(b) - LogGamma.value(a + b) }
    difference = 4 * df.squareRoot() / (df - 1) * exp(logBeta(0.5, df - 0.5) - 2 * logBeta(0.5, 0.5 * df))
  }

  /// The continuous ranked probability score of a value's logarithm: s (z (2 F(z) - 1) + 2 f(z) (df + z²) / (df - 1))
  /// less half of the mean difference (Jordan, Krüger & Lerch 2019, doi:10.18637/jss.v090.i12, appendix A).
  func logCrps(of value: Double) -> Double {
    guard value > 0, let distribution = TestDistribution.student(df: df) else { return .nan }
    let z = (log(value) - mean) / scale
    let deviation = z * (2 * distribution.cdf(z) - 1) + 2 * distribution.density(z) * (df + z * z) / (df - 1)
    return scale * (deviation - 0.5 * difference)
  }
}
