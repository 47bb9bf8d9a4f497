import Foundation

/// A distribution conditional on low <= X <= high: its density inside, renormalised.
///
/// u is mapped onto the base's probabilities of the interval, measured from the nearer tail, so that truncation at 30
/// standard deviations keeps its relative accuracy. Where these probabilities underflow, from 38 standard deviations
/// on, `TailTruncated` uses their logarithms. The ends belong to the interval.
package struct Truncated: Distribution {
  /// The distribution to be truncated.
  package let base: any Distribution
  /// The lower end; minus infinity if unbounded.
  package let low: Double
  /// The upper end; infinity if unbounded.
  package let high: Double
  /// The base's P(X < low) and P(X <= high).
  private let lower: (low: Double, high: Double)
  /// The corresponding upper tails.
  private let upper: (low: Double, high: Double)
  /// The base's probability of the interval; 0 if it underflows.
  private let mass: Double
  /// The logarithm of the base's probability of the interval.
  let logMass: Double
  /// The conditional distribution when the base's probability of the interval is too small for its own cdf; otherwise
  /// nil.
  private let remote: (any Distribution)?

  /// Smaller probabilities, or differences of probabilities, have lost digits.
  private static let leastMass = 1e-290
  /// Lists of counts omit 2^-54 of the probability, which must be small relative to that of the interval.
  private static let leastCountMass = 1e-3

  /// The distribution conditional on an interval.
  ///
  /// - Throws: `.order` unless low < high; `.emptyTruncation` if the base has no probability between them.
  package init(_ base: any Distribution, low: Double = -.infinity, high: Double = .infinity) throws(DistributionError) {
    guard low < high else { throw .order(parameters: ["low", "high"], values: [low, high], allowsEqual: false) }
    self.base = base
    self.low = low
    self.high = high
    let atLow = base.probability(of: low)
    lower = (max(base.cdf(low) - atLow, 0), base.cdf(high))
    upper = (min(base.survival(low) + atLow, 1), base.survival(high))
    let inside = Self.mass(lower, upper)
    if inside >= Self.leastMass && inside <= 1 && !(inside < Self.leastCountMass && Self.holdsCounts(base)) {
      (mass, logMass, remote) = (inside, log(inside), nil)
    } else if let rest = Self.remote(base, low: low, high: high) {
      (mass, logMass, remote) = (0, rest.logMass, rest.distribution)
    } else {
      throw .emptyTruncation(low: low, high: high)
    }
  }

  /// Whether the distribution is a count distribution or contains one.
  private static func holdsCounts(_ distribution: any Distribution) -> Bool {
    switch distribution {
    case is any CountDistribution: true
    case let distribution as Affine: holdsCounts(distribution.base)
    case let distribution as Mixture: distribution.components.contains(where: holdsCounts)
    default: false
    }
  }

  /// The distribution conditional on an interval far out in a tail, with the logarithm of its probability; nil if that
  /// is zero.
  private static func remote(_ base: any Distribution, low: Double, high: Double) -> (
    distribution: any Distribution, logMass: Double
  )? {
    switch base {
    case let distribution as any CountDistribution:
      return distribution.given(from: low, to: high).map { ($0.distribution, $0.logMass) }
    case let distribution as Mixture:
      return distribution.truncated(low: low, high: high).map { ($0.distribution, $0.logMass) }
    case let distribution as Affine:
      let ends = [(low - distribution.shift) / distribution.scale, (high - distribution.shift) / distribution.scale]
        .sorted()
      return remote(distribution.base, low: ends[0], high: ends[1]).map {
        (Affine($0.distribution, scale: distribution.scale, shift: distribution.shift), $0.logMass)
      }
    case let distribution as Truncated:
      return remote(distribution.base, low: max(low, distribution.low), high: min(high, distribution.high)).map {
        ($0.distribution, $0.logMass - distribution.logMass)
      }
    default:
      guard base.atoms.isEmpty else { return nil }
      return TailTruncated(base, low: low, high: high).map { ($0, $0.logMass) }
    }
  }

  /// A distribution without atoms between two of its probabilities, given as lower and as upper tails.
  init(restricting base: any Distribution, lower: (low: Double, high: Double), upper: (low: Double, high: Double)) {
    self.base = base
    self.lower = lower
    self.upper = upper
    low = lower.low < 0.5 ? base.quantile(lower.low) : base.quantile(survival: upper.low)
    high = lower.high < 0.5 ? base.quantile(lower.high) : base.quantile(survival: upper.high)
    mass = Self.mass(lower, upper)
    logMass = log(mass)
    remote = nil
  }

  /// The probability of the interval, from the more accurate tail.
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
    if let remote {
      let x = p < q ? remote.quantile(p) : remote.quantile(survival: q)
      return min(max(x, support.lowerBound), support.upperBound)
    }
    // Sums of products of probabilities: there is no cancellation in either tail.
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
    if let remote { return remote.cdf(x) }
    let fromBelow = base.cdf(x)
    let inside = fromBelow < 0.5 || lower.low < 0.5 ? fromBelow - lower.low : upper.low - base.survival(x)
    return min(max(inside / mass, 0), 1)
  }

  package func survival(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    if x < low { return 1 }
    if x >= high { return 0 }
    if let remote { return remote.survival(x) }
    let fromAbove = base.survival(x)
    let outside = fromAbove < 0.5 || upper.high < 0.5 ? fromAbove - upper.high : lower.high - base.cdf(x)
    return min(max(outside / mass, 0), 1)
  }

  package func logCdf(_ x: Double) -> Double {
    let cdf = cdf(x)
    guard cdf < Self.leastMass, x > low, remote == nil else { return LogProbability.of(cdf, complement: survival(x)) }
    let (inside, below) = (base.logCdf(x), base.logCdf(low))
    return inside + LogProbability.complement(below - inside) - logMass
  }

  package func logSurvival(_ x: Double) -> Double {
    let survival = survival(x)
    guard survival < Self.leastMass, x < high, remote == nil else {
      return LogProbability.of(survival, complement: cdf(x))
    }
    let (inside, above) = (base.logSurvival(x), base.logSurvival(high))
    return inside + LogProbability.complement(above - inside) - logMass
  }

  package func density(_ x: Double) -> Double {
    guard x >= low, x <= high else { return 0 }
    return remote.map { $0.density(x) } ?? base.density(x) / mass
  }
  package func logDensity(_ x: Double) -> Double {
    guard x >= low, x <= high else { return -.infinity }
    return remote.map { $0.logDensity(x) } ?? base.logDensity(x) - logMass
  }

  package func probability(of x: Double) -> Double {
    guard x >= low, x <= high else { return 0 }
    return remote.map { $0.probability(of: x) } ?? base.probability(of: x) / mass
  }

  package var mean: Double { moments.mean }
  package var sd: Double { moments.sd }

  /// Sums for discrete distributions, moments of truncated components for mixtures, otherwise quadrature.
  private var moments: (mean: Double, sd: Double) {
    if let remote { return (remote.mean, remote.sd) }
    if let mixture = base as? Mixture, let parts = mixture.truncated(low: low, high: high)?.distribution {
      return (parts.mean, parts.sd)
    }
    if case .steps = base.quantileExpression, let discrete = restricted() { return (discrete.mean, discrete.sd) }
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

  /// The index of the base, if at least one side is unbounded.
  package var tailIndex: Double? {
    support.lowerBound == -.infinity || support.upperBound == .infinity ? base.tailIndex : nil
  }

  package var atoms: [Double] { remote?.atoms ?? base.atoms.filter { $0 >= low && $0 <= high } }

  package var quantileExpression: QuantileExpression {
    if let remote {
      if case .steps = remote.quantileExpression { return remote.quantileExpression }
      return atoms.isEmpty ? .tabulated(self) : .scalar(self)
    }
    let quantileExpression = base.quantileExpression
    switch quantileExpression {
    case .steps: if let discrete = restricted() { return discrete.quantileExpression }
    case .constant: return quantileExpression
    default: break
    }
    return quantileExpression.restricted(lower: lower, upper: upper)
      ?? (atoms.isEmpty ? .tabulated(self) : .scalar(self))
  }

  /// The outcomes inside, if the base is discrete.
  private func restricted() -> Discrete? {
    let inside = atoms
    return try? Discrete(outcomes: inside, probabilities: inside.map { base.density($0) / mass })
  }

  package var description: String {
    let ends = [("low", low), ("high", high)].filter { $0.1.isFinite }.map {
      ", \($0.0)=\(DistributionText.number($0.1))"
    }
    return "truncate(\(base.description)\(ends.joined()))"
  }
}
