import Distributions
import Foundation
import Testing

/// What every distribution must satisfy, as a value: hand it a distribution.
struct DistributionSuite {
  /// The distribution under test.
  let distribution: any Distribution

  /// Probabilities from far in the lower to far in the upper tail, with exact complements.
  static let tails: [Double] = [1e-300, 1e-100, 1e-20, 1e-12, 1e-6, 0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.499]

  /// Everything that holds for all distributions.
  func check() {
    quantileIsMonotoneAndInSupport()
    cdfInvertsQuantile()
    formAgrees()
    endsAreTheSupport()
    if distribution.atoms.isEmpty { densityIsTheSlope() }
    momentsAreIntegrals()
  }

  /// Quantiles in the order of probabilities, from the lower tail through the upper one.
  private var ordered: [Double] {
    Self.tails.map { distribution.quantile($0) } + [distribution.quantile(0.5)]
      + Self.tails.reversed().map { distribution.quantile(survival: $0) }
  }

  func quantileIsMonotoneAndInSupport() {
    let values = ordered
    for (a, b) in zip(values, values.dropFirst()) { #expect(a <= b, "\(distribution): \(values)") }
    #expect(values.allSatisfy { distribution.support.contains($0) }, "\(distribution)")
    for p in [-0.1, 1.1, Double.nan] { #expect(distribution.quantile(p).isNaN, "\(distribution) at \(p)") }
  }

  /// F(Q(p)) >= p > F(Q(p)-) at atoms; elsewhere F(Q(p)) = p to the rounding of Q(p).
  func cdfInvertsQuantile() {
    for tail in Self.tails {
      for isUpper in [false, true] {
        let x = isUpper ? distribution.quantile(survival: tail) : distribution.quantile(tail)
        guard x.isFinite, x.magnitude > 1e-300, x != distribution.support.lowerBound,
          x != distribution.support.upperBound
        else {
          continue
        }
        let back = isUpper ? distribution.survival(x) : distribution.cdf(x)
        let atom = distribution.probability(of: x)
        if atom > 0 {
          let reach: Double = atom * (1 + 1e-12) + 1e-15
          #expect((back - tail).magnitude <= reach, "\(distribution) at \(tail)")
        } else if distribution.density(x).isNormal {
          let condition = 1 + x.magnitude * distribution.density(x) / tail
          // A shifted value is rounded where the distribution's body is, however small it is itself.
          let body =
            distribution.mean.isFinite && distribution.sd.isFinite ? distribution.mean.magnitude + distribution.sd : 0
          let allowed: Double = (tail * 200 * condition + 8 * body * distribution.density(x)) * Double.ulpOfOne
          #expect((back - tail).magnitude <= allowed, "\(distribution) at \(tail): \(x), \(back)")
        }
        let whole: Double = distribution.cdf(x) + distribution.survival(x)
        #expect((whole - 1).magnitude < 1e-12, "\(distribution) at \(x)")
      }
    }
  }

  /// Blocks and scalars have one meaning.
  func formAgrees() {
    for exact in Self.tails where exact > 1e-17 {
      // Not exactly at a step, where reflected distributions may take either neighbour.
      let tail = distribution.atoms.isEmpty ? exact : exact * 1.0000001
      let pairs = [
        (tail, 1 - tail, distribution.quantile(tail)), (1 - tail, tail, distribution.quantile(survival: tail)),
      ]
      for (u, v, x) in pairs {
        let formed = distribution.quantileExpression.evaluate(probability: u, complement: v)
        // Digits are lost only against the largest term of a sum, which the support or the sd bounds.
        let spread = distribution.sd.isFinite ? distribution.sd : 0
        let scale = max(x.magnitude, min(distribution.mean.magnitude, spread * 1e3))
        // Steps know a probability near 1 to its rounding only, which may be a count or two of a spread-out
        // distribution.
        let isNear =
          !distribution.atoms.isEmpty && formed >= distribution.quantile(u - 0x1p-52)
          && formed <= distribution.quantile(min(u + 0x1p-52, 1))
        #expect(
          formed == x || isNear || (formed - x).magnitude <= 1e-12 * scale, "\(distribution) at \(u): \(formed), \(x)")
      }
    }
  }

  func endsAreTheSupport() {
    #expect(distribution.quantile(0) == distribution.support.lowerBound, "\(distribution)")
    #expect(distribution.quantile(1) == distribution.support.upperBound, "\(distribution)")
    #expect(
      distribution.cdf(-.infinity) == 0
        || distribution.support.lowerBound == -.infinity && distribution.cdf(-.infinity) == 0, "\(distribution)")
    #expect(distribution.survival(.infinity) == 0, "\(distribution)")
    #expect(distribution.cdf(.nan).isNaN, "\(distribution)")
  }

  /// The density is the slope of the cdf between near quantiles, by Simpson's rule.
  func densityIsTheSlope() {
    for tail in [0.02, 0.11, 0.35] {
      for isUpper in [false, true] {
        let wider = tail * 1.01
        let ends = [tail, wider].map { isUpper ? distribution.quantile(survival: $0) : distribution.quantile($0) }
        let (a, b) = (min(ends[0], ends[1]), max(ends[0], ends[1]))
        guard b - a > 1e-9 * a.magnitude else { continue }
        let middle = a + (b - a) / 2
        let area = (b - a) / 6 * (distribution.density(a) + 4 * distribution.density(middle) + distribution.density(b))
        let inside = wider - tail
        #expect((area - inside).magnitude < 1e-3 * inside, "\(distribution) at \(tail): \(area), \(inside)")
      }
    }
  }

