import Foundation

/// The one argument of a family that is not given, for which its quantile function passes through a point.
///
/// Any role of the argument is treated alike: its range is scanned for two values whose quantiles enclose the point's,
/// and the root between them found.
struct OnePointFit {
  /// The family.
  let family: any LawFamily.Type
  /// The point.
  let point: QuantilePoint
  /// The position of the free argument.
  let free: Int

  /// All arguments; those that are not free as in `start`.
  func arguments(from start: [Double]) throws(LawError) -> [Double] {
    func arguments(_ value: Double) -> [Double] {
      var arguments = start
      arguments[free] = value
      return arguments
    }
    func excess(_ value: Double) -> Double {
      (try? family.law(arguments(value))).map { $0.quantile(at: point) - point.value } ?? .nan
    }
    var last: (value: Double, excess: Double)?
    var roots: [Double] = []
    for value in candidates(start) {
      let next = excess(value)
      guard !next.isNaN else { continue }
      if next == 0 {
        roots.append(value)
      } else if let last, last.excess != 0, (last.excess < 0) != (next < 0) {
        let sign = next > last.excess ? 1.0 : -1
        if let root = RootFinding.bracketed(last.value, value, { sign * excess($0) }) { roots.append(root) }
      }
      last = (value, next)
    }
    guard let root = roots.first else { throw .noFit(law: family.name, low: point, high: point, nearest: nil) }
    // The median of a student law says nothing of its df.
    guard roots.count == 1 else { throw .ambiguous(law: family.name) }
    return arguments(root)
  }

  /// Values of the free argument to look between, ascending; some may be impossible beside the others.
  private func candidates(_ start: [Double]) -> [Double] {
    let parameters = family.parameterisations[0].parameters
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
        values += (1..<32).map { low + (high - low) * Double($0) / 32 }
      }
    case .scale, .rate, .shape:
      let size = parameters[free].role == .shape ? 1 : max(point.value.magnitude, .leastNormalMagnitude)
      values = (-80...80).map { size * pow(2, 0.5 * Double($0)) }
      if domain == .finite { values += values.map { -$0 } + [0] }
    }
    return Set(values.filter(domain.contains)).sorted()
  }
}
