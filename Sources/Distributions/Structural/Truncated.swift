import Foundation

/// A law given that its value lies between two ends: the density inside them, renormalised.
///
/// u is mapped onto the probabilities that the base gives the interval, counted from the nearer tail, so that
/// truncation 30 standard deviations out keeps its relative accuracy. Ends count as inside.
package struct Truncated: Law {
  /// The law that is truncated.
  package let base: any Law
  /// The lower end; minus infinity for none.
  package let low: Double
  /// The upper end; infinity for none.
  package let high: Double
  /// The base's probabilities at the two ends, counted from below: up to but without `low`, and with `high`.
  private let lower: (low: Double, high: Double)
  /// The same counted from above.
  private let upper: (low: Double, high: Double)
  /// The base's probability inside.
  let mass: Double

  /// The law between two ends.
  ///
  /// - Throws: `.order` unless low < high; `.emptyTruncation` if the base gives the interval no probability that a
  ///   double can hold.
  package init(_ base: any Law, low: Double = -.infinity, high: Double = .infinity) throws(LawError) {
    guard low < high else { throw .order(parameters: ["low", "high"], values: [low, high], allowsEqual: false) }
    self.base = base
    self.low = low
    self.high = high
    let atLow = base.probability(of: low)
    lower = (max(base.cdf(low) - atLow, 0), base.cdf(high))
    upper = (min(base.survival(low) + atLow, 1), base.survival(high))
    mass = Self.mass(lower, upper)
    guard mass >= .leastNormalMagnitude, mass <= 1 else { throw .emptyTruncation(low: low, high: high) }
  }

  /// A law without atoms between two of its probabilities, given as counted from below and from above.
  init(restricting base: any Law, lower: (low: Double, high: Double), upper: (low: Double, high: Double)) {
    self.base = base
    self.lower = lower
    self.upper = upper
    low = lower.low < 0.5 ? base.quantile(lower.low) : base.quantile(survival: upper.low)
    high = lower.high < 0.5 ? base.quantile(lower.high) : base.quantile(survival: upper.high)
    mass = Self.mass(lower, upper)
  }

  /// The probability between the ends, from whichever side has the digits.
  private static func mass(_ lower: (low: Double, high: Double), _ upper: (low: Double, high: Double)) -> Double {
    if lower.low >= 0.5 { return upper.low - upper.high }
    return lower.high < 0.5 ? lower.high - lower.low : 1 - lower.low - upper.high
  }

  package func quantile(_ p: Double) -> Double { between(p, 1 - p) }
  package func quantile(survival q: Double) -> Double { between(1 - q, q) }

  private func between(_ p: Double, _ q: Double) -> Double {
    guard p >= 0, q >= 0 else { return .nan }
    let support = support
    if p == 0 { return support.lowerBound }
    if q == 0 { return support.upperBound }
    // Sums of products of probabilities: no cancellation, whichever tail the interval lies in.
    let fromBelow = lower.low * q + lower.high * p
    let x =
      fromBelow <= 0.5
      ? base.quantile(fromBelow) : base.quantile(survival: upper.low * q + upper.high * p)
    return min(max(x, support.lowerBound), support.upperBound)
  }

  package func cdf(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    if x < low { return 0 }
    if x >= high { return 1 }
    let fromBelow = base.cdf(x)
    let inside = fromBelow < 0.5 || lower.low < 0.5 ? fromBelow - lower.low : upper.low - base.survival(x)
    return min(max(inside / mass, 0), 1)
  }

  package func survival(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    if x < low { return 1 }
    if x >= high { return 0 }
    let fromAbove = base.survival(x)
    let outside = fromAbove < 0.5 || upper.high < 0.5 ? fromAbove - upper.high : lower.high - base.cdf(x)
    return min(max(outside / mass, 0), 1)
  }

  package func density(_ x: Double) -> Double { x >= low && x <= high ? base.density(x) / mass : 0 }
  package func logDensity(_ x: Double) -> Double {
    x >= low && x <= high ? base.logDensity(x) - log(mass) : -.infinity
  }

  package func probability(of x: Double) -> Double {
    x >= low && x <= high ? base.probability(of: x) / mass : 0
  }

  package var mean: Double { moments.mean }
  package var sd: Double { moments.sd }

  /// Sums for discrete laws, the truncated components for mixtures, else the quantile function integrated.
  private var moments: (mean: Double, sd: Double) {
    if let mixture = base as? Mixture, let parts = mixture.truncated(low: low, high: high) {
      return (parts.mean, parts.sd)
    }
    if case .steps = base.form, let discrete = restricted() { return (discrete.mean, discrete.sd) }
    let unbounded = (below: support.lowerBound == -.infinity, above: support.upperBound == .infinity)
    if unbounded.below || unbounded.above, !base.mean.isFinite {
      return (unbounded.below == unbounded.above ? .nan : unbounded.above ? .infinity : -.infinity, .nan)
    }
    let (mean, sd) = Moments.integrated(self)
    return (mean, (unbounded.below || unbounded.above) && !base.sd.isFinite ? .infinity : sd)
  }

  package var support: ClosedRange<Double> {
    let whole = base.support
    return max(low, whole.lowerBound)...min(high, whole.upperBound)
  }

  /// That of the base, as long as a side stays open.
  package var tailIndex: Double? {
    support.lowerBound == -.infinity || support.upperBound == .infinity ? base.tailIndex : nil
  }

  package var atoms: [Double] { base.atoms.filter { $0 >= low && $0 <= high } }

  package var form: QuantileForm {
    let form = base.form
    switch form {
    case .steps: if let discrete = restricted() { return discrete.form }
    case .constant: return form
    default: break
    }
    return form.restricted(lower: lower, upper: upper) ?? (atoms.isEmpty ? .tabulated(self) : .scalar(self))
  }

  /// The outcomes inside, for a base that has no others.
  private func restricted() -> Discrete? {
    let inside = atoms
    return try? Discrete(outcomes: inside, probabilities: inside.map { base.density($0) / mass })
  }

  package var description: String {
    let ends = [("low", low), ("high", high)].filter { $0.1.isFinite }.map { ", \($0.0)=\(LawText.number($0.1))" }
    return "truncate(\(base.description)\(ends.joined()))"
  }
}
