import Foundation

/// Numerical solution for the two arguments of a family for which its quantile function passes through two points, for
/// families without a closed-form fit.
///
/// A location and a scale follow directly from two points. If one of the two is given, the points leave one equation
/// for the shape, whose whole range is searched. This fits every family with a location, a scale and one shape, and
/// those with two ends and a mode, whenever a fit exists.
struct NumericalFit {
  /// The family.
  let family: any DistributionFamily.Type
  /// The point with the lower probability.
  let low: QuantilePoint
  /// The point with the higher probability.
  let high: QuantilePoint
  /// The indices of the two free arguments.
  let free: [Int]

  private var parameters: [Parameter] { family.parameterisations[0].parameters }
  private var noFit: DistributionError { .noFit(distribution: family.name, low: low, high: high, nearest: nil) }

  /// All arguments; the fixed ones as in `start`.
  func arguments(from start: [Double]) throws(DistributionError) -> [Double] {
    let roles = free.map { parameters[$0].role }
    if let modal = ModalOrder(family), free.allSatisfy(modal.positions.contains) {
      return try endsAndMode(start, modal)
    }
    if roles == [.location, .location] { return try twoEnds(start) }
    guard roles.count == 2, let scale = parameters.firstIndex(where: { $0.role == .scale }),
      let location = parameters.firstIndex(where: { $0.role == .location })
    else { throw .notFittable(distribution: family.name, freeParameters: free.map { parameters[$0].name }) }
    guard let shape = free.first(where: { parameters[$0].role == .shape }) else {
      return try locationAndScale(start, location: location, scale: scale)
    }
    return free.contains(scale)
      ? try scaleAndShape(start, location: location, scale: scale, shape: shape)
      : try locationAndShape(start, location: location, scale: scale, shape: shape)
  }

  /// The quantiles of the family with some arguments, at both probabilities.
  private func quantiles(_ arguments: [Double]) -> (low: Double, high: Double)? {
    (try? family.distribution(arguments)).map { ($0.quantile(at: low), $0.quantile(at: high)) }
  }

  /// x = location + scale z, with the quantiles z of the distribution at location 0 and scale 1.
  private func locationAndScale(_ start: [Double], location: Int, scale: Int) throws(DistributionError) -> [Double] {
    var arguments = start
    (arguments[location], arguments[scale]) = (0, 1)
    guard let z = quantiles(arguments), z.low < z.high else { throw noFit }
    (arguments[location], arguments[scale]) = LocationScaleFit.line(through: (z.low, low.value), (z.high, high.value))
    return arguments
  }

  /// x = low (1 - z) + high z, with the quantiles z of the distribution from 0 to 1.
  private func twoEnds(_ start: [Double]) throws(DistributionError) -> [Double] {
    var arguments = start
    (arguments[free[0]], arguments[free[1]]) = (0, 1)
    guard let z = quantiles(arguments), z.low < z.high else { throw noFit }
    let (end, width) = LocationScaleFit.line(through: (z.low, low.value), (z.high, high.value))
    (arguments[free[0]], arguments[free[1]]) = (end, end + width)
    return arguments
  }

  /// With the location given, the ratio of the two quantiles' distances from it depends on the shape alone.
  private func scaleAndShape(_ start: [Double], location: Int, scale: Int, shape: Int) throws(DistributionError)
    -> [Double]
  {
    let search = ShapeSearch(parameters[shape].domain)
    func standard(_ place: Double) -> (low: Double, high: Double)? {
      var arguments = start
      (arguments[location], arguments[scale], arguments[shape]) = (0, 1, search.shape(place))
      return quantiles(arguments)
    }
    let (place, scaleValue) = try around(start[location], search, standard)
    var result = start
    (result[scale], result[shape]) = (scaleValue, search.shape(place))
    return result
  }

  /// With the scale given, the difference of the two quantiles depends on the shape alone.
  private func locationAndShape(_ start: [Double], location: Int, scale: Int, shape: Int) throws(DistributionError)
    -> [Double]
  {
    let search = ShapeSearch(parameters[shape].domain)
    func standard(_ place: Double) -> (low: Double, high: Double)? {
      var arguments = start
      (arguments[location], arguments[scale], arguments[shape]) = (0, 1, search.shape(place))
      return quantiles(arguments)
    }
    let wanted = (high.value - low.value) / start[scale]
    let scan = ShapeScan(search.range, steps: search.steps) { place in
      standard(place).map { log(($0.high - $0.low) / wanted) } ?? .nan
    }
    // The distance is rounded like the two values. Where it hardly depends on the shape, as for a skew_normal that is
    // one-sided already, every shape from there on has it to rounding.
    let rounding = 2 * max(low.value.magnitude, high.value.magnitude).ulp / (high.value - low.value)
    let roots = scan.roots(0, rounding: rounding)
    guard let place = roots.first, let z = standard(place) else { throw noFit }
    guard roots.count == 1 else { throw .ambiguous(distribution: family.name) }
    var result = start
    (result[location], result[shape]) = (low.value - start[scale] * z.low, search.shape(place))
    return result
  }

