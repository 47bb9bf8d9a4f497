import Foundation

/// The one argument of a family that is not given, for which its quantile function passes through a point.
///
/// Shifts, factors and ends follow from the standard quantile. Of shapes, and of what changes a distribution otherwise,
/// the whole range is searched for the point's value, turning points included.
struct OnePointFit {
  /// The family.
  let family: any DistributionFamily.Type
  /// The point.
  let point: QuantilePoint
  /// The position of the free argument.
  let free: Int

  private var parameters: [Parameter] { family.parameterisations[0].parameters }

  /// All arguments; those that are not free as in `start`.
  func arguments(from start: [Double]) throws(DistributionError) -> [Double] {
    func arguments(_ value: Double) -> [Double] {
      var arguments = start
      arguments[free] = value
      return arguments
    }
    func quantile(_ arguments: [Double]) -> Double {
      (try? family.distribution(arguments)).map { $0.quantile(at: point) } ?? .nan
    }
    // What is solved is exact but for rounding, which is of the size of the given places too.
    let places = parameters.indices.filter { $0 != free && parameters[$0].role == .location }.map {
      start[$0].magnitude
    }
    let size = places.reduce(point.value.magnitude, max)
    if let value = solved(start, quantile), (quantile(arguments(value)) - point.value).magnitude <= 1e-12 * size {
      return arguments(value)
    }
    // Between -1 and 1, whatever the sizes: a quantile beyond what a double holds is at one of the two ends.
    let scan = ShapeScan(at: candidates(start)) { value in
      let found = quantile(arguments(value))
      if found.isInfinite { return found < 0 ? -0.5 : 0.5 }
      let size = max(found.magnitude, point.value.magnitude)
      return found == point.value ? 0 : (found / size - point.value / size) / 2
    }
    // A change of sign is not a solution where the quantiles of extreme arguments are discontinuous.
    func isSolution(_ value: Double) -> Bool {
      (try? family.distribution(arguments(value))).map { $0.passes(through: point, width: $0.quartileDistance) }
        ?? false
    }
    // A distribution much narrower than its values are large needs all their digits; where none has the point that
    // exactly, one that has it but for rounding will do.
    var roots = scan.roots(0, tolerance: 0x1p-51).filter(isSolution)
    if roots.isEmpty { roots = scan.roots(0).filter(isSolution) }
    guard let root = roots.first else { throw .noFit(distribution: family.name, low: point, high: point, nearest: nil) }
    // Near an end, values that are the same but for rounding are looked at. The median of a student distribution says
    // nothing of its df.
    let (last, other) = (roots[roots.count - 1], parameters[free].role == .location ? size : 0)
    guard last - root <= 1e-9 * max(root.magnitude, last.magnitude, other) else {
      throw .ambiguous(distribution: family.name)
    }
    func miss(_ value: Double) -> Double { (quantile(arguments(value)) - point.value).magnitude }
    return arguments(roots.min { miss($0) < miss($1) } ?? root)
  }

  /// The free argument where the quantile is a straight line of it; nil elsewhere, and where the line is level.
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
      let other = locations[free == locations[0] ? 1 : 0]
      (standard[locations[0]], standard[locations[1]]) = (0, 1)
      let z = quantile(standard)
      let share = free == locations[0] ? 1 - z : z
      return start[other] + (point.value - start[other]) / share
    default: return nil
    }
  }

  /// Values of the free argument to look between, ascending; some may be impossible beside the others.
  private func candidates(_ start: [Double]) -> [Double] {
    let domain = parameters[free].domain
    var values: [Double]
    switch parameters[free].role {
    case .probability: values = (1...60).flatMap { [pow(2, -Double($0)), 1 - pow(2, -Double($0))] }
    case .location:
      let fixed = parameters.indices.filter { $0 != free && parameters[$0].role == .location }.map { start[$0] }
      let anchors = fixed + [point.value]
      // Far out on both sides of what is known, and evenly between, where a mode lies.
      let size = max(anchors.map(\.magnitude).max() ?? 0, .leastNormalMagnitude)
      let steps = (-60...20).map { size * pow(2, Double($0)) }
      values = anchors.flatMap { anchor in [anchor] + steps.map { anchor - $0 } + steps.map { anchor + $0 } }
      if let low = anchors.min(), let high = anchors.max() {
        values += (1..<64).map { low + (high - low) * Double($0) / 64 }
      }
    case .scale, .rate, .shape:
      // By half octaves near the size of the point, or of 1; by eight octaves over all that a double holds.
      let size = parameters[free].role == .shape ? 1 : max(point.value.magnitude, .leastNormalMagnitude)
      values = (-80...80).map { size * pow(2, 0.5 * Double($0)) } + (-127...127).map { pow(2, 8 * Double($0)) }
      if domain == .finite { values += values.map { -$0 } + [0] }
    }
    values += [domain.low, domain.high].filter(\.isFinite)
    return Set(values.filter { domain.contains($0) && $0.isFinite }).sorted()
  }
}
