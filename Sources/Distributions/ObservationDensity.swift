import Foundation
import VectorMath

/// What an observation of a distribution says of a value: how well they fit, as a density relative to its greatest.
///
/// For lognormal distributions, times positive numbers and truncated too, it is the density of the logarithm, so that
/// units and reciprocals change nothing; for discrete distributions the probability of the value, within a relative
/// 1e-9, as sums of whole numbers round; for all others the density.
package struct ObservationDensity: Sendable {
  /// The distribution, or the distribution of its logarithm.
  private let distribution: any Distribution
  private let isOfLogarithm: Bool
  private let atoms: [Double]
  private let logGreatest: Double

  /// Values closer than this, relative to their size, are the same outcome.
  private static let tolerance = 1e-9

  /// The density of a distribution.
  package init(of distribution: any Distribution) {
    let logarithm = distribution.ofLogarithm
    self.distribution = logarithm ?? distribution
    isOfLogarithm = logarithm != nil
    atoms = distribution.atoms
    logGreatest = log(self.distribution.greatestDensity)
  }

  /// Whether there is a greatest density, so that draws can be weighted by it.
  package var isBounded: Bool { logGreatest < .infinity }

  /// The logarithm of the density relative to the greatest: at most 0, minus infinity where it is 0 and at values that
  /// are not finite.
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

  /// Whether only separate values have a density.
  package var isDiscrete: Bool { !atoms.isEmpty }

  /// How far a value is from the nearest that can be what was observed: 0 where it can; infinite where it is not finite.
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
    var (low, high) = (0, atoms.count)
    while low < high {
      let middle = (low + high) / 2
      if atoms[middle] < x { low = middle + 1 } else { high = middle }
    }
    var nearest: Double?
    for position in [low - 1, low] where atoms.indices.contains(position) {
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
  /// How well a value fits what was observed as this distribution.
  package var observationDensity: ObservationDensity { ObservationDensity(of: self) }

  /// The distribution of the logarithm of a lognormal distribution, in any unit, perhaps truncated; nil for other
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
