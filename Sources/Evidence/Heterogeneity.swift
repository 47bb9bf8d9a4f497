import Distributions
import Foundation
import LinearAlgebra

/// Logarithms of routes as readings of one number, each with an own error in addition to those of its draws.
///
/// The model of random effects: reading r is t + b_r + e_r, the b independent of each other with standard deviation τ,
/// the e with the covariance S of the joint draws, so that shared inputs do not count as independent errors. τ has a
/// half-normal prior and t a flat one; the posterior of τ then has the restricted likelihood (Röver 2020,
/// doi:10.18637/jss.v093.i06, section 2, with S in place of a diagonal).
struct Heterogeneity {
  /// Values of τ at which its posterior is held: equally probable ones before the routes were looked at.
  private static let points = 1024
  /// Values of τ for draws: equally probable ones of the posterior.
  private static let strata = 256

  /// For each stratum of τ: the routes' weights, and the standard deviation of their own errors' weighted sum.
  let strata: [(weights: [Double], spread: Double)]
  /// The posterior of τ: 5th, 50th and 95th percentile.
  let quantiles: (p05: Double, p50: Double, p95: Double)

  /// The posterior for the means and the covariance of routes' logarithms; nil where they cannot be distinguished.
  init?(means: [Double], covariance: SymmetricMatrix, scale: Double) {
    let count = means.count
    var scratch = Scratch()
    var fits: [(tau: Double, logLikelihood: Double)] = []
    for point in 0..<Self.points {
      // Half-normal: the upper half of a normal distribution.
      let upper = 0.5 * (1 - (Double(point) + 0.5) / Double(Self.points))
      let tau = -scale * StandardNormal.quantile(upper)
      guard let fit = Self.fit(means, covariance, tau: tau, &scratch) else { continue }
      fits.append((tau, fit.logLikelihood))
    }
    guard let best = fits.map(\.logLikelihood).max(), best.isFinite else { return nil }
    var sum = 0.0
    let reached = fits.map { fit -> Double in
      sum += exp(fit.logLikelihood - best)
      return sum
    }
    func tau(_ probability: Double) -> Double {
      let place = probability * sum
      let position = min(reached.firstIndex { $0 >= place } ?? fits.count - 1, fits.count - 1)
      let before = position > 0 ? reached[position - 1] : 0
      let share = (place - before) / max(reached[position] - before, .leastNormalMagnitude)
      let low = position > 0 ? fits[position - 1].tau : 0
      return low + (fits[position].tau - low) * min(max(share, 0), 1)
    }
    quantiles = (tau(0.05), tau(0.5), tau(0.95))
    strata = (0..<Self.strata).compactMap { stratum in
      let tau = tau((Double(stratum) + 0.5) / Double(Self.strata))
      return Self.fit(means, covariance, tau: tau, &scratch).map { fit in
        let weights = TriangularSystem.solvedTransposed(scratch.factor, scratch.ones).map { $0 / fit.precision }
        return (weights, tau * weights.reduce(0) { $0 + $1 * $1 }.squareRoot())
      }
    }
    guard strata.count == Self.strata, count > 1 else { return nil }
  }

  /// Memory that the fits share: the factor of V, and ones and readings in coordinates in which V is the identity.
  private struct Scratch {
    var upper: [Double] = [], factor: [Double] = [], ones: [Double] = [], readings: [Double] = []
  }

  /// Generalised least squares with V = S + τ² I: 1'V⁻¹1, by which V⁻¹1 is divided for the routes' weights, and the
  /// restricted log likelihood -½ (log |V| + log 1'V⁻¹1 + (y - t)'V⁻¹(y - t)).
  private static func fit(
    _ means: [Double], _ covariance: SymmetricMatrix, tau: Double, _ scratch: inout Scratch
  ) -> (precision: Double, logLikelihood: Double)? {
    let count = means.count
    guard covariance.writeCholeskyFactor(adding: tau * tau, upper: &scratch.upper, into: &scratch.factor) else {
      return nil
    }
    if scratch.ones.count != count {
      scratch.ones = [Double](repeating: 1, count: count)
      scratch.readings = means
    }
    for route in 0..<count { (scratch.ones[route], scratch.readings[route]) = (1, means[route]) }
    TriangularSystem.solve(scratch.factor, &scratch.ones)
    TriangularSystem.solve(scratch.factor, &scratch.readings)
    var (precision, center) = (0.0, 0.0)
    for route in 0..<count {
      precision += scratch.ones[route] * scratch.ones[route]
      center += scratch.ones[route] * scratch.readings[route]
    }
    center /= precision
    var (residual, logDeterminant) = (0.0, 0.0)
    for route in 0..<count {
      let rest = scratch.readings[route] - center * scratch.ones[route]
      residual += rest * rest
      logDeterminant += 2 * log(scratch.factor[route * count + route])
    }
    return (precision, -0.5 * (logDeterminant + log(precision) + residual))
  }
}
