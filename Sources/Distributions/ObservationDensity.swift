import Foundation
import VectorMath

/// The density of an observation at a value, relative to its maximum.
///
/// For a lognormal distribution, also scaled by a positive number or truncated, it is the density of the logarithm,
/// which is invariant under changes of unit and reciprocals. For a discrete distribution it is the probability of the
/// value, matched within a relative 1e-9 because sums of integers round. For all others it is the density.
package struct ObservationDensity: Sendable {
  /// The distribution, or that of its logarithm.
  private let distribution: any Distribution
  private let isOfLogarithm: Bool
  private let atoms: [Double]
  private let logGreatest: Double

  /// Values closer than this, relative to their magnitude, count as the same outcome.
  private static let tolerance = 1e-9

  /// The density of a distribution.
  package init(of distribution: any Distribution) {
    let logarithm = distribution.ofLogarithm
    self.distribution = logarithm ?? distribution
    isOfLogarithm = logarithm != nil
    atoms = distribution.atoms
    logGreatest = log(self.distribution.greatestDensity)
  }

  /// Whether the density is bounded, so that draws can be weighted by it.
  package var isBounded: Bool { logGreatest < .infinity }

  /// The logarithm of density / maximum: at most 0; minus infinity where the density is 0 and at non-finite values.
  package func logRelative(_ x: Double) -> Double {
    guard x.isFinite else { return -.infinity }
    let density: Double
    if !atoms.isEmpty {
      density = nearestAtom(to: x).map { log(distribution.probability(of: $0)) } ?? -.infinity
    } else if isOfLogarithm {
      density = x > 0 ? distribution.logDensity(log(x)) : -.infinity
    } else {
      density = distribution.logDensity(x)
    }
    return density.isNaN ? -.infinity : min(density - logGreatest, 0)
  }

  /// The value with the greatest density; not a number for a discrete distribution.
  ///
  /// Found by search, as precisely as a sign change of `residual` needs: to 1e-6 of the distribution's width.
  package var mode: Double {
    guard atoms.isEmpty else { return .nan }
    let places = DensityPeak.places(in: distribution).sorted()
    let heights = places.map { distribution.logDensity($0) }
    guard let best = heights.indices.max(by: { heights[$0] < heights[$1] }) else { return .nan }
    var (low, high) = (places[max(best - 1, 0)], places[min(best + 1, places.count - 1)])
    for _ in 0..<40 {
      let left = high - 0.6180339887498949 * (high - low)
      let right = low + 0.6180339887498949 * (high - low)
      if distribution.logDensity(left) < distribution.logDensity(right) { low = left } else { high = right }
    }
    return isOfLogarithm ? exp(0.5 * (low + high)) : 0.5 * (low + high)
  }

  /// The signed square root of the deviance at a value: sign(x - mode) sqrt(-2 `logRelative`); (x - m) / s for a normal
  /// distribution. Not a number where the density is 0, and for discrete distributions.
  package func residual(_ x: Double, mode: Double) -> Double {
    let fit = logRelative(x)
    guard fit > -.infinity, !mode.isNaN else { return .nan }
    return (x < mode ? -1 : 1) * (-2 * fit).squareRoot()
  }

  /// Whether only separate values have a density.
  package var isDiscrete: Bool { !atoms.isEmpty }

  /// The distance of a value from the nearest possible observation: 0 for a possible one, infinite for a non-finite
  /// value.
  package func distance(of x: Double) -> Double {
    guard x.isFinite else { return .infinity }
    guard !atoms.isEmpty else {
      let ends = (distribution.support.lowerBound, distribution.support.upperBound)
      return max((isOfLogarithm ? exp(ends.0) : ends.0) - x, x - (isOfLogarithm ? exp(ends.1) : ends.1), 0)
    }
    if nearestAtom(to: x) != nil { return 0 }
    let after = atoms.partitioningIndex { $0 >= x }
    return [after - 1, after].filter(atoms.indices.contains).reduce(.infinity) { min($0, (atoms[$1] - x).magnitude) }
  }

  private func nearestAtom(to x: Double) -> Double? {
    let after = atoms.partitioningIndex { $0 >= x }
    var nearest: Double?
    for position in [after - 1, after] where atoms.indices.contains(position) {
      let atom = atoms[position]
      let distance = (atom - x).magnitude
      guard distance <= Self.tolerance * max(atom.magnitude, x.magnitude) else { continue }
      if let known = nearest, (known - x).magnitude <= distance { continue }
      nearest = atom
    }
    return nearest
  }
}

extension Distribution {
  /// The density of this distribution as an observation.
  package var observationDensity: ObservationDensity { ObservationDensity(of: self) }

  /// The distribution of the logarithm, for a lognormal distribution in any unit, possibly truncated; nil for other
  /// distributions.
  fileprivate var ofLogarithm: (any Distribution)? {
    switch self {
    case let distribution as LogNormal: return Normal(checked: [distribution.mu, distribution.sigma])
    case let distribution as Affine where distribution.shift == 0 && distribution.scale > 0:
      return distribution.base.ofLogarithm.map { Affine($0, scale: 1, shift: log(distribution.scale)) }
    case let distribution as Truncated:
      return distribution.base.ofLogarithm.flatMap { base in
        try? Truncated(
          base, low: distribution.low > 0 ? log(distribution.low) : -.infinity,
          high: distribution.high > 0 ? log(distribution.high) : -.infinity)
      }
    default: return nil
    }
  }
}
