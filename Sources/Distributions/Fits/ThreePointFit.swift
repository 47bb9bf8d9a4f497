import Foundation

/// The arguments of a family with a location, a scale and one shape for which its quantile function passes through
/// three points.
///
/// The relative position of the middle point between the outer two depends on the shape alone, which is found first;
/// location and scale follow. Three points on one side of a triangle's mode do not determine the shape.
///
/// This covers skew_normal, and triangular and pert, whose shape is the relative position of the mode between the ends.
struct ThreePointFit {
  /// The family.
  let family: any DistributionFamily.Type
  /// The points, by ascending probability.
  let points: [QuantilePoint]
  /// The indices of the three free arguments.
  let free: [Int]

  private var parameters: [Parameter] { family.parameterisations[0].parameters }

  /// All arguments; the fixed ones as in `start`.
  func arguments(from start: [Double]) throws(DistributionError) -> [Double] {
    let quantileExpression = try quantileExpression()
    func standard(_ shape: Double) -> (any DistributionFamily)? {
      var arguments = start
      for (position, value) in zip(free, quantileExpression.standard(shape)) { arguments[position] = value }
      return try? family.distribution(arguments)
    }
    func quantiles(_ shape: Double) -> [Double]? {
      standard(shape).map { distribution in points.map(distribution.quantile(at:)) }
    }
    /// The relative position of the middle value between the first and the last one.
    func place(_ x: [Double]) -> Double { (x[1] - x[0]) / (x[2] - x[0]) }
    let wanted = place(points.map(\.value))
    let scan = ShapeScan(quantileExpression.search.range, steps: quantileExpression.search.steps) {
      quantiles($0).map(place) ?? .nan
    }
    var roots = scan.roots(wanted)
    if roots.isEmpty {
      // The position is rounded with the values, which may move it just outside the attainable range.
      let size = max(points[0].value.magnitude, points[2].value.magnitude)
      roots = scan.roots(wanted, rounding: 2 * size.ulp / (points[2].value - points[0].value))
    }
    guard let shape = roots.first, let z = quantiles(shape) else {
      guard let places = scan.values else {
        throw .noFit(distribution: family.name, low: points[0], high: points[2], nearest: nil)
      }
      let (low, width) = (points[0].value, points[2].value - points[0].value)
      throw .noMiddle(
        distribution: family.name, possible: (low + places.lowerBound * width)...(low + places.upperBound * width))
    }
    guard roots.count == 1 else { throw .ambiguous(distribution: family.name) }
    let scale = (points[2].value - points[0].value) / (z[2] - z[0])
    let location = points[1].value - scale * z[1]
    var arguments = start
    for (position, value) in zip(free, quantileExpression.standard(shape)) {
      arguments[position] =
        switch parameters[position].role {
        case .location: location + scale * value
        case .scale, .rate: scale * value
        case .shape, .probability: value
        }
    }
    return arguments
  }

  /// The free arguments at location 0 and scale 1 as a function of the shape's search position, and the search range.
  private func quantileExpression() throws(DistributionError) -> (standard: (Double) -> [Double], search: ShapeSearch) {
    let roles = free.map { parameters[$0].role }
    if let modal = ModalOrder(family), modal.positions == free { return ({ mode in [0, mode, 1] }, ShapeSearch.modes) }
    if roles == [.location, .scale, .shape] {
      let search = ShapeSearch(parameters[free[2]].domain)
      return ({ place in [0, 1, search.shape(place)] }, search)
    }
    throw .notFittable(distribution: family.name, freeParameters: free.map { parameters[$0].name })
  }
}
