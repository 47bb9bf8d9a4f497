import Distributions
import Foundation
import Testing

/// Members of `Distribution` with defaults that a family may have to override, compared with what does not depend on
/// them: quantiles far out in a tail, and integrals of the density.
@Suite("Far tails of every family")
struct FamilyTailTests {
  /// The distributions of a family with the arguments of its reference rows, and with others derived from its domains.
  static func distributions(of family: any DistributionFamily.Type) throws -> [any Distribution] {
    let rows = try ReferenceTable("distributions.csv").rows.filter { $0["distribution"] == family.name }
    let lists = Set(rows.compactMap { $0["arguments"] }).sorted().map { list in
      list.split(separator: " ").compactMap { Double($0) }
    }
    return try (lists + EveryDistributionTests.arguments(family.parameterisations[0])).map { arguments in
      try DistributionCatalogue.distribution(named: family.name, arguments: arguments)
    }
  }

  // MARK: - Tail index

  /// The exponent a of a tail that falls like x^-a, found from quantiles: the slope of the logarithm of the probability
  /// in that of the distance from the median.
  ///
  /// - Returns: the slope, and whether it is that of a power: nearer to the median it is the same.
  static func slope(of distribution: any Distribution, isUpper: Bool) -> (slope: Double, isPower: Bool)? {
    let middle = distribution.quantile(0.5)
    func distance(_ digits: Double) -> Double {
      let tail = pow(10, -digits)
      return (isUpper ? distribution.quantile(survival: tail) : distribution.quantile(tail)) - middle
    }
    for digits in [300.0, 100, 30, 10] {
      let far = distance(digits).magnitude
      let (near, half) = (distance(digits / 4).magnitude, distance(digits / 2).magnitude)
      guard far.isFinite, far > half, half > near, near > 0 else { continue }
      let outer = digits / 2 * log(10) / log(far / half)
      let inner = digits / 4 * log(10) / log(half / near)
      return (outer, abs(outer - inner) <= 0.02 * outer)
    }
    return nil
  }

  @Test("The tail index is the exponent of the heavier tail, and there is none if both fall faster than any power")
  func tailIndex() throws {
    var powers: Set<String> = []
    for family in DistributionCatalogue.families {
      for distribution in try Self.distributions(of: family) {
        let support = distribution.support
        let ends = [(support.upperBound == .infinity, true), (support.lowerBound == -.infinity, false)]
        let slopes = ends.compactMap { isOpen, isUpper in
          isOpen ? Self.slope(of: distribution, isUpper: isUpper) : nil
        }
        let index = distribution.tailIndex
        if let power = slopes.filter({ $0.isPower }).map({ $0.slope }).min() {
          powers.insert(family.name)
          #expect(
            abs((index ?? .infinity) - power) <= 0.02 * power,
            "\(distribution): `tailIndex` is \(String(describing: index)), but the tail falls like x^-\(power)")
        } else {
          // Closer to the median, a tail of high index falls like that of another distribution.
          let steepest = slopes.map({ $0.slope }).max() ?? .infinity
          #expect((index ?? .infinity) >= steepest, "\(distribution): \(String(describing: index)), \(slopes)")
        }
        // Moments exist below the index.
        #expect((index ?? .infinity) > 2 || !distribution.sd.isFinite, "\(distribution)")
      }
    }
    #expect(powers.isSuperset(of: ["cauchy", "loglogistic", "pareto", "student"]))
  }

  // MARK: - Logarithms of tail probabilities

  /// A way outwards from a value: `x(0)` is the value, and `x(v)` goes to the end of the support.
  struct Path {
    /// The value at v, and the logarithm of the magnitude of dx / dv.
    let at: (Double) -> (x: Double, logSlope: Double)
  }

  /// Paths from places so far out that the probability beyond them underflows.
  static func paths(in distribution: any Distribution, isUpper: Bool) -> [Path] {
    let (middle, support) = (distribution.quantile(0.5), distribution.support)
    let far = isUpper ? distribution.quantile(survival: 1e-300) : distribution.quantile(1e-300)
    let (end, other) = isUpper ? (support.upperBound, support.lowerBound) : (support.lowerBound, support.upperBound)
    guard far.isFinite, far != middle, far != end else { return [] }
    if end.isInfinite {
      var starts = [middle + 2 * (far - middle)]
      if other.isFinite { starts.append(other + (far - other) * ((far - other) / (middle - other))) }
      return starts.filter(\.isFinite).map { start in
        Path { v in (start + (isUpper ? v : -v), 0) }
      }
    }
    // The distance from a finite end, in logarithms twice as far from that of the median.
    let distance = (far - end) * ((far - end) / (middle - end))
    guard distance.magnitude > 1e-290, abs((end + distance - end) / distance - 1) < 1e-14 else { return [] }
    return [Path { v in (end + distance * exp(-v), log(distance.magnitude) - v) }]
  }

  /// The logarithm of the probability beyond the start of a path: of the integral of the density along it, by the
  /// trapezoidal rule in log v, which converges exponentially.
  static func logProbability(beyond path: Path, of distribution: any Distribution) -> Double {
    func height(_ v: Double) -> Double {
      let (x, logSlope) = path.at(v)
      return x.isFinite ? distribution.logDensity(x) + logSlope : -.infinity
    }
    let start = height(0)
    // A scale on which the density falls by a factor between 2 and 1000.
    var scale = max(path.at(0).x.magnitude, 1)
    while start - height(scale) > 7, scale > 1e-280 { scale *= 0.5 }
    while start - height(scale) < 0.7, scale < 1e290 { scale *= 2 }
    let step = 1.0 / 16
    var sum = 0.0
    for k in -640...6400 {
      let w = Double(k) * step
      let v = scale * exp(w)
      let term = exp(height(v) - start + w)
      sum += term.isFinite ? term : 0
      if k > 0, term < 1e-18 * sum { break }
    }
    return start + log(sum * step) + log(scale)
  }

  @Test("Logarithms of tail probabilities go on where the probabilities underflow, and are integrals of the density")
  func logarithms() throws {
    var compared: Set<String> = []
    for family in DistributionCatalogue.families {
      for distribution in try Self.distributions(of: family) where distribution.atoms.isEmpty {
        for isUpper in [false, true] {
          for path in Self.paths(in: distribution, isUpper: isUpper) {
            let x = path.at(0).x
            let found = isUpper ? distribution.logSurvival(x) : distribution.logCdf(x)
            let expected = Self.logProbability(beyond: path, of: distribution)
            let what = isUpper ? "logSurvival" : "logCdf"
            #expect(
              abs(found - expected) <= 1e-7 * abs(expected),
              "`\(what)` of \(distribution) at \(x) is \(found), but its `logDensity` integrates to \(expected)")
            if found < -745 { compared.insert("\(family.name) \(what)") }
          }
        }
      }
    }
    // Where no argument list lets a probability underflow, the default is right.
    #expect(compared.count >= 20, "\(compared.sorted())")
  }
}
