import Foundation

/// The one free argument of a family for which its quantile function passes through a point.
///
/// Locations, scales and ends follow from the standard quantile. For shapes and other arguments the whole range is
/// searched for the point's value, including turning points.
struct OnePointFit {
  /// The family.
  let family: any DistributionFamily.Type
  /// The point.
  let point: QuantilePoint
  /// The index of the free argument.
  let free: Int

  private var parameters: [Parameter] { family.parameterisations[0].parameters }

  /// All arguments; the fixed ones as in `start`.
  func arguments(from start: [Double]) throws(DistributionError) -> [Double] {
    func arguments(_ value: Double) -> [Double] {
      var arguments = start
      arguments[free] = value
      return arguments
    }
    func quantile(_ arguments: [Double]) -> Double {
      (try? family.distribution(arguments)).map { $0.quantile(at: point) } ?? .nan
    }
    // The closed-form solution is exact up to rounding, which is relative to the size of the given locations too.
    let places = parameters.indices.filter { $0 != free && parameters[$0].role == .location }.map {
      start[$0].magnitude
    }
    let size = places.reduce(point.value.magnitude, max)
    if let value = solved(start, quantile), (quantile(arguments(value)) - point.value).magnitude <= 1e-12 * size {
      return arguments(value)
    }
    // Scaled to -1 ... 1 whatever the magnitudes: a quantile that overflows is at one of the two ends.
    let scan = ShapeScan(at: candidates(start)) { value in
      let found = quantile(arguments(value))
      if found.isInfinite { return found < 0 ? -0.5 : 0.5 }
      let size = max(found.magnitude, point.value.magnitude)
      return found == point.value ? 0 : (found / size - point.value / size) / 2
    }
    // A change of sign is a root only if the quantile is continuous there, which may fail for extreme arguments.
    func isSolution(_ value: Double) -> Bool {
      (try? family.distribution(arguments(value))).map { $0.passes(through: point, width: $0.quartileDistance) }
        ?? false
    }
    // A distribution that is narrow relative to its values needs all their digits; if none matches the point that
    // exactly, one that matches it up to rounding is accepted.
    var roots = scan.roots(0, tolerance: 0x1p-51).filter(isSolution)
    if roots.isEmpty { roots = scan.roots(0).filter(isSolution) }
    guard let root = roots.first else { throw .noFit(distribution: family.name, low: point, high: point, nearest: nil) }
    // Roots that differ only by rounding, as near an end, count as one; others are ambiguous. The median of a Student
    // distribution contains no information on its df.
    let (last, other) = (roots[roots.count - 1], parameters[free].role == .location ? size : 0)
    guard last - root <= 1e-9 * max(root.magnitude, last.magnitude, other) else {
      throw .ambiguous(distribution: family.name)
    }
    func miss(_ value: Double) -> Double { (quantile(arguments(value)) - point.value).magnitude }
    return arguments(roots.min { miss($0) < miss($1) } ?? root)
  }

  /// The free argument where the quantile is linear in it; nil elsewhere, and where the slope is zero.
  private func solved(_ start: [Double], _ quantile: ([Double]) -> Double) -> Double? {
    let locations = parameters.indices.filter { parameters[$0].role == .location }
    let scales = parameters.indices.filter { parameters[$0].role == .scale }
    guard ModalOrder(family) == nil, scales.count <= 1 else { return nil }
    var standard = start
    switch parameters[free].role {
    case .scale where locations.count <= 1:
      if let location = locations.first { standard[location] = 0 }
      standard[free] = 1
      let scale = (point.value - (locations.first.map { start[$0] } ?? 0)) / quantile(standard)
      return parameters[free].domain.contains(scale) ? scale : nil
    case .location where locations.count == 1:
      standard[free] = 0
      return point.value - quantile(standard)
    case .location where locations.count == 2 && scales.isEmpty:
      // The point divides the width in a ratio that is known to its last digit on either side. The free end follows from
      // the point: the given end may be so far away that its last digit is larger than the part on the other side.
      (standard[locations[0]], standard[locations[1]]) = (0, 1)
      let below = quantile(standard)
      (standard[locations[0]], standard[locations[1]]) = (-1, 0)
      let above = -quantile(standard)
      return free == locations[0]
        ? point.value - (start[locations[1]] - point.value) * (below / above)
        : point.value + (point.value - start[locations[0]]) * (above / below)
    default: return nil
    }
  }

  /// Values of the free argument for the scan, ascending; some may be inconsistent with the other arguments.
  private func candidates(_ start: [Double]) -> [Double] {
    let domain = parameters[free].domain
    var values: [Double]
    switch parameters[free].role {
    case .probability: values = (1...60).flatMap { [pow(2, -Double($0)), 1 - pow(2, -Double($0))] }
    case .location:
      let fixed = parameters.indices.filter { $0 != free && parameters[$0].role == .location }.map { start[$0] }
      let anchors = fixed + [point.value]
      // Far out on both sides of the known values, and evenly spaced between them, where the mode is.
      let size = max(anchors.map(\.magnitude).max() ?? 0, .leastNormalMagnitude)
      let steps = (-60...20).map { size * pow(2, Double($0)) }
      values = anchors.flatMap { anchor in [anchor] + steps.map { anchor - $0 } + steps.map { anchor + $0 } }
      if let low = anchors.min(), let high = anchors.max() {
        values += (1..<64).map { low + (high - low) * Double($0) / 64 }
      }
    case .scale, .rate, .shape:
      // In half octaves near the size of the point, or 1; in steps of eight octaves over the whole range of a double.
      let size = parameters[free].role == .shape ? 1 : max(point.value.magnitude, .leastNormalMagnitude)
      values = (-80...80).map { size * pow(2, 0.5 * Double($0)) } + (-127...127).map { pow(2, 8 * Double($0)) }
      if domain == .finite { values += values.map { -$0 } + [0] }
    }
    values += [domain.low, domain.high].filter(\.isFinite)
    return Set(values.filter { domain.contains($0) && $0.isFinite }).sorted()
  }
}
