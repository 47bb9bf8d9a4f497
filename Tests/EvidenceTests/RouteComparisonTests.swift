import Diagnostics
import Distributions
import Foundation
import LinearAlgebra
import Modeling
import Simulation
import Testing

@testable import Evidence

@Suite("Routes to one quantity")
struct RouteComparisonTests {
  /// Two routes with a shared factor: logarithms with means 0 and 1, own standard deviations 0.3 and 0.4, shared 1.
  private let two = """
    inputs:
      shared: lognormal(0, 1)
      a: lognormal(0, 0.3)
      b: lognormal(1, 0.4)
      unrelated: lognormal(0, 1)
    equations: {first: a * shared, second: b * shared}
    outputs: {first: {}, second: {}, unrelated: {}}

    """

  private func compared(_ text: String, draws: Int = 131_072, seed: UInt64 = 5) throws -> TriangulationResult {
    let model = try EvidenceScenario.model(text, draws: draws, seed: seed)
    return try #require(try RouteComparison(model: model).results(draws: draws).first)
  }

  @Test("What routes share cancels in their ratio; the distance is that of the logarithms")
  func conflict() throws {
    let cell = try compared(two + "evidence: [{estimate: x, routes: {one: first, two: second}}]\n").cells[0]
    let conflict = cell.conflicts[0]
    for (p, ratio) in [(0.05, conflict.ratio.p05), (0.5, conflict.ratio.p50), (0.95, conflict.ratio.p95)] {
      let expected = Foundation.exp(-1 + 0.5 * StandardNormal.quantile(p))
      #expect(abs(ratio.value - expected) < Chance.errors * ratio.error)
    }
    let above = StandardNormal.survival(2)
    #expect(abs(conflict.exceeds.value - above) < Chance.errors * conflict.exceeds.error)
    #expect(abs(conflict.pValue - 2 * above) < 2 * Chance.errors * conflict.exceeds.error)
    // 2 standard deviations; a probability's error is the density times it.
    #expect(abs(conflict.z - 2) < Chance.errors * conflict.exceeds.error / StandardNormal.density(2))
    // Q is its square, m² / D; with the errors 0.5 / sqrt(n) of m and D sqrt(2 / n) of D its own is 6.93 / sqrt(n), and
    // five of them are left once in 1.7 million.
    let error = 6.93 / 131_072.0.squareRoot()
    #expect(abs(cell.consistency.cochranQ - 4) < 5 * error)
    // The slope of chi-squared's survival at 4 is its density, 0.027.
    #expect(abs(cell.consistency.pValue - 2 * above) < 5 * 0.03 * error)
  }

  @Test("Where routes agree, the probability of their difference is uniform over repeated experiments")
  func calibration() throws {
    // Each experiment measures one truth by three routes with errors of known size: a route's distribution has its measured
    // value as median and its error as spread. Then 2 min(P(d < 0), P(d > 0)) of the difference d of two routes, and the
    // probability of Q of all three, are uniform.
    let sds = [0.2, 0.35, 0.5]
    var random = SeededGenerator(seed: 20_160_901)
    func normal() -> Double { StandardNormal.quantile(Double.random(in: 0x1p-53..<1, using: &random)) }
    let experiments = 200
    var pairs: [Double] = []
    var whole: [Double] = []
    for experiment in 0..<experiments {
      let means = sds.map { 1 + $0 * normal() }
      let cell = try compared(
        """
        inputs: {a: "lognormal(\(means[0]), 0.2)", b: "lognormal(\(means[1]), 0.35)", c: "lognormal(\(means[2]), 0.5)"}
        outputs: {a: {}}
        evidence: [{estimate: x, routes: {one: a, two: b, three: c}}]
        """, draws: 8192, seed: UInt64(experiment)
      ).cells[0]
      pairs.append(cell.conflicts[0].pValue)
      whole.append(cell.consistency.pValue)
    }
    for values in [pairs, whole] {
      // Kolmogorov's distance of n values from the uniform distribution is above sqrt(log(2 / p) / (2 n)) with a
      // probability below p (Massart 1990, doi:10.1214/aop/1176990746), here 1e-7; a hundredth is left for the errors of
      // 8192 draws.
      let sorted = values.sorted()
      var distance = 0.0
      for (rank, value) in sorted.enumerated() {
        let (before, after) = (Double(rank) / Double(experiments), Double(rank + 1) / Double(experiments))
        distance = max(distance, after - value, value - before)
      }
      #expect(distance < (Foundation.log(2e7) / Double(2 * experiments)).squareRoot() + 0.01)
      // Of 200, ten are expected below 0.05, and more than 29 have a probability of 9e-8.
      #expect(values.count { $0 < 0.05 } <= 29)
    }
  }

