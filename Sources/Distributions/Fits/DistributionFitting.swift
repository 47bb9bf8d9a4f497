import Foundation

extension DistributionCatalogue {
  /// The distribution of a family whose quantile function passes through two points.
  ///
  /// - Parameters:
  ///   - family: the distribution's family.
  ///   - fixed: given canonical arguments, by name. Exactly two others must be left free: those without a default if
  ///     there are any, otherwise those with one.
  ///   - low: the point with the lower probability.
  ///   - high: the point with the higher probability.
  /// - Throws: `.notFittable` unless two arguments are free, `.noFit` if no arguments match both points.
  package static func fit(
    _ family: any DistributionFamily.Type, fixed: [String: Double] = [:], low: QuantilePoint, high: QuantilePoint
  ) throws(DistributionError) -> any DistributionFamily {
    try fit(family, fixed: fixed, points: [low, high])
  }

  /// The indices of the canonical arguments to be fitted: those without a default if there are any, otherwise those
  /// with one.
  package static func freeParameters(_ family: any DistributionFamily.Type, fixed: [String: Double] = [:]) -> [Int] {
    let parameters = family.parameterisations[0].parameters
    let open = parameters.indices.filter { fixed[parameters[$0].name] == nil }
    let required = open.filter { parameters[$0].defaultValue == nil }
    return required.isEmpty ? open : required
  }

  /// The distribution of a family whose quantile function passes through as many points as there are free arguments:
  /// one, two or, for families with a location, a scale and one shape, three.
  ///
  /// - Parameters:
  ///   - family: the distribution's family.
  ///   - fixed: given canonical arguments, by name; the number of free ones must equal the number of points.
  ///   - points: by ascending probability.
  /// - Throws: `.notFittable` if the numbers of free arguments and points differ, or if there is no method for three;
  ///   `.noFit` or `.noMiddle` if no arguments match all points.
  package static func fit(
    _ family: any DistributionFamily.Type, fixed: [String: Double] = [:], points: [QuantilePoint]
  ) throws(DistributionError) -> any DistributionFamily {
    for point in points { try check(point) }
    for (low, high) in zip(points, points.dropFirst()) { try checkInterval(low, high) }
    let parameters = family.parameterisations[0].parameters
    for parameter in parameters {
      guard let value = fixed[parameter.name] else { continue }
      guard parameter.domain.contains(value) else {
        throw .outOfDomain(parameter: parameter.name, value: value, domain: parameter.domain)
      }
    }
    // The quantiles of a discrete distribution are step functions of its arguments.
    if family is any CountDistribution.Type || family is Bernoulli.Type {
      throw .impossible(
        "`\(family.name)` is a distribution of counts, which is not fitted to quantiles: give its arguments")
    }
    let free = freeParameters(family, fixed: fixed)
    guard free.count == points.count, (1...3).contains(points.count), let low = points.first, let high = points.last
    else { throw .notFittable(distribution: family.name, freeParameters: free.map { parameters[$0].name }) }
    do {
      return try through(points, family, fixed: fixed, free: free)
    } catch {
      guard case .noFit(_, _, _, nil) = error, points.count == 2 else { throw error }
      let nearest = NearestFit(low: low, high: high) { low, high in
        (try? through([low, high], family, fixed: fixed, free: free)) != nil
      }
      throw .noFit(distribution: family.name, low: low, high: high, nearest: nearest.interval())
    }
  }

  /// Fits sorted points, as many as the arguments at the indices `free`.
  private static func through(
    _ points: [QuantilePoint], _ family: any DistributionFamily.Type, fixed: [String: Double], free: [Int]
  ) throws(DistributionError) -> any DistributionFamily {
    let start = family.parameterisations[0].parameters.map { fixed[$0.name] ?? $0.defaultValue ?? 1 }
    let (low, high) = (points[0], points[points.count - 1])
    let arguments: [Double]
    if points.count == 3 {
      arguments = try ThreePointFit(family: family, points: points, free: free).arguments(from: start)
    } else if points.count == 1 {
      arguments = try OnePointFit(family: family, point: low, free: free[0]).arguments(from: start)
    } else if let solved = try family.fit(low, high, fixed: fixed) {
      arguments = solved
    } else {
      arguments = try NumericalFit(family: family, low: low, high: high, free: free).arguments(from: start)
    }
    // Whichever method was used, a distribution that misses a point is rejected.
    guard let distribution = try? family.distribution(arguments) else {
      throw .noFit(distribution: family.name, low: low, high: high, nearest: nil)
    }
    // A single point is matched relative to the distribution's own width.
    let width = points.count == 1 ? distribution.quartileDistance : high.value - low.value
    guard points.allSatisfy({ distribution.passes(through: $0, width: width) })
    else { throw .noFit(distribution: family.name, low: low, high: high, nearest: nil) }
    return distribution
  }

