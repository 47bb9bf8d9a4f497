import Distributions
import Foundation
import Testing

@Suite("Distributions made of distributions")
struct StructuralDistributionTests {
  @Test("pass the distribution suite")
  func suite() throws {
    let normal = try Normal.distribution([30, 7])
    let distributions: [any Distribution] = [
      Affine(normal, scale: -2, shift: 5),
      Affine(try Exponential.distribution([3]), scale: -1),
      Affine(try Beta.distribution([4, 6]), scale: 400),
      Affine(try Beta.distribution([0.05, 3]), scale: -2, shift: 1),
      Affine(try Discrete(outcomes: [1, 2, 7], probabilities: [0.2, 0.5, 0.3]), scale: -0.1, shift: 0.3),
      Affine(try Triangular.distribution([1, 2, 5]), scale: -1, shift: 6),
      try Truncated(normal, low: 0),
      try Truncated(normal, low: 0, high: 35),
      try Truncated(Normal.distribution([0, 1]), low: 30),
      try Truncated(Normal.distribution([0, 1]), high: -30),
      try Truncated(LogNormal.distribution([0, 1]), low: 0.5, high: 9),
      try Truncated(Triangular.distribution([1, 2, 5]), low: 1.5, high: 3),
      try Truncated(Exponential.distribution([2]), low: 1),
      try Truncated(Gamma.distribution([0.05, 1]), high: 2),
      try Truncated(Discrete(outcomes: [1, 2, 3, 4], probabilities: [0.1, 0.2, 0.3, 0.4]), low: 2, high: 3),
      try Mixture([normal, LogNormal.distribution([3, 0.5])], weights: [0.3, 0.7]),
      try Mixture([Constant(0), Gamma.distribution([2, 3])], weights: [0.4, 0.6]),
      try Mixture([Constant(0), normal, Constant(31)], weights: [0.2, 0.6, 0.2]),
      try Mixture([Uniform.distribution([0, 1]), Uniform.distribution([5, 6])], weights: [0.37, 0.63]),
      try Mixture([Constant(0), Bernoulli.distribution([0.3])], weights: [0.4, 0.6]),
      try Truncated(Mixture([normal, LogNormal.distribution([3, 0.5])], weights: [0.3, 0.7]), low: 20, high: 60),
      try Discrete(outcomes: [5, 1, 2, 1], probabilities: [0.25, 0.25, 0.25, 0.25]),
      Constant(3),
    ]
    for distribution in distributions { DistributionSuite(distribution: distribution).check() }
  }

