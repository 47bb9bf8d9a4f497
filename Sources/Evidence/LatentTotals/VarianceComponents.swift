import Distributions
import LinearAlgebra

/// Readings that are jointly normal, with standard deviations of some of their errors unknown.
///
/// y ~ N(m, S + sum over k of s_k² C_k): S is the covariance of everything that is known, C_k that of an error with
/// standard deviation 1 which several readings may share, and s_k ~ half-normal(scale_k) independently.
struct VarianceComponents: Sendable {
  /// An error with an unknown standard deviation.
  struct Component: Sendable {
    /// Its name in tables.
    var name: String
    /// The scale of the half-normal prior of its standard deviation.
    var scale: Double
    /// Its covariance at a standard deviation of 1; positive semidefinite.
    var pattern: SymmetricMatrix
    /// The position of the latent total that it belongs to.
    var group = 0
  }

  /// The readings less their means: y - m.
  var residuals: [Double]
  /// S.
  var known: SymmetricMatrix
  /// The errors with unknown standard deviations.
  var components: [Component]

  /// The readings' distribution at given standard deviations.
  struct Fit: Sendable {
    /// The lower Cholesky factor of the covariance V, row-major.
    let factor: [Double]
    /// V⁻¹ (y - m).
    let solution: [Double]
    /// -½ (n log 2π + log |V| + (y - m)' V⁻¹ (y - m)).
    let logLikelihood: Double

    /// V⁻¹ b.
    func solved(_ b: [Double]) -> [Double] {
      TriangularSystem.solvedTransposed(factor, TriangularSystem.solved(factor, b))
    }
  }

  /// The covariance of the readings at standard deviations, one per component.
  func covariance(_ sds: [Double]) -> SymmetricMatrix {
    var total = known
    for (component, sd) in zip(components, sds) { total.add(sd * sd, times: component.pattern) }
    return total
  }

  /// The readings' distribution at standard deviations; nil where the covariance is not positive definite, as it is
  /// where readings determine each other exactly.
  func fit(_ sds: [Double]) -> Fit? {
    guard let factor = covariance(sds).choleskyFactor() else { return nil }
    let half = TriangularSystem.solved(factor, residuals)
    let count = residuals.count
    var sum = -2 * Double(count) * StandardNormal.logDensity(0)
    for row in 0..<count { sum += half[row] * half[row] + 2 * log(factor[row * count + row]) }
    return Fit(
      factor: factor, solution: TriangularSystem.solvedTransposed(factor, half), logLikelihood: -0.5 * sum)
  }
}

/// The normal distribution of some values given the readings, by the linear update.
struct ConditionalNormal: Sendable {
  /// The means.
  var mean: [Double]
  /// The covariance.
  var covariance: SymmetricMatrix

  /// The distribution given the readings of `fit`: mean + C V⁻¹ (y - m) and covariance - C V⁻¹ C'.
  ///
  /// - Parameters:
  ///   - mean: the means before.
  ///   - covariance: the covariance before.
  ///   - cross: C, the covariance of each value with the readings.
  ///   - fit: the readings' distribution.
  init(mean: [Double], covariance: SymmetricMatrix, cross: [[Double]], given fit: VarianceComponents.Fit) {
    let halves = cross.map { TriangularSystem.solved(fit.factor, $0) }
    self.mean = zip(mean, cross).map { $0 + innerProduct($1, fit.solution) }
    self.covariance = covariance
    for a in mean.indices {
      for b in 0...a { self.covariance[a, b] -= innerProduct(halves[a], halves[b]) }
    }
  }
}

/// The inner product of two lists, summed in their order.
func innerProduct(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
