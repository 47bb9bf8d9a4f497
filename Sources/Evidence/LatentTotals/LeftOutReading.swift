import Distributions
import LinearAlgebra

/// The distribution of one reading given all others: a mixture of normal distributions over sets of standard
/// deviations.
///
/// With V⁻¹ the inverse covariance of all readings, reading j given the others is normal with mean
/// y_j - (V⁻¹ (y - m))_j / (V⁻¹)_jj and variance 1 / (V⁻¹)_jj (Sundararajan & Keerthi 2001,
/// doi:10.1162/08997660151134343, section 3.1). The sets are those of the posterior given all readings, so that each
/// gets a weight proportional to one over the density of reading j under it.
struct LeftOutReading {
  private let parts: [(mean: Double, sd: Double, weight: Double)]

  /// The distributions of all readings; nil where a covariance is not positive definite.
  static func all(of model: VarianceComponents, strata: [[Double]]) -> [LeftOutReading]? {
    let count = model.residuals.count
    var parts = [[(mean: Double, sd: Double, logDensity: Double)]](repeating: [], count: count)
    for sds in strata {
      guard let fit = model.fit(sds) else { return nil }
      for j in 0..<count {
        var unit = [Double](repeating: 0, count: count)
        unit[j] = 1
        let half = TriangularSystem.solved(fit.factor, unit)
        let precision = half.reduce(0) { $0 + $1 * $1 }
        let distance = fit.solution[j] / precision
        parts[j].append(
          (-distance, 1 / precision.squareRoot(), 0.5 * log(precision) - 0.5 * distance * distance * precision))
      }
    }
    return parts.map { own in
      let least = own.map(\.logDensity).min() ?? 0
      return LeftOutReading(
        parts: own.map { ($0.mean, $0.sd, exp(least - $0.logDensity)) })
    }
  }

  private init(parts: [(mean: Double, sd: Double, weight: Double)]) {
    let total = parts.reduce(0) { $0 + $1.weight }
    self.parts = parts.map { ($0.mean, $0.sd, $0.weight / total) }
  }

  /// The probability that the reading is below what was read plus `x`.
  func probability(below x: Double) -> Double {
    parts.reduce(0) { $0 + $1.weight * StandardNormal.cdf((x - $1.mean) / $1.sd) }
  }

  /// The quantile less what was read, by bisection.
  func quantile(_ probability: Double) -> Double {
    var low = parts.reduce(0.0) { min($0, $1.mean - 40 * $1.sd) }
    var high = parts.reduce(0.0) { max($0, $1.mean + 40 * $1.sd) }
    for _ in 0..<100 {
      let middle = 0.5 * (low + high)
      if self.probability(below: middle) < probability { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
