import Foundation

/// Kernel-smoothed observations, reflected at one or two bounds.
///
/// Density f(x) = sum over the values v and their mirror images at the bounds of phi((x - v) / h) / (n h), h the
/// bandwidth of `KernelSmoothed`: the part of the plain kernel beyond a bound is reflected inwards, so that there is no
/// probability outside (Silverman 1986, Density Estimation, section 2.10). With two bounds, images are reflected
/// repeatedly.
///
/// Values are measured from the lower bound: P(X <= y) is the sum over integers k of P(2 k w - y < N(v, h) < 2 k w +
/// y), w the distance of the bounds; without an upper bound, k = 0 alone.
struct ReflectedKernel: Distribution {
  /// The values' distances from the lower bound, ascending.
  private let distances: [Double]
  private let low: Double
  private let high: Double
  /// The distance of the upper bound from the lower one; infinite if there is none.
  private let width: Double
  private let bandwidth: Double
  /// The number of reflections on either side after which no image is within `reach` bandwidths of the interval.
  private let images: Int
  let description: String

  /// A normal tail probability beyond this number of bandwidths underflows.
  private static let reach = 39.0

  /// - Parameters:
  ///   - values: ascending, at least two different, none outside the bounds.
  ///   - low: the lower bound.
  ///   - high: the upper bound; infinite for none.
  init(values: [Double], low: Double, high: Double, description: String) {
    distances = values.map { $0 - low }
    self.low = low
    self.high = high
    width = high - low
    bandwidth = KernelSmoothed.bandwidth(of: values)
    images = width < .infinity ? Int((Self.reach * bandwidth / (2 * width)).rounded(.up)) + 1 : 0
    self.description = description
  }

  /// The probability that a standard normal value is within `half` of z, relatively accurate even for a small `half`.
  private static func mass(around z: Double, half: Double) -> Double {
    let (a, b, width) = (z - half, z + half, 2 * half)
    guard width > 0, b > -reach, a < reach else { return 0 }
    if width < 0.01 {
      // The density's Taylor series around the middle; the remainder is below 1e-15 of it for |z| < 5.
      let (square, w) = (z * z, width * width)
      let correction = w / 24 * (square - 1) + w * w / 1920 * (square * square - 6 * square + 3)
      return width * StandardNormal.density(z) * (1 + correction)
    }
    if width < 0.5 {
      // Eight nodes: the error is below 1e-15 for a density that is smooth over half a standard deviation.
      return nodes.reduce(0) { $0 + $1.weight * StandardNormal.density(a + width * $1.x) } * width
    }
    if a >= 0 { return StandardNormal.survival(a) - StandardNormal.survival(b) }
    if b <= 0 { return StandardNormal.survival(-b) - StandardNormal.survival(-a) }
    return 1 - StandardNormal.survival(b) - StandardNormal.survival(-a)
  }

  private static let nodes = GaussLegendre.points(8)

  /// The mean over the values of the probability that their kernel is within `half` of one of the `middles`.
  ///
  /// The interval is given by its middle and half-width, because the difference of two nearly equal ends would be lost
  /// to rounding.
  private func average(around middles: [Double], half: Double) -> Double {
    var sum = 0.0
    for distance in distances {
      for middle in middles { sum += Self.mass(around: (middle - distance) / bandwidth, half: half / bandwidth) }
    }
    return sum / Double(distances.count)
  }

  /// P(distance <= y); `above` is P(distance > y). Both are relatively accurate.
  private func below(_ y: Double) -> Double {
    average(around: (-images...images).map { k in k == 0 ? 0 : 2 * Double(k) * width }, half: y)
  }

  private func above(_ y: Double) -> Double {
    if width == .infinity {
      let sum = distances.reduce(0) { sum, distance in
        sum + StandardNormal.survival((y - distance) / bandwidth) + StandardNormal.survival((y + distance) / bandwidth)
      }
      return sum / Double(distances.count)
    }
    return average(around: (-images - 1...images).map { k in (2 * Double(k) + 1) * width }, half: width - y)
  }

  func cdf(_ x: Double) -> Double {
    x.isNaN ? .nan : x <= low ? 0 : x - low >= width ? 1 : below(x - low)
  }
  func survival(_ x: Double) -> Double {
    x.isNaN ? .nan : x <= low ? 1 : x - low >= width ? 0 : above(x - low)
  }

  func density(_ x: Double) -> Double { support.contains(x) ? density(atDistance: x - low) : 0 }

  private func density(atDistance y: Double) -> Double {
    var sum = 0.0
    for k in -images...images {
      let middle = k == 0 ? 0 : 2 * Double(k) * width
      for distance in distances {
        sum += StandardNormal.density((middle + y - distance) / bandwidth)
        sum += StandardNormal.density((middle - y - distance) / bandwidth)
      }
    }
    return sum / (Double(distances.count) * bandwidth)
  }

  func quantile(_ p: Double) -> Double { quantile(p, 1 - p) }
  func quantile(survival q: Double) -> Double { quantile(1 - q, q) }

  private func quantile(_ p: Double, _ q: Double) -> Double {
    guard p >= 0, q >= 0 else { return .nan }
    if p == 0 { return support.lowerBound }
    if q == 0 { return support.upperBound }
    let lines = PiecewiseLinear(knots: distances)
    let inside = 0...width
    func moved(_ distance: Double) -> Double { min(max(low + distance, low), support.upperBound) }
    if p <= q {
      return moved(
        QuantileSearch.root(of: p, start: max(lines.quantile(p), 0x1p-20 * bandwidth), in: inside) { y in
          (below(y), density(atDistance: y))
        })
    }
    return moved(
      QuantileSearch.root(of: q, upper: true, start: max(lines.quantile(survival: q), 0x1p-20 * bandwidth), in: inside)
      {
        y in (above(y), density(atDistance: y))
      })
  }

  /// Without an upper bound, the moments of |N(v, h)| in closed form; otherwise by quadrature.
  private var moments: (mean: Double, sd: Double) {
    guard width == .infinity else { return Moments.integrated(self) }
    var (sum, squares) = (0.0, 0.0)
    for distance in distances {
      let z = distance / bandwidth
      sum += 2 * bandwidth * StandardNormal.density(z) + distance * (1 - 2 * StandardNormal.survival(z))
      squares += distance * distance + bandwidth * bandwidth
    }
    let count = Double(distances.count)
    return (low + sum / count, max(0, squares / count - sum / count * (sum / count)).squareRoot())
  }

  var mean: Double { moments.mean }
  var sd: Double { moments.sd }
  var support: ClosedRange<Double> { low...high }
}