  @Test("Inputs that routes have for themselves move to reconcile them, in proportion to what they decide")
  func shifts() throws {
    let result = try compared(two + "evidence: [{estimate: x, routes: {one: first, two: second}}]\n")
    let shifts = Dictionary(uniqueKeysWithValues: result.cells[0].shifts.map { ($0.input, $0) })
    // -c m / D with m = -1 and D = 0.25: c = 0.3 for a, -0.4 for b.
    let a = try #require(shifts["a"]), b = try #require(shifts["b"])
    #expect(abs(a.standardisedShift.value - 1.2) < Chance.errors * a.standardisedShift.error)
    #expect(abs(b.standardisedShift.value + 1.6) < Chance.errors * b.standardisedShift.error)
    #expect(abs(a.posteriorSDRatio - 0.8) < 0.02 && abs(b.posteriorSDRatio - 0.6) < 0.02)
    #expect(result.cells[0].shifts.first?.input == "b")
    if let shared = shifts["shared"] {
      #expect(abs(shared.standardisedShift.value) < Chance.errors * shared.standardisedShift.error)
    }
    // What is left is the mean of both by inverse variances: log of one 0 + 0.09 * 1 / 0.25, sd sqrt(1 + 0.0576).
    let median = result.cells[0].reconciled.p50
    #expect(abs(Foundation.log(median) - 0.36) < 5 * 1.1 / Double(result.shiftDraws).squareRoot())
  }

  @Test("Moves are those that conditioning on agreement gives")
  func shiftsAgainstConditioning() throws {
    let model = try EvidenceScenario.model(
      two.replacing("unrelated: {}", with: "unrelated: {}, a: {}, b: {}")
        + "evidence: [{observe: first / second, measured: \"lognormal(0, 0.01)\"}]\n")
    let posterior = try #require(try Conditioning(model: model).result(draws: model.settings.draws))
    // Scores are logarithms over their standard deviations.
    for (name, mean, sd) in [("a", 0.3 * 1.2, 0.3 * 0.8), ("b", 1 - 0.4 * 1.6, 0.4 * 0.6)] {
      let cell = posterior.cell(name, in: model)
      let median = try #require(cell.quantile(0.5))
      // The observation's own 0.01 shifts by its part of the variance, 4e-4.
      #expect(abs(Foundation.log(median.value) - mean) < Chance.errors * median.error / median.value + 1e-3)
      let width = Foundation.log((cell.quantile(0.95)?.value ?? 0) / (cell.quantile(0.05)?.value ?? 0)) / 3.29
      #expect(abs(width / sd - 1) < 0.02)
    }
  }

