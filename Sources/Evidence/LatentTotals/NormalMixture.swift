import Distributions
import Foundation

/// A mixture of normal distributions.
struct NormalMixture: Sendable {
  /// A normal distribution with its probability.
  struct Part: Sendable {
    var mean: Double
    var sd: Double
    var weight: Double
  }

  private let parts: [Part]

  /// The mixture of parts whose weights need not sum to 1.
  init(_ parts: [Part]) {
    let total = parts.reduce(0) { $0 + $1.weight }
    self.parts = parts.map { Part(mean: $0.mean, sd: $0.sd, weight: $0.weight / total) }
  }

  /// The probability of a value below `x`.
  func probability(below x: Double) -> Double {
    parts.reduce(0) { $0 + $1.weight * StandardNormal.cdf((x - $1.mean) / $1.sd) }
  }

  /// The quantile, by bisection.
  func quantile(_ probability: Double) -> Double {
    var low = parts.reduce(0.0) { min($0, $1.mean - 40 * $1.sd) }
    var high = parts.reduce(0.0) { max($0, $1.mean + 40 * $1.sd) }
    for _ in 0..<100 {
      let middle = 0.5 * (low + high)
      if self.probability(below: middle) < probability { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  /// The logarithm of the density.
  func logDensity(_ x: Double) -> Double {
    let terms = parts.map { log($0.weight) + StandardNormal.logDensity((x - $0.mean) / $0.sd) - log($0.sd) }
    guard let greatest = terms.max(), greatest > -.infinity else { return -.infinity }
    return greatest + log(terms.reduce(0) { $0 + exp($1 - greatest) })
  }

  /// The continuous ranked probability score E|X - y| - E|X - X'| / 2: sum over i of w_i A(y - m_i, s_i²) less half of the
  /// sum over i and j of w_i w_j A(m_i - m_j, s_i² + s_j²), where A(m, s²) = 2 s f(m / s) + m (2 F(m / s) - 1) is the mean
  /// absolute value of a normal variable (Grimit et al. 2006, doi:10.1256/qj.05.235, eq. 5).
  func crps(of y: Double) -> Double {
    func magnitude(_ mean: Double, _ sd: Double) -> Double {
      let z = mean / sd
      return 2 * sd * StandardNormal.density(z) + mean * (2 * StandardNormal.cdf(z) - 1)
    }
    var score = parts.reduce(0) { $0 + $1.weight * magnitude(y - $1.mean, $1.sd) }
    for (place, a) in parts.enumerated() {
      for (other, b) in parts[...place].enumerated() {
        let sd = (a.sd * a.sd + b.sd * b.sd).squareRoot()
        score -= (other == place ? 0.5 : 1) * a.weight * b.weight * magnitude(a.mean - b.mean, sd)
      }
    }
    return score
  }
}
