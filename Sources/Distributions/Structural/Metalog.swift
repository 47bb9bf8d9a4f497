import Foundation

/// The metalog distribution through given quantiles: `quantiles(10%=10, 50%=20, 90%=45, low=0)`.
///
/// The quantile function is A(c) + B(c) log(u / v) with v = 1 - u, c = u - 1/2 and polynomials A and B with as many
/// coefficients in total as there are quantiles, all of which it passes through (Keelin 2016, The metalog
/// distributions, doi:10.1287/deca.2016.0338). With one end this is the logarithm of the distance from the end; with
/// two, the logarithm of the ratio of both distances. A set of quantiles has such a distribution only if the function
/// increases.
package struct Metalog: Distribution {
  /// The quantiles, by ascending probability.
  package let points: [QuantilePoint]
  /// The smallest value; nil if unbounded.
  package let low: Double?
  /// The largest value; nil if unbounded.
  package let high: Double?
  private let curve: MetalogCurve

  /// Maximum number of quantiles; with more, the rounding errors of the coefficients would be visible.
  package static let mostPoints = 12

  /// The distribution through at least two quantiles.
  ///
  /// - Throws: `.order` unless values increase with probabilities and are between the ends; `.outOfDomain` for
  ///   probabilities outside the open interval 0 ... 1; `.decreasing` if the function would decrease, with the
  ///   probabilities whose omission would correct it. Giving or moving an end may correct it too.
  package init(points: [QuantilePoint], low: Double? = nil, high: Double? = nil) throws(DistributionError) {
    let points = points.sorted { $0.probability < $1.probability }
    guard points.count >= 2 else { throw .impossible("quantiles needs at least two probabilities with values") }
    guard points.count <= Self.mostPoints else {
      throw .impossible("quantiles takes up to \(Self.mostPoints) probabilities; leave out some, or use empirical")
    }
    for (a, b) in zip(points, points.dropFirst()) { try DistributionCatalogue.checkInterval(a, b) }
    for end in [low, high].compactMap(\.self) where !end.isFinite {
      throw .outOfDomain(parameter: "end", value: end, domain: .finite)
    }
    let inside = [low].compactMap(\.self) + points.map(\.value) + [high].compactMap(\.self)
    guard zip(inside, inside.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw .order(
        parameters: ["low", "values", "high"], values: [low ?? -.infinity, points[0].value, high ?? .infinity],
        allowsEqual: false)
    }
    let transformed = points.map {
      QuantilePoint(probability: $0.probability, value: Self.line($0.value, low: low, high: high))
    }
    let curve = MetalogCurve(through: transformed)
    if let fall = curve.fall {
      let spare = points.indices.filter { left in
        var fewer = transformed
        fewer.remove(at: left)
        return fewer.count >= 2 && MetalogCurve(through: fewer).fall == nil
      }
      throw .decreasing(distribution: "quantiles", between: fall, risingWithout: spare.map { points[$0].probability })
    }
    self.points = points
    self.low = low
    self.high = high
    self.curve = curve
  }

  private init(points: [QuantilePoint], low: Double?, high: Double?, curve: MetalogCurve) {
    self.points = points
    self.low = low
    self.high = high
    self.curve = curve
  }

  /// The transformed value, on the scale on which the curve is fitted.
  private static func line(_ x: Double, low: Double?, high: Double?) -> Double {
    switch (low, high) {
    case (nil, nil): x
    case (let low?, nil): log(x - low)
    case (nil, let high?): -log(high - x)
    case (let low?, let high?): log((x - low) / (high - x))
    }
  }

  /// The value for a transformed value, and the derivative there.
  private func image(_ m: Double) -> (value: Double, slope: Double) {
    switch (low, high) {
    case (nil, nil): return (m, 1)
    case (let low?, nil): return (low + exp(m), exp(m))
    case (nil, let high?): return (high - exp(-m), exp(-m))
    case (let low?, let high?):
      let e = exp(-m.magnitude)
      let near = (high - low) * (e / (1 + e))
      return (m < 0 ? low + near : high - near, near / (1 + e))
    }
  }

  package func quantile(_ p: Double) -> Double { quantile(p, 1 - p) }
  package func quantile(survival q: Double) -> Double { quantile(1 - q, q) }

  private func quantile(_ p: Double, _ q: Double) -> Double {
    guard p >= 0, q >= 0 else { return .nan }
    let support = support
    if p == 0 { return support.lowerBound }
    if q == 0 { return support.upperBound }
    return min(max(image(curve.value(p, q)).value, support.lowerBound), support.upperBound)
  }

  /// P(X <= x) and P(X > x): the root of the curve in log(u / v).
  private func tails(_ x: Double) -> (lower: Double, upper: Double) {
    if x.isNaN { return (.nan, .nan) }
    if x <= support.lowerBound { return (0, 1) }
    if x >= support.upperBound { return (1, 0) }
    let target = Self.line(x, low: low, high: high)
    func excess(_ w: Double) -> Double { curve.value(1 / (1 + exp(-w)), 1 / (1 + exp(w))) - target }
    if excess(-700) >= 0 { return (0, 1) }
    if excess(700) <= 0 { return (1, 0) }
    guard let w = RootFinding.bracketed(-700, 700, excess) else { return (.nan, .nan) }
    return (1 / (1 + exp(-w)), 1 / (1 + exp(w)))
  }

  package func cdf(_ x: Double) -> Double { tails(x).lower }
  package func survival(_ x: Double) -> Double { tails(x).upper }

  package func density(_ x: Double) -> Double {
    let (u, v) = tails(x)
    guard u > 0, v > 0 else { return 0 }
    return u * v / (curve.slope(u, v) * image(curve.value(u, v)).slope)
  }

  /// With one end, the moments of the distance from it in units of its median: far values of a heavy tail contribute to
  /// the moments and may overflow where the moments do not.
  private var moments: (mean: Double, sd: Double) {
    guard (low == nil) != (high == nil), let end = low ?? high else { return Moments.integrated(self) }
    let unit = exp(low == nil ? -curve.median : curve.median)
    let distance = Metalog(points: points, low: low.map { _ in 0 }, high: high.map { _ in 0 }, curve: curve.fromMedian)
    let (mean, sd) = Moments.integrated(distance)
    return (end + unit * mean, unit * sd)
  }

  package var mean: Double {
    guard let index = tailIndex, index <= 1 else { return moments.mean }
    return low == nil ? -.infinity : .infinity
  }
  package var sd: Double {
    guard let index = tailIndex, index <= 2 else { return moments.sd }
    return index <= 1 ? .nan : .infinity
  }
  package var support: ClosedRange<Double> { (low ?? -.infinity)...(high ?? .infinity) }

  /// With one end, values far from it are a power of the tail: the end of the curve is B log u on the logarithmic
  /// scale.
  package var tailIndex: Double? {
    let exponent = low != nil && high == nil ? curve.ends.upper : low == nil && high != nil ? curve.ends.lower : 0
    return exponent > 0 ? 1 / exponent : nil
  }

  package var quantileExpression: QuantileExpression {
    switch (low, high) {
    case (nil, nil): curve.quantileExpression
    case (let low?, nil): .constant(low) + .exp(curve.quantileExpression)
    case (nil, let high?): .constant(high) - .exp(-1 * curve.quantileExpression)
    case (let low?, let high?): .constant(low) + .constant(high - low) / (1 + .exp(-1 * curve.quantileExpression))
    }
  }

  package var description: String {
    let list = points.map { "\(DistributionText.number($0.probability))=\(DistributionText.number($0.value))" }
    let ends = [("low", low), ("high", high)].compactMap { name, end in
      end.map { "\(name)=\(DistributionText.number($0))" }
    }
    return "quantiles(\((list + ends).joined(separator: ", ")))"
  }
}