  /// Throws unless 0 < low probability < high probability < 1 and low value < high value, all finite.
  static func checkInterval(_ low: QuantilePoint, _ high: QuantilePoint) throws(DistributionError) {
    for point in [low, high] { try check(point) }
    guard low.probability < high.probability else {
      throw .order(
        parameters: ["low probability", "high probability"], values: [low.probability, high.probability],
        allowsEqual: false)
    }
    guard low.value < high.value else {
      throw .order(parameters: ["low", "high"], values: [low.value, high.value], allowsEqual: false)
    }
  }

  /// Throws unless 0 < probability < 1 and the value is finite.
  private static func check(_ point: QuantilePoint) throws(DistributionError) {
    guard point.probability > 0, point.probability < 1 else {
      throw .outOfDomain(
        parameter: "probability", value: point.probability,
        domain: Domain(0, 1, includesLow: false, includesHigh: false))
    }
    guard point.value.isFinite else { throw .outOfDomain(parameter: "value", value: point.value, domain: .finite) }
  }
}

extension Distribution {
  /// The interquartile range.
  var quartileDistance: Double { quantile(0.75) - quantile(0.25) }

  /// Whether the quantile function passes through a point. The value must agree within 1e-8 of `width`, and both tail
  /// probabilities within a relative 1e-7 for some value within 1e-13 of the point's plus 1e-9 of `width`, which is the
  /// effect of rounding of the arguments.
  func passes(through point: QuantilePoint, width: Double) -> Bool {
    let (x, p) = (point.value, point.probability)
    guard (quantile(at: point) - x).magnitude <= 1e-8 * max(width, x.magnitude) else { return false }
    let slack = 1e-13 * x.magnitude + 1e-9 * width
    return cdf(x - slack) <= p * (1 + 1e-7) && cdf(x + slack) >= p * (1 - 1e-7)
      && survival(x + slack) <= (1 - p) * (1 + 1e-7) && survival(x - slack) >= (1 - p) * (1 - 1e-7)
  }

  /// The quantile at a point's probability, from the nearer tail.
  func quantile(at point: QuantilePoint) -> Double {
    point.probability <= 0.5 ? quantile(point.probability) : quantile(survival: 1 - point.probability)
  }
}

/// A central interval interpreted as a distribution: `low to high within 90 %`.
package enum Interval {
  /// Lognormal if both ends are positive, normal if one is negative; both tails outside have the same probability.
  ///
  /// - Parameters:
  ///   - low: the lower end.
  ///   - high: the upper end.
  ///   - width: the probability inside, by default 0.9: the ends are then the 5th and 95th percentiles.
  /// - Throws: `.order` unless low < high; `.outOfDomain` for an end of 0, which fits neither distribution, or for a
  ///   width outside 0 ... 1.
  package static func distribution(low: Double, high: Double, within width: Double = 0.9) throws(DistributionError)
    -> any DistributionFamily
  {
    let points = try points(low: low, high: high, within: width)
    for (name, value) in [("low", low), ("high", high)] where value == 0 {
      throw .outOfDomain(
        parameter: name, value: 0, domain: Domain(0, .infinity, includesLow: false, includesHigh: false))
    }
    return try DistributionCatalogue.fit(low > 0 ? LogNormal.self : Normal.self, low: points.low, high: points.high)
  }

  /// The two quantiles given by a central interval.
  package static func points(
    low: Double, high: Double, within width: Double = 0.9
  ) throws(DistributionError) -> (low: QuantilePoint, high: QuantilePoint) {
    let domain = Domain(0, 1, includesLow: false, includesHigh: false)
    guard domain.contains(width) else { throw .outOfDomain(parameter: "within", value: width, domain: domain) }
    // (1 - width) / 2 = 0.05 to the last digit for 0.9: 1 - 0.9 alone would carry the rounding of 0.9 into the tail,
    // and a tail as small as that rounding would lose all its digits.
    let half = (1 - width) * 0.5
    let tail = half < 1e-9 ? half : (half * 1e15).rounded() / 1e15
    let points = (
      QuantilePoint(probability: tail, value: low), QuantilePoint(probability: 1 - tail, value: high)
    )
    try DistributionCatalogue.checkInterval(points.0, points.1)
    return points
  }
}
