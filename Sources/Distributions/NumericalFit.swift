import Foundation

/// Two arguments of a family for which its quantile function passes through two points, where no formula gives them.
struct NumericalFit {
  /// The family.
  let family: any LawFamily.Type
  /// The point of the lower probability.
  let low: QuantilePoint
  /// The point of the higher probability.
  let high: QuantilePoint
  /// The positions of the two free arguments.
  let free: [Int]

  private var parameters: [Parameter] { family.parameterisations[0].parameters }
  private var noFit: LawError { .noFit(law: family.name, low: low, high: high, nearest: nil) }

  /// All arguments; those that are not free as in `start`.
  func arguments(from start: [Double]) throws(LawError) -> [Double] {
    let roles = free.map { parameters[$0].role }
    let scales = free.filter { parameters[$0].role == .scale }
    let locations = free.filter { parameters[$0].role == .location }
    if roles.count == 2, scales.count == 1, locations.count == 1 {
      return try locationAndScale(start, location: locations[0], scale: scales[0])
    }
    if roles.count == 2, scales.count == 1, let shape = free.first(where: { parameters[$0].role == .shape }) {
      if parameters[shape].domain == .finite { return try scaleAndSkew(start, scale: scales[0], skew: shape) }
      return try scaleAndShape(start, scale: scales[0], shape: shape)
    }
    return try twoDimensional(start)
  }

  /// x = location + scale z, with the quantiles z of the law at location 0 and scale 1.
  private func locationAndScale(
    _ start: [Double], location: Int, scale: Int
  ) throws(LawError) -> [Double] {
    var arguments = start
    arguments[location] = 0
    arguments[scale] = 1
    let standard = try family.law(arguments)
    let z = (standard.quantile(at: low), standard.quantile(at: high))
    guard z.0 < z.1 else { throw noFit }
    (arguments[location], arguments[scale]) = LocationScaleFit.line(through: (z.0, low.value), (z.1, high.value))
    return arguments
  }

  /// The ratio of the two quantiles depends on the shape alone and is found first, the scale follows.
  private func scaleAndShape(
    _ start: [Double], scale: Int, shape: Int
  ) throws(LawError) -> [Double] {
    guard low.value > 0 else { throw .outOfDomain(parameter: "low end", value: low.value, domain: .positive) }
    let wanted = log(high.value / low.value)
    func arguments(_ logShape: Double) -> [Double] {
      var arguments = start
      arguments[scale] = 1
      arguments[shape] = exp(logShape)
      return arguments
    }
    func spread(_ logShape: Double) -> Double {
      guard let law = try? family.law(arguments(logShape)) else { return .nan }
      let z = (law.quantile(at: low), law.quantile(at: high))
      return z.0 > 0 && z.1 < .infinity ? log(z.1 / z.0) - wanted : .nan
    }
    // Walk out from shape 1 until the wanted ratio is enclosed.
    var ends = (low: 0.0, high: 0.0)
    var values = (low: spread(0), high: spread(0))
    for _ in 0..<60 where (values.low < 0) == (values.high < 0) {
      let down = spread(ends.low - 0.5)
      if !down.isNaN { (ends.low, values.low) = (ends.low - 0.5, down) }
      let up = spread(ends.high + 0.5)
      if !up.isNaN { (ends.high, values.high) = (ends.high + 0.5, up) }
      if down.isNaN, up.isNaN { break }
    }
    guard let root = RootFinding.bracketed(ends.low, ends.high, spread) else { throw noFit }
    var result = arguments(root)
    let law = try family.law(result)
    result[scale] = low.value / law.quantile(at: low)
    return result
  }

  /// Around a location that is given, the ratio of the two quantiles depends on the skew alone.
  private func scaleAndSkew(_ start: [Double], scale: Int, skew: Int) throws(LawError) -> [Double] {
    let location = parameters.firstIndex { $0.role == .location }
    let origin = location.map { start[$0] } ?? 0
    let (a, b) = (low.value - origin, high.value - origin)
    func quantiles(_ angle: Double) -> (low: Double, high: Double)? {
      var arguments = start
      if let location { arguments[location] = 0 }
      arguments[scale] = 1
      arguments[skew] = tan(angle)
      return (try? family.law(arguments)).map { ($0.quantile(at: low), $0.quantile(at: high)) }
    }
    let scan = ShapeScan(ShapeScan.angles) { angle in
      quantiles(angle).map { (a * $0.high - b * $0.low) / (b - a) } ?? .nan
    }
    let roots = scan.roots(0)
    guard let angle = roots.first, let z = quantiles(angle) else { throw noFit }
    guard roots.count == 1 else { throw .ambiguous(law: family.name) }
    var result = start
    result[scale] = (b - a) / (z.high - z.low)
    result[skew] = tan(angle)
    return result
  }

