import Foundation

/// What an observation of a law says of a value: how well they fit, as a density relative to its greatest.
///
/// For lognormal laws, times positive numbers and truncated too, it is the density of the logarithm, so that units and
/// reciprocals change nothing; for discrete laws the probability of the value, within a relative 1e-9, as sums of whole
/// numbers round; for all others the density.
package struct ObservationDensity: Sendable {
  private let law: any Law
  private let atoms: [Double]
  /// Whether it is the density of the logarithm.
  package let isOfLogarithm: Bool
  /// The greatest value; infinite where there is none. Found to a relative 1e-9 for laws of one mode; of several modes
  /// that lie closer than a 4,096th of the probability, perhaps not the highest.
  package private(set) var greatest: Double

  /// Values closer than this, relative to their size, are the same outcome.
  private static let tolerance = 1e-9

  /// The density of a law.
  package init(of law: any Law) {
    self.law = law
    atoms = law.atoms
    isOfLogarithm = law.isOfLogarithm
    greatest = 0
    greatest = atoms.isEmpty ? greatestDensity() : atoms.map(law.probability(of:)).max() ?? 0
  }

  /// The density, or the probability of an outcome; zero where the value is not finite.
  package func callAsFunction(_ x: Double) -> Double {
    guard x.isFinite else { return 0 }
    if !atoms.isEmpty { return nearestAtom(to: x).map(law.probability(of:)) ?? 0 }
    let density = law.density(x)
    guard isOfLogarithm else { return density.isNaN ? 0 : density }
    return x > 0 && density > 0 ? density * x : 0
  }

  /// The density relative to the greatest, from 0 to 1.
  package func relative(_ x: Double) -> Double { min(self(x) / greatest, 1) }

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

  /// The greatest among the quantiles of a grid of probabilities, made better by golden sections around it.
  private func greatestDensity() -> Double {
    let support = law.support
    for end in [support.lowerBound, support.upperBound] where end.isFinite && self(end) == .infinity {
      return .infinity
    }
    let steps = 4096
    func place(_ step: Int) -> Double {
      2 * step <= steps
        ? law.quantile(Double(step) / Double(steps)) : law.quantile(survival: Double(steps - step) / Double(steps))
    }
    let points = (0...steps).map(place)
    guard let best = points.indices.max(by: { self(points[$0]) < self(points[$1]) }) else { return 0 }
    var low = points[max(best - 1, 0)], high = points[min(best + 1, steps)]
    if !low.isFinite { low = points[1] }
    if !high.isFinite { high = points[steps - 1] }
    // A density that grows towards an end of the support without reaching infinity there in floating point.
    if best == 0 || best == steps, self(points[best]).isNaN { return .infinity }
    var top = self(points[best])
    let section = 0.5 * (5.0.squareRoot() - 1)
    for _ in 0..<80 {
      let a = high - section * (high - low), b = low + section * (high - low)
      let (atA, atB) = (self(a), self(b))
      top = max(top, atA, atB)
      if atA >= atB { high = b } else { low = a }
    }
    return top
  }
}

extension Law {
  /// How well a value fits what was observed as this law.
  package var observationDensity: ObservationDensity { ObservationDensity(of: self) }

  /// Whether it is a lognormal law, in any unit, perhaps truncated.
  fileprivate var isOfLogarithm: Bool {
    switch self {
    case is LogNormal: true
    case let affine as Affine: affine.shift == 0 && affine.scale > 0 && affine.base.isOfLogarithm
    case let truncated as Truncated: truncated.base.isOfLogarithm
    default: false
    }
  }
}