  @Test("truncate far tails with full relative accuracy")
  func farTruncation() throws {
    // mpmath 1.3.0, 40 digits: findroot(erfc(x / sqrt(2)) / 2 - (1 - p) * erfc(30 / sqrt(2)) / 2)
    let distribution = try Truncated(Normal.distribution([0, 1]), low: 30)
    #expect(ulps(distribution.quantile(0.5), from: 30.02307046782731) < 4)
    #expect(ulps(distribution.quantile(0.001), from: 30.000033313059934) < 4)
    #expect(ulps(distribution.quantile(survival: 1e-20), from: 31.49613109690841) < 4)
    let lower = try Truncated(Normal.distribution([0, 1]), high: -30)
    #expect(lower.quantile(0.5) == -distribution.quantile(0.5))
    #expect(throws: DistributionError.emptyTruncation(low: 50, high: .infinity)) {
      try Truncated(Uniform.distribution([0, 1]), low: 50)
    }
    #expect(throws: DistributionError.emptyTruncation(low: 2, high: 3)) {
      try Truncated(Uniform.distribution([0, 1]), low: 2, high: 3)
    }
    #expect(throws: DistributionError.order(parameters: ["low", "high"], values: [3, 2], allowsEqual: false)) {
      try Truncated(Normal.distribution([0, 1]), low: 3, high: 2)
    }
  }

  @Test("have the closed-form moments of truncated normal and exponential distributions")
  func truncatedMoments() throws {
    // Johnson, Kotz & Balakrishnan 1994, vol. 1, section 13.10.1
    let distribution = try Truncated(Normal.distribution([30, 7]), low: 0)
    let alpha = -30.0 / 7
    let ratio = StandardNormal.density(alpha) / StandardNormal.survival(alpha)
    #expect((distribution.mean - (30 + 7 * ratio)).magnitude < 1e-10)
    let sd: Double = 7 * (1 + alpha * ratio - ratio * ratio).squareRoot()
    #expect((distribution.sd - sd).magnitude < 1e-9)
    // Memoryless: an exponential beyond 1 is 1 plus itself.
    let exponential = try Truncated(Exponential.distribution([2]), low: 1)
    #expect((exponential.mean - 3).magnitude < 1e-11)
    #expect((exponential.sd - 2).magnitude < 1e-10)
    let shifted: Double = 1 - 2 * log(0.7)
    #expect((exponential.quantile(0.3) - shifted).magnitude < 1e-14)
  }

  @Test("find atoms of mixtures exactly")
  func atoms() throws {
    let distribution = try Mixture([Constant(0), Normal.distribution([0, 1])], weights: [0.2, 0.8])
    #expect(distribution.atoms == [0])
    #expect(distribution.quantile(0.41) == 0)
    #expect(distribution.quantile(0.59) == 0)
    #expect(distribution.quantile(0.61) > 0)
    #expect(distribution.quantile(0.39) < 0)
    #expect(distribution.density(0) == 0.2)
    #expect((distribution.quantile(0.7) - StandardNormal.quantile(0.625)).magnitude < 1e-15)
    if case .scalar = distribution.quantileExpression {} else { Issue.record("an atom inside a density has no table") }
    let discrete = try Mixture([Bernoulli.distribution([0.5]), Constant(3)], weights: [0.5, 0.5])
    if case .steps(let outcomes, let cumulative) = discrete.quantileExpression {
      #expect(outcomes == [0, 1, 3])
      #expect(cumulative == [0.25, 0.5, 1])
    } else {
      Issue.record("a mixture of discrete distributions is steps")
    }
  }

  @Test("refuse weights that do not sum to one")
  func weights() throws {
    #expect(throws: DistributionError.weights([0.5, 0.4])) {
      try Discrete(outcomes: [1, 2], probabilities: [0.5, 0.4])
    }
    #expect(throws: DistributionError.weights([1.5, -0.5])) {
      try Discrete(outcomes: [1, 2], probabilities: [1.5, -0.5])
    }
    #expect(throws: DistributionError.weights([1])) { try Mixture([Constant(1), Constant(2)], weights: [1]) }
    #expect(throws: DistributionError.weights([])) { try Mixture([], weights: []) }
    #expect(throws: DistributionError.self) { try Mixture([Constant(1)], weights: [.nan]) }
    #expect(try Discrete(outcomes: [1, 2], probabilities: [0.3, 0.7 + 1e-10]).cumulative.last == 1)
  }

  @Test("break a stick into shares with Dirichlet means and variances")
  func dirichlet() throws {
    let distribution = try Dirichlet(alpha: [6, 0.5, 3, 2.5])
    let sticks = distribution.sticks
    #expect(
      sticks.map(\.description) == ["beta(alpha=6, beta=6)", "beta(alpha=0.5, beta=5.5)", "beta(alpha=3, beta=2.5)"])
    #expect(Dirichlet.shares(ofParts: [0.5, 0.5, 0.2]) == [0.5, 0.25, 0.05, 0.2])
    // E x_k = prod of stick means, and E x_k^2 likewise, since sticks are independent.
    func second(_ distribution: any Distribution) -> Double {
      distribution.sd * distribution.sd + distribution.mean * distribution.mean
    }
    func secondOfRest(_ distribution: any Distribution) -> Double {
      distribution.sd * distribution.sd + (1 - distribution.mean) * (1 - distribution.mean)
    }
    let variance = second(sticks[2]) * secondOfRest(sticks[0]) * secondOfRest(sticks[1]) - 0.25 * 0.25
    let expected: Double = 0.25 * 0.75 / 13
    #expect((variance - expected).magnitude < 1e-15)
    let means: [Double] = [6.0 / 12, 0.5 / 12, 3.0 / 12, 2.5 / 12]
    #expect(distribution.means == means)
    #expect(try Dirichlet(shares: [0.6, 0.4], concentration: 10).alpha == [6, 4])
    #expect(throws: DistributionError.self) { try Dirichlet(alpha: [1, 0]) }
    #expect(throws: DistributionError.self) { try Dirichlet(shares: [0.6, 0.3], concentration: 10) }
    #expect(throws: DistributionError.self) { try Dirichlet(alpha: []) }
    #expect(try Dirichlet(alpha: [1]).sticks.isEmpty)
  }
}
