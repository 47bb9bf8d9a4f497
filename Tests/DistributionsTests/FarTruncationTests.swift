import Distributions
import Foundation
import Testing

/// Truncations so far out that the base's probabilities there are too small for a double.
@Suite("Far truncations")
struct FarTruncationTests {
  /// mpmath 1.3: Reference/far_truncations.py
  @Test("have the quantiles that mpmath finds")
  func quantiles() throws {
    for row in try ReferenceTable("far_truncations.csv").rows {
      func number(_ column: String) throws -> Double {
        try #require(row[column].flatMap { $0 == "inf" ? .infinity : $0 == "-inf" ? -.infinity : Double($0) })
      }
      let name = try #require(row["family"])
      let arguments = try #require(row["arguments"]).split(separator: " ").compactMap { Double($0) }
      let base = try DistributionCatalogue.distribution(named: name, arguments: arguments)
      let (low, high) = (try number("low"), try number("high"))
      let distribution = try Truncated(base, low: low, high: high)
      let (p, wanted) = (try number("probability"), try number("quantile"))
      let x = distribution.quantile(p)
      // Relative to the size, and to the length of the tail: what is known of a logarithm of 1e6 is 1e-10.
      let length = (distribution.quantile(0.75) - distribution.quantile(0.25)).magnitude
      #expect(
        (x - wanted).magnitude <= 4e-15 * wanted.magnitude + 1e-9 * length,
        "\(distribution) at \(p): \(x), not \(wanted)")
      #expect((distribution.cdf(x) - p).magnitude < 1e-7, "\(distribution)")
      #expect((distribution.survival(x) - (1 - p)).magnitude < 1e-7, "\(distribution)")
    }
  }

  @Test("of what is made of other distributions, and of truncations themselves")
  func structures() throws {
    let base = try Normal.distribution([50, 1])
    let plain = try Truncated(base, low: 3, high: 4)
    // 104 - 2 x is normal with mean 4 and sd 2; between 96 and 98 the same as x between 3 and 4.
    let reflected = try Truncated(Affine(base, scale: -2, shift: 104), low: 96, high: 98)
    let twice = try Truncated(try Truncated(base, low: -10, high: 4), low: 3)
    let mixed = try Truncated(
      try Mixture([base, try Normal.distribution([60, 1])], weights: [0.2, 0.8]), low: 3, high: 4)
    for p in [0.001, 0.3, 0.5, 0.9] {
      let x = plain.quantile(p)
      #expect((104 - 2 * x - reflected.quantile(survival: p)).magnitude < 1e-12)
      #expect((x - twice.quantile(p)).magnitude < 1e-13)
      // The other component has 1e-223 of the probability.
      #expect((x - mixed.quantile(p)).magnitude < 1e-13)
      #expect((plain.quantileExpression.evaluate(probability: p) - x).magnitude < 1e-13)
    }
    // The tail of a normal distribution at z falls as exp(-z x): the mean distance from 4 is about 1 / 46.
    #expect((plain.mean - (4 - 1 / 46.02)).magnitude < 1e-4)
    #expect((plain.sd - 1 / 46.0).magnitude < 1e-4)
    #expect(throws: DistributionError.emptyTruncation(low: 2, high: 3)) {
      try Truncated(try Uniform.distribution([0, 1]), low: 2, high: 3)
    }
  }

  @Test("of counts keep the ratios of their probabilities")
  func counts() throws {
    for (base, low, high) in [
      (try DistributionCatalogue.distribution(named: "poisson", arguments: [5]), 60.0, 62.0),
      (try DistributionCatalogue.distribution(named: "poisson", arguments: [10]), 500, .infinity),
      (try DistributionCatalogue.distribution(named: "binomial", arguments: [5000, 0.1]), 3000, 3400),
      (try DistributionCatalogue.distribution(named: "geometric", arguments: [0.5]), 2000, .infinity),
      (try DistributionCatalogue.distribution(named: "negative_binomial", arguments: [3, 0.9]), 500, 900),
    ] as [(any Distribution, Double, Double)] {
      let distribution = try Truncated(base, low: low, high: high)
      #expect(distribution.atoms.first == low)
      #expect(distribution.atoms.allSatisfy { $0 <= high })
      #expect((distribution.atoms.reduce(0) { $0 + distribution.probability(of: $1) } - 1).magnitude < 1e-12)
      let ratio = distribution.probability(of: low + 1) / distribution.probability(of: low)
      let wanted = exp(base.logDensity(low + 1) - base.logDensity(low))
      #expect((ratio / wanted - 1).magnitude < 1e-9, "\(distribution)")
      if case .steps = distribution.quantileExpression {} else { Issue.record("\(distribution) has no steps") }
    }
    // 2 x with x a count of 40 or more, of mean 5.
    let scaled = try Truncated(
      Affine(try DistributionCatalogue.distribution(named: "poisson", arguments: [5]), scale: 2), low: 79, high: 1000)
    #expect(scaled.atoms.first == 80)
    #expect((scaled.probability(of: 82) / scaled.probability(of: 80) - 5 / 41.0).magnitude < 1e-12)
  }

  /// Logarithms of tails are those of the tails wherever a double holds these, for every family.
  @Test("go by logarithms that agree with the probabilities", arguments: DistributionCatalogue.families.map { $0.name })
  func logarithms(name: String) throws {
    let family = try #require(DistributionCatalogue.family(named: name))
    var random = RandomNumbers(name)
    for _ in 0..<200 {
      guard let distribution = try? family.distribution(RandomArguments(family: family).next(&random)) else { continue }
      for tail in [1e-280, 1e-100, 1e-9, 0.3] {
        for x in [distribution.quantile(tail), distribution.quantile(survival: tail)] where x.isFinite {
          for (logarithm, p) in [
            (distribution.logCdf(x), distribution.cdf(x)), (distribution.logSurvival(x), distribution.survival(x)),
          ] {
            guard p > 1e-300 else { continue }
            #expect((logarithm - log(p)).magnitude <= 1e-11, "\(distribution) at \(x): \(logarithm), \(log(p))")
          }
        }
      }
    }
  }
}