  @Test("The logarithmic pool is the weighted geometric mean, the linear one a mixture")
  func pools() throws {
    let cell = try compared(
      two
        + "evidence: [{estimate: x, routes: {one: first, two: second}, weights: {one: 25%, two: 75%}, pool: [linear, logarithmic]}]\n"
    ).cells[0]
    #expect(cell.pools.count == 2)
    let sd = (1 + 0.0625 * 0.09 + 0.5625 * 0.16).squareRoot()
    for p in [0.05, 0.5, 0.95] {
      let quantile = try #require(cell.pools[1].quantile(p))
      #expect(
        abs(quantile.value - Foundation.exp(0.75 + sd * StandardNormal.quantile(p))) < Chance.errors * quantile.error)
      // Of a mixture, the probabilities at a quantile add up.
      let mixed = try #require(cell.pools[0].quantile(p))
      func probability(_ x: Double) -> Double {
        0.25 * StandardNormal.cdf(Foundation.log(x) / 1.09.squareRoot())
          + 0.75 * StandardNormal.cdf((Foundation.log(x) - 1) / 1.16.squareRoot())
      }
      let slope = (probability(mixed.value * 1.001) - probability(mixed.value / 1.001)) / (0.002 * mixed.value)
      #expect(abs(probability(mixed.value) - p) < Chance.errors * mixed.error * slope)
    }
  }

  @Test("The hierarchical pool has the mean, spread and heterogeneity of random effects by quadrature")
  func hierarchical() throws {
    for row in try Reference.rows("theta") where row.arguments.count == 2 + 4 + 1 {
      let (y, s, scale) = (Array(row.arguments[0..<2]), row.arguments[2..<6], row.arguments[6])
      #expect(s[3] == 0 && s[4] == 0)
      let text = """
        inputs: {a: "lognormal(\(y[0]), \(s[2].squareRoot()))", b: "lognormal(\(y[1]), \(s[5].squareRoot()))"}
        outputs: {a: {}, b: {}}
        evidence: [{estimate: x, routes: {one: a, two: b}, pool: hierarchical, heterogeneity: \(scale)}]
        """
      let cell = try compared(text).cells[0]
      let sd = try #require(try Reference.rows("theta_sd").first { $0.arguments == row.arguments }).value
      let pool = cell.pools[0]
      let median = try #require(pool.quantile(0.5))
      // Of a distribution that is nearly symmetric on the scale of logarithms median and mean agree to some hundredths
      // of its sd; the quantiles of the routes' own means and covariance are random too.
      #expect(abs(Foundation.log(median.value) - row.value) < Chance.errors * median.error / median.value + 0.02 * sd)
      let spread = cell.consistency.heterogeneity
      for (p, value) in [(0.05, spread.p05), (0.5, spread.p50), (0.95, spread.p95)] {
        let expected = try #require(
          try Reference.rows("tau_\(p)").first { $0.arguments == row.arguments })
        #expect(abs(value / expected.value - 1) < 0.02, "\(p)")
      }
    }
  }

  @Test("Random effects with correlated errors are those of quadrature")
  func randomEffects() throws {
    for row in try Reference.rows("theta") {
      let count = row.arguments.count == 7 ? 2 : 3
      let means = Array(row.arguments.prefix(count))
      var covariance = SymmetricMatrix(identityOfSize: count)
      for a in 0..<count { for b in 0...a { covariance[a, b] = row.arguments[count + a * count + b] } }
      let scale = try #require(row.arguments.last)
      let fit = try #require(Heterogeneity(means: means, covariance: covariance, scale: scale))
      let n = Double(fit.strata.count)
      let centers = fit.strata.map { zip($0.weights, means).reduce(0) { $0 + $1.0 * $1.1 } }
      let mean = centers.reduce(0, +) / n
      var variance = centers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
      for stratum in fit.strata {
        variance += stratum.spread * stratum.spread / n
        for a in 0..<count {
          for b in 0..<count { variance += stratum.weights[a] * stratum.weights[b] * covariance[a, b] / n }
        }
      }
      let sd = try #require(try Reference.rows("theta_sd").first { $0.arguments == row.arguments }).value
      // Half a percent of the standard deviation is what 1024 points and 256 strata cost.
      #expect(abs(mean - row.value) < 0.005 * sd)
      #expect(abs(variance.squareRoot() / sd - 1) < 0.005)
      for (p, value) in [(0.05, fit.quantiles.p05), (0.5, fit.quantiles.p50), (0.95, fit.quantiles.p95)] {
        let expected = try #require(try Reference.rows("tau_\(p)").first { $0.arguments == row.arguments }).value
        #expect(abs(value - expected) < 0.01 * expected)
      }
    }
  }

  @Test("Weights by formula, cells by year, and weights that are not shares of 1")
  func weights() throws {
    func text(_ last: String) -> String {
      """
      indexes: {year: 2023..2025, route: [one, two]}
      inputs:
        a: {over: [year, route], value: "lognormal(0, 1)", dependence: independent}
        w: {over: [year, route], value: {one: {2023: 0.3, 2025: 0.5}, two: {2023: 0.7, 2025: \(last)}}, interpolate: linear}
      outputs: {a: {}}
      evidence: [{estimate: x, routes: a, over: route, weights: w}]
      """
    }
    let result = try compared(text("0.5"), draws: 20_000)
    #expect(result.cells.count == 3)
    #expect(zip(result.cells.map { $0.weights[0] }, [0.3, 0.4, 0.5]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(throws: Diagnostics.self) { try compared(text("0.6"), draws: 20_000) }
  }

  @Test("Routes that do not vary, are the same, or are never positive give figures without a verdict, not a crash")
  func degenerate() throws {
    for by in [
      "{one: 2, two: 3}", "{one: first, two: first}", "{one: -1 * first, two: second}", "{one: 0, two: first}",
    ] {
      let cell = try compared(two + "evidence: [{estimate: x, routes: \(by)}]\n", draws: 5_000).cells[0]
      #expect(cell.shifts.isEmpty)
      #expect(cell.consistency.pValue.isNaN)
    }
  }
}

/// A repeatable generator for experiments.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195.
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