  /// Damped Newton steps (Levenberg-Marquardt) on the misses in normal scores, in variables without bounds.
  private func twoDimensional(_ start: [Double]) throws(LawError) -> [Double] {
    let width = high.value - low.value
    // The ends of a law with a mode, and the mode, by position.
    let modal = family.parameterisations[0].orders.compactMap { order in
      let places = order.names.compactMap { name in parameters.firstIndex { $0.name == name } }
      return order.allowsEqual && places.count == 3 ? places : nil
    }.first
    func arguments(_ v: [Double]) -> [Double] {
      var arguments = start
      for (position, value) in zip(free, v) where position != modal?[1] {
        let parameter = parameters[position]
        switch parameter.role {
        case .location where position == modal?[0] || (modal == nil && position == free[0]):
          arguments[position] = low.value - width * exp(value)
        case .location: arguments[position] = high.value + width * exp(value)
        default: arguments[position] = exp(value)
        }
      }
      if let modal, let number = free.firstIndex(of: modal[1]) {
        let (a, b) = (arguments[modal[0]], arguments[modal[2]])
        arguments[modal[1]] = min(a + (b - a) / (1 + exp(-v[number])), b)
      }
      return arguments
    }
    func misses(_ v: [Double]) -> [Double]? {
      guard let law = try? family.law(arguments(v)) else { return nil }
      let misses = [low, high].map { point in
        min(max(Self.score(law, point.value), -40), 40) - StandardNormal.quantile(point.probability)
      }
      return misses.allSatisfy(\.isFinite) ? misses : nil
    }
    var v = free.map { position in
      position == modal?[1] ? 0 : parameters[position].role == .location ? -1.0 : log(max(start[position], 1e-3))
    }
    guard var miss = misses(v) else { throw noFit }
    var damping = 1e-3
    for _ in 0..<200 {
      let size = hypot(miss[0], miss[1])
      if size < 1e-15 { break }
      let step = 1e-6
      var columns: [[Double]] = []
      for i in 0..<2 {
        var (forward, backward) = (v, v)
        forward[i] += step
        backward[i] -= step
        guard let ahead = misses(forward), let behind = misses(backward) else { throw noFit }
        columns.append([(ahead[0] - behind[0]) / (2 * step), (ahead[1] - behind[1]) / (2 * step)])
      }
      var improved = false
      for _ in 0..<30 {
        let (a, b) = (columns[0], columns[1])
        let aa = (a[0] * a[0] + a[1] * a[1]) * (1 + damping)
        let bb = (b[0] * b[0] + b[1] * b[1]) * (1 + damping)
        let ab = a[0] * b[0] + a[1] * b[1]
        let right = (-(a[0] * miss[0] + a[1] * miss[1]), -(b[0] * miss[0] + b[1] * miss[1]))
        let determinant = aa * bb - ab * ab
        let move = [(right.0 * bb - right.1 * ab) / determinant, (right.1 * aa - right.0 * ab) / determinant]
        let next = [v[0] + min(max(move[0], -5), 5), v[1] + min(max(move[1], -5), 5)]
        if let better = misses(next), hypot(better[0], better[1]) < size {
          (v, miss) = (next, better)
          damping = max(damping / 10, 1e-16)
          improved = true
          break
        }
        damping = max(damping, 1e-12) * 10
      }
      if !improved { break }
    }
    guard hypot(miss[0], miss[1]) < 1e-9 else { throw noFit }
    return arguments(v)
  }

  /// The normal score of the probability below x.
  private static func score(_ law: any Law, _ x: Double) -> Double {
    let p = law.cdf(x)
    return p < 0.5 ? StandardNormal.quantile(p) : -StandardNormal.quantile(law.survival(x))
  }
}
