import Foundation

/// The roots of a smooth function of a distribution's shape that need not be monotone.
struct ShapeScan {
  private let f: (Double) -> Double
  /// Sampled points in ascending order, including the turning points, so that the function is monotone between
  /// neighbours.
  private var points: [(x: Double, y: Double)] = []

  /// Samples the range in this number of steps and searches for turning points between them.
  init(_ range: ClosedRange<Double>, steps: Int, _ f: @escaping (Double) -> Double) {
    let width = range.upperBound - range.lowerBound
    self.init(at: (0...steps).map { range.lowerBound + width * Double($0) / Double(steps) }, f)
  }

  /// Samples the given ascending arguments and searches for turning points between them.
  init(at places: [Double], _ f: @escaping (Double) -> Double) {
    self.f = f
    let coarse = places.map { (x: $0, y: f($0)) }.filter { $0.y.isFinite }
    points = coarse
    for ((a, b), c) in zip(zip(coarse, coarse.dropFirst()), coarse.dropFirst(2)) where (b.y - a.y) * (c.y - b.y) < 0 {
      points.append(turningPoint(a.x, c.x, isPeak: b.y > a.y))
    }
    points.sort { $0.x < $1.x }
  }

  /// The range of the sampled values; nil if none is finite.
  var values: ClosedRange<Double>? {
    guard let least = points.map(\.y).min(), let greatest = points.map(\.y).max() else { return nil }
    return least...greatest
  }

  /// The arguments at which the function takes a value, ascending; several where it stays at the value up to rounding.
  ///
  /// - Parameters:
  ///   - value: the value.
  ///   - tolerance: the allowed deviation, relative to the value or to 1.
  ///   - rounding: the allowed absolute deviation due to rounding of the value.
  func roots(_ value: Double, tolerance: Double = 1e-12, rounding: Double = 0) -> [Double] {
    let excess = points.map { point in
      (point.y - value).magnitude <= max(tolerance * max(1, value.magnitude), rounding) ? 0 : point.y - value
    }
    var roots = zip(points, excess).filter { $0.1 == 0 }.map(\.0.x)
    for (a, b) in zip(points.indices, points.indices.dropFirst()) where excess[a] * excess[b] < 0 {
      let sign = excess[b] > 0 ? 1.0 : -1
      if let root = RootFinding.bracketed(points[a].x, points[b].x, { sign * (f($0) - value) }) { roots.append(root) }
    }
    return roots.sorted()
  }

  /// The maximum or minimum between two arguments that enclose one, by golden-section search (Kiefer 1953,
  /// doi:10.1090/S0002-9939-1953-0055639-3).
  private func turningPoint(_ from: Double, _ to: Double, isPeak: Bool) -> (x: Double, y: Double) {
    let golden = (5.0.squareRoot() - 1) / 2
    var (a, b) = (from, to)
    func height(_ x: Double) -> Double { isPeak ? f(x) : -f(x) }
    var (left, right) = (b - golden * (b - a), a + golden * (b - a))
    var (atLeft, atRight) = (height(left), height(right))
    // 40 sections leave 2e-8 of the width; function values cannot resolve less.
    for _ in 0..<40 {
      if atLeft > atRight {
        (b, right, atRight) = (right, left, atLeft)
        left = b - golden * (b - a)
        atLeft = height(left)
      } else {
        (a, left, atLeft) = (left, right, atRight)
        right = a + golden * (b - a)
        atRight = height(right)
      }
    }
    let x = 0.5 * (a + b)
    return (x, f(x))
  }
}
