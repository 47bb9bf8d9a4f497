import Foundation
import VectorMath

/// What an observation of a law says of a value: how well they fit, as a density relative to its greatest.
///
/// For lognormal laws, times positive numbers and truncated too, it is the density of the logarithm, so that units and
/// reciprocals change nothing; for discrete laws the probability of the value, within a relative 1e-9, as sums of whole
/// numbers round; for all others the density.
package struct ObservationDensity: Sendable {
  /// The law, or the law of its logarithm.
  private let law: any Law
  private let isOfLogarithm: Bool
  private let atoms: [Double]
  private let logGreatest: Double

  /// Values closer than this, relative to their size, are the same outcome.
  private static let tolerance = 1e-9

  /// The density of a law.
  package init(of law: any Law) {
    let logarithm = law.ofLogarithm
    self.law = logarithm ?? law
    isOfLogarithm = logarithm != nil
    atoms = law.atoms
    logGreatest = log(self.law.greatestDensity)
  }

  /// Whether there is a greatest density, so that draws can be weighted by it.
  package var isBounded: Bool { logGreatest < .infinity }

  /// The logarithm of the density relative to the greatest: at most 0, minus infinity where it is 0 and at values that
  /// are not finite.
  package func logRelative(_ x: Double) -> Double {
    guard x.isFinite else { return -.infinity }
    let density: Double
    if !atoms.isEmpty {
      density = nearestAtom(to: x).map { log(law.probability(of: $0)) } ?? -.infinity
    } else if isOfLogarithm {
      density = x > 0 ? law.logDensity(log(x)) : -.infinity
    } else {
      density = law.logDensity(x)
    }
    return density.isNaN ? -.infinity : min(density - logGreatest, 0)
  }

  /// Whether only separate values have a density.
  package var isDiscrete: Bool { !atoms.isEmpty }

  /// How far a value is from the nearest that can be what was observed: 0 where it can; infinite where it is not finite.
  package func distance(of x: Double) -> Double {
    guard x.isFinite else { return .infinity }
    guard !atoms.isEmpty else {
      let ends = (law.support.lowerBound, law.support.upperBound)
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

extension Law {
  /// How well a value fits what was observed as this law.
  package var observationDensity: ObservationDensity { ObservationDensity(of: self) }

  /// The law of the logarithm of a lognormal law, in any unit, perhaps truncated; nil for other laws.
  fileprivate var ofLogarithm: (any Law)? {
    switch self {
    case let law as LogNormal: return Normal(checked: [law.mu, law.sigma])
    case let law as Affine where law.shift == 0 && law.scale > 0:
      return law.base.ofLogarithm.map { Affine($0, scale: 1, shift: log(law.scale)) }
    case let law as Truncated:
      return law.base.ofLogarithm.flatMap { base in
        try? Truncated(
          base, low: law.low > 0 ? log(law.low) : -.infinity, high: law.high > 0 ? log(law.high) : -.infinity)
      }
    default: return nil
    }
  }
}
