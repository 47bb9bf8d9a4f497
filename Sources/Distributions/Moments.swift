import Foundation
import VectorMath

/// Mean and standard deviation of a distribution from its quantile function.
enum Moments {
  /// The mean, the integral of Q(u), and the standard deviation, from the integral of Q(u)^2, both over u in 0 ... 1,
  /// for distributions for which they exist.
  ///
  /// Double exponential quadrature (Takahasi & Mori 1974, Publ. RIMS 9, 721-741): u = 1 / (1 + exp(-pi sinh t)) with
  /// both u and its complement exact, so that integrable singularities at the ends are harmless. Steps of 1/32 over |t|
  /// <= 6 reach probabilities of 1e-275; the relative error is 1e-12 for smooth quantile functions and larger for those
  /// with kinks.
  static func integrated(_ distribution: any Distribution) -> (mean: Double, sd: Double) {
    let step = 1.0 / 32
    var points: [(weight: Double, x: Double)] = []
    for i in -192...192 {
      let t = Double(i) * step
      let exponent = Double.pi * sinh(t)
      let smaller = 1 / (1 + exp(exponent.magnitude))
      let x = exponent < 0 ? distribution.quantile(smaller) : distribution.quantile(survival: smaller)
      let weight = step * Double.pi * cosh(t) * smaller * (1 - smaller)
      if weight > 0, x.isFinite { points.append((weight, x)) }
    }
    let mass = points.reduce(0) { $0 + $1.weight }
    // Moments about the median first, so that a narrow distribution far from zero keeps its digits.
    let middle = distribution.quantile(0.5)
    let shift = points.reduce(0) { $0 + $1.weight * ($1.x - middle) } / mass
    let unit = SquareUnit.of(points.lazy.map { $0.x - middle })
    let variance = points.reduce(0) { sum, point in
      let distance = (point.x - middle - shift) / unit
      return sum + point.weight * distance * distance
    }
    return (middle + shift, (variance / mass).squareRoot() * unit)
  }
}
