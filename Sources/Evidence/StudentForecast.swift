import Distributions
import Foundation

/// A forecast of a value's logarithm by a Student distribution.
struct StudentForecast {
  /// The centre.
  let mean: Double
  /// The scale.
  let scale: Double
  /// The degrees of freedom, above 1.
  let df: Double
  /// The mean absolute difference of two values of the standard distribution.
  private let difference: Double

  /// A forecast with a centre, a scale and more than one degree of freedom.
  init(mean: Double, scale: Double, df: Double) {
    self.mean = mean
    self.scale = scale
    self.df = df
    // 4 sqrt(df) / (df - 1) B(1/2, df - 1/2) / B(1/2, df/2)²
    func logBeta(_ a: Double, _ b: Double) -> Double { LogGamma.value(a) + LogGamma.value(b) - LogGamma.value(a + b) }
    difference = 4 * df.squareRoot() / (df - 1) * exp(logBeta(0.5, df - 0.5) - 2 * logBeta(0.5, 0.5 * df))
  }

  /// The continuous ranked probability score of a logarithm: s (z (2 F(z) - 1) + 2 f(z) (df + z²) / (df - 1)) less half of
  /// the mean difference (Jordan, Krüger & Lerch 2019, doi:10.18637/jss.v090.i12, appendix A).
  func crps(of logarithm: Double) -> Double {
    guard let distribution = TestDistribution.student(df: df) else { return .nan }
    let z = (logarithm - mean) / scale
    let deviation = z * (2 * distribution.cdf(z) - 1) + 2 * distribution.density(z) * (df + z * z) / (df - 1)
    return scale * (deviation - 0.5 * difference)
  }
}