  /// Mean and variance are integrals of the quantile function, here by the midpoint rule in a variable that thins
  /// out both tails: u = v^3 (10 - 15 v + 6 v^2).
  func momentsAreIntegrals() {
    // Distributions of very heavy tails have moments that no quadrature over probabilities finds.
    guard distribution.mean.isFinite, distribution.sd.isFinite,
      distribution.sd < 0.5 * (distribution.quantile(0.999) - distribution.quantile(0.001))
    else { return }
    let count = 20_000
    var (sum, square, weights) = (0.0, 0.0, 0.0)
    let middle = distribution.quantile(0.5)
    for i in 0..<count {
      let v = (Double(i) + 0.5) / Double(count)
      let w = 1 - v
      let weight = 30 * v * v * w * w / Double(count)
      let near = min(v, w)
      let tail: Double = near * near * near * (10 - 15 * near + 6 * near * near)
      let x = v < 0.5 ? distribution.quantile(tail) : distribution.quantile(survival: tail)
      sum += weight * (x - middle)
      square += weight * (x - middle) * (x - middle)
      weights += weight
    }
    let mean = sum / weights
    let variance = square / weights - mean * mean
    let tolerance = distribution.atoms.isEmpty ? 1e-5 : 2e-3
    let allowed: Double = tolerance * distribution.sd + 1e-12 * distribution.mean.magnitude
    #expect(
      (middle + mean - distribution.mean).magnitude <= allowed,
      "\(distribution): \(middle + mean), \(distribution.mean)")
    let allowedSpread: Double = 100 * tolerance * distribution.sd + 1e-12
    #expect((variance.squareRoot() - distribution.sd).magnitude <= allowedSpread, "\(distribution)")
  }
}

@Suite("Every distribution")
struct EveryDistributionTests {
  /// A few lists of valid arguments for a parameterisation, derived from its declared domains and orders alone.
  static func arguments(_ way: Parameterisation) -> [[Double]] {
    let ascending = way.orders.first?.names ?? []
    return [0.35, 1.7, 4.4].compactMap { seed in
      var arguments: [Double] = []
      for (i, parameter) in way.parameters.enumerated() {
        if let value = parameter.defaultValue, seed < 1 {
          arguments.append(value)
        } else if let rank = ascending.firstIndex(of: parameter.name) {
          arguments.append((Double(rank) + 1) * seed + (parameter.domain.low.isFinite ? 0 : -1))
        } else if parameter.domain.isWhole {
          arguments.append(1 + (seed * 5).rounded())
        } else if parameter.domain.high.isFinite {
          arguments.append(parameter.domain.low + (parameter.domain.high - parameter.domain.low) * (seed / 5))
        } else if parameter.domain.low.isFinite {
          arguments.append(parameter.domain.low + seed * (Double(i) + 1) / 4)
        } else {
          arguments.append(seed * Double(i + 1) - 1)
        }
      }
      return (try? way.check(arguments)) == nil ? nil : arguments
    }
  }

  @Test("of the catalogue passes the distribution suite, in all its parameterisations")
  func families() throws {
    for family in DistributionCatalogue.families {
      for (number, way) in family.parameterisations.enumerated() {
        let lists = Self.arguments(way)
        #expect(!lists.isEmpty, "\(family.name)")
        for list in lists {
          guard let distribution = try? family.distribution(list, parameterisation: number) else { continue }
          DistributionSuite(distribution: distribution).check()
          let again = try family.distribution(distribution.arguments)
          #expect(again.description == distribution.description)
          #expect(again.quantile(0.3) == distribution.quantile(0.3))
        }
      }
    }
  }

  @Test("refuses what its declarations exclude")
  func refusals() throws {
    for family in DistributionCatalogue.families {
      for (number, way) in family.parameterisations.enumerated() {
        guard let good = Self.arguments(way).last else { continue }
        for (i, parameter) in way.parameters.enumerated() {
          for bad in [Double.nan, .infinity, parameter.domain.low - 1, parameter.domain.high + 1] {
            guard !parameter.domain.contains(bad) else { continue }
            var arguments = good
            arguments[i] = bad
            let error = #expect(throws: DistributionError.self) {
              try family.distribution(arguments, parameterisation: number)
            }
            if case .outOfDomain(let name, let value, let domain) = error {
              #expect(name == parameter.name)
              #expect(value == bad || bad.isNaN)
              #expect(domain == parameter.domain)
            } else {
              Issue.record("\(family.name): \(String(describing: error))")
            }
          }
        }
        for order in way.orders {
          var arguments = good
          let positions = order.names.compactMap { name in way.parameters.firstIndex { $0.name == name } }
          arguments.swapAt(positions[0], positions[positions.count - 1])
          #expect(throws: DistributionError.self) { try family.distribution(arguments, parameterisation: number) }
        }
      }
    }
  }

  @Test("has a summary and a source")
  func texts() {
    for family in DistributionCatalogue.families {
      #expect(family.summary.count > 20)
      #expect(family.source.count > 10)
    }
  }

  @Test("with a form for open arguments gives the same values as with constants")
  func openArguments() throws {
    for family in DistributionCatalogue.families {
      for list in Self.arguments(family.parameterisations[0]) {
        let distribution = try family.distribution(list)
        let open = (0..<list.count).map { QuantileExpression.argument($0) }
        guard let quantileExpression = family.quantileExpression(of: open) else { continue }
        for u in [0.001, 0.2, 0.5, 0.77, 0.9999] {
          let x = quantileExpression.evaluate(probability: u, arguments: list)
          let allowed: Double = 1e-13 * max(x.magnitude, distribution.sd)
          #expect((x - distribution.quantile(u)).magnitude <= allowed, "\(distribution) at \(u)")
        }
      }
    }
  }
}
