import Foundation

/// Gauss-Legendre quadrature over 0 ... 1.
enum GaussLegendre {
  /// Nodes and weights of the rule with `count` nodes: exact for polynomials of degree 2 count - 1.
  ///
  /// Newton steps on the Legendre polynomial from Tricomi's estimate of its roots (DLMF 3.5.21 and 18.16.11).
  static func points(_ count: Int) -> [(x: Double, weight: Double)] {
    (1...count).map { k in
      var t = cos(Double.pi * (Double(k) - 0.25) / (Double(count) + 0.5))
      var slope = 1.0
      for _ in 0..<8 {
        var (last, value) = (1.0, t)
        for n in stride(from: 2, through: count, by: 1) {
          let next = (Double(2 * n - 1) * t * value - Double(n - 1) * last) / Double(n)
          (last, value) = (value, next)
        }
        slope = Double(count) * (t * value - last) / (t * t - 1)
        t -= value / slope
      }
      return (0.5 * (1 - t), 1 / ((1 - t * t) * slope * slope))
    }
  }
}