  /// Fits two of a lower end, a mode and an upper end: the ratio of the two quantiles' distances from the third, which
  /// is given, depends only on the mode's relative position between the ends.
  private func endsAndMode(_ start: [Double], _ modal: ModalOrder) throws(DistributionError) -> [Double] {
    guard let given = modal.positions.first(where: { !free.contains($0) }) else { throw noFit }
    /// The arguments of the distribution from 0 to 1, and the value of the given one among them.
    func standard(_ mode: Double) -> (arguments: [Double], origin: Double) {
      var arguments = start
      for (position, value) in zip(modal.positions, [0, mode, 1]) { arguments[position] = value }
      return (arguments, arguments[given])
    }
    let (mode, width) = try around(start[given], ShapeSearch.modes) { mode in
      let (arguments, origin) = standard(mode)
      return quantiles(arguments).map { ($0.low - origin, $0.high - origin) }
    }
    var result = start
    let origin = standard(mode).origin
    for (position, value) in zip(modal.positions, [0, mode, 1]) where position != given {
      result[position] = start[given] + width * (value - origin)
    }
    let (low, high) = (modal.positions[0], modal.positions[2])
    result[modal.positions[1]] = min(max(result[modal.positions[1]], result[low]), result[high])
    return result
  }

  /// The position of the shape in its search range, and the scale, for which both points are matched about a given
  /// origin.
  ///
  /// - Parameter standard: the quantiles at scale 1, relative to the origin.
  private func around(
    _ origin: Double, _ search: ShapeSearch, _ standard: @escaping (Double) -> (low: Double, high: Double)?
  ) throws(DistributionError) -> (place: Double, scale: Double) {
    let (a, b) = (low.value - origin, high.value - origin)
    // The equation is z.low / z.high = a / b, in units of the two points' distance, which is never 0.
    let scan = ShapeScan(search.range, steps: search.steps) { place in
      standard(place).map { a / (b - a) - $0.low / ($0.high - $0.low) } ?? .nan
    }
    // The distances from the origin are rounded like the values and the origin themselves.
    let size = max(origin.magnitude, low.value.magnitude, high.value.magnitude)
    let rounding = 2 * size.ulp * (1 + (a / (b - a)).magnitude) / (b - a)
    let roots = scan.roots(0, rounding: rounding).filter { place in standard(place).map { $0.low < $0.high } ?? false }
    guard let place = roots.first, let z = standard(place) else { throw noFit }
    guard roots.count == 1 else { throw .ambiguous(distribution: family.name) }
    return (place, (b - a) / (z.high - z.low))
  }
}

/// For families that declare a lower end, a mode and an upper end.
struct ModalOrder {
  /// Their indices among the arguments.
  let positions: [Int]

  /// Nil for other families.
  init?(_ family: any DistributionFamily.Type) {
    let way = family.parameterisations[0]
    for order in way.orders where order.allowsEqual && order.names.count == 3 {
      let places = order.names.compactMap { name in way.parameters.firstIndex { $0.name == name } }
      guard places.count == 3, places.allSatisfy({ way.parameters[$0].role == .location }) else { continue }
      positions = places
      return
    }
    return nil
  }
}

/// The search range of a shape, on a scale on which equal steps change a distribution by similar amounts.
struct ShapeSearch: Sendable {
  /// The range of positions on the scale.
  let range: ClosedRange<Double>
  /// The number of steps in the scan.
  let steps: Int
  /// The shape at a position.
  let shape: @Sendable (Double) -> Double

  /// Positions of a mode between the ends 0 and 1.
  static let modes = ShapeSearch(range: 0...1, steps: 64) { $0 }

  /// The search range for a domain. For shapes of either sign it extends to 1e10, beyond which a skewed distribution is
  /// one-sided up to 1e-10 of its scale; positive shapes are searched by their logarithms.
  init(_ domain: Domain) {
    if domain.low < 0 {
      self.init(range: -24...24, steps: 96) { sinh($0) }
    } else {
      self.init(range: log(max(domain.low, 1e-300))...log(min(domain.high, 1e30)), steps: 256) { exp($0) }
    }
  }

  private init(range: ClosedRange<Double>, steps: Int, _ shape: @escaping @Sendable (Double) -> Double) {
    self.range = range
    self.steps = steps
    self.shape = shape
  }
}
