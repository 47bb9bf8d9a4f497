import Distributions
import Foundation
import Modeling
import Simulation

/// The factor of a likelihood that one observation gives.
struct ObservedFactor: Sendable {
  private enum Kind: Sendable {
    case density(any Distribution, ObservationDensity, mode: Double)
    case varying(any DistributionFamily.Type, parameterisation: Int, arguments: Int)
    /// The logarithms of the likelihood where the value is positive and where it is not.
    case condition(orZero: Bool, holds: Double, fails: Double)
  }

  private let kind: Kind
  /// The column of the observed value; those of the distribution's arguments follow.
  private let column: Int

  init(_ measurement: Observation.Measurement, column: Int) {
    self.column = column
    switch measurement {
    case .distribution(let distribution):
      let density = ObservationDensity(of: distribution)
      kind = .density(distribution, density, mode: density.mode)
    case .varying(let family, let parameterisation, let arguments):
      kind = .varying(family, parameterisation: parameterisation, arguments: arguments.count)
    case .positive(let orZero, let probability):
      kind = .condition(orZero: orZero, holds: 0, fails: log(1 - probability) - log(probability))
    }
  }

  /// The observed value in a draw.
  func value(_ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double { columns[column][draw] }

  /// Whether this is a condition instead of a distribution.
  var isCondition: Bool { if case .condition = kind { true } else { false } }

  /// Whether a condition holds at a finite value of its margin.
  private func holds(_ x: Double) -> Bool {
    if case .condition(true, _, _) = kind { x >= 0 } else { x > 0 }
  }

  /// Whether only separate values have a likelihood.
  var isDiscrete: Bool { if case .density(_, let density, _) = kind { density.isDiscrete } else { false } }

  /// The distribution in a draw; nil for a condition and where arguments are invalid.
  private func distribution(_ columns: [UnsafeBufferPointer<Double>], draw: Int) -> (any Distribution)? {
    switch kind {
    case .density(let distribution, _, _): return distribution
    case .varying(let family, let parameterisation, let count):
      let arguments = (1...max(1, count)).prefix(count).map { columns[column + $0][draw] }
      return try? family.distribution(arguments, parameterisation: parameterisation)
    case .condition: return nil
    }
  }

  /// The logarithm of the likelihood: relative to its greatest for a fixed distribution, the log density for one with
  /// arguments of the draw (of the logarithm for a lognormal one, as for fixed ones).
  func logLikelihood(_ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double {
    let x = value(columns, draw: draw)
    switch kind {
    case .density(_, let density, _): return density.logRelative(x)
    case .condition(_, let holds, let fails): return x.isFinite ? (self.holds(x) ? holds : fails) : -.infinity
    case .varying:
      guard x.isFinite, let distribution = distribution(columns, draw: draw) else { return -.infinity }
      let fit = distribution.logDensity(x) + (distribution is LogNormal && x > 0 ? log(x) : 0)
      return fit < .infinity ? fit : -.infinity
    }
  }

  /// The distance from where the likelihood is positive; infinite for a value that is not finite.
  func violation(_ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double {
    let x = value(columns, draw: draw)
    guard x.isFinite else { return .infinity }
    switch kind {
    case .density(_, let density, _): return density.distance(of: x)
    case .condition(_, _, let fails): return holds(x) || fails > -.infinity ? 0 : -x
    case .varying:
      guard let support = distribution(columns, draw: draw)?.support else { return .infinity }
      return max(support.lowerBound - x, x - support.upperBound, 0)
    }
  }

  /// See `ParticleTarget.residual`; for a distribution with arguments of the draw, the normal score of the value.
  func residual(_ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double {
    let x = value(columns, draw: draw)
    switch kind {
    case .density(_, let density, let mode): return density.residual(x, mode: mode)
    case .condition: return .nan
    case .varying:
      guard x.isFinite, let distribution = distribution(columns, draw: draw) else { return .nan }
      let (below, above) = (distribution.logCdf(x), distribution.logSurvival(x))
      return below < above ? -(-2 * below).squareRoot() : (-2 * above).squareRoot()
    }
  }

  /// The probabilities that the distribution is below and above a draw's value, atoms half on each side; nil for a
  /// value that is not finite and for invalid arguments. For a condition, that it holds and that it does not.
  func tails(_ columns: [UnsafeBufferPointer<Double>], draw: Int) -> (below: Double, above: Double)? {
    let x = value(columns, draw: draw)
    guard x.isFinite else { return nil }
    if isCondition { return holds(x) ? (1, 0) : (0, 1) }
    guard let distribution = distribution(columns, draw: draw) else { return nil }
    let half = 0.5 * distribution.probability(of: x)
    return (distribution.cdf(x) - half, distribution.survival(x) + half)
  }

  /// The logarithm of one of the `tails`; minus infinity where it is 0.
  func logTail(isBelow: Bool, _ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double {
    let x = value(columns, draw: draw)
    guard x.isFinite else { return -.infinity }
    if isCondition { return holds(x) == isBelow ? 0 : -.infinity }
    guard let distribution = distribution(columns, draw: draw) else { return -.infinity }
    let half = 0.5 * distribution.probability(of: x)
    let tail: Double
    if half > 0 {
      tail = log(isBelow ? max(0, distribution.cdf(x) - half) : distribution.survival(x) + half)
    } else {
      tail = isBelow ? distribution.logCdf(x) : distribution.logSurvival(x)
    }
    return tail.isNaN ? -.infinity : min(tail, 0)
  }

  /// The distance from where one of the `tails` is positive.
  func tailViolation(isBelow: Bool, _ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double {
    let x = value(columns, draw: draw)
    guard x.isFinite else { return .infinity }
    if isCondition { return holds(x) == isBelow ? 0 : x.magnitude }
    guard let support = distribution(columns, draw: draw)?.support else { return .infinity }
    return max(0, isBelow ? support.lowerBound - x : x - support.upperBound)
  }
}
