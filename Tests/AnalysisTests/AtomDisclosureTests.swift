import Analysis
import Distributions
import Foundation
import Testing

/// Expected widths where the target or what is published has atoms. Reference values by SciPy:
///
///     from scipy import stats, optimize; import numpy as np
///     P, n = stats.poisson(3), np.arange(1, 60)
///     F = lambda x: P.pmf(0) + sum(P.pmf(n) * np.clip((x / n - 1) / 2, 0, 1))
///     q = lambda p: optimize.brentq(lambda x: F(x) - p, 1e-9, 80)
///     q(.95) - q(.05)                                  # 12.731422, of n * u
///     2 * (P.ppf(.95) - P.ppf(.05))                    # 10 on average once u is known, 5 u
///     3 * 2 * .9                                       # 5.4 once n is known
///     z, N = 1.6448536269514722, stats.norm.cdf
///     1 - N((1 + z) / 2) + N((1 - z) / 2)              # 0.466578 by b of a + b > 1; of a: 1 - N(1 + 2 z) + N(1 - 2 z)
///     2 * (stats.poisson(2).ppf(.95) - stats.poisson(2).ppf(.05))  # 10
@Suite("What published figures are worth where values have atoms", .serialized)
struct AtomDisclosureTests {
  private struct Case {
    var name: String
    var text: String
    /// The gain of each input.
    var gains: [String: Double]
    /// The width without disclosure.
    var prior: Double
  }

  private static let cases = [
    Case(
      name: "a count times a number, with a probability of 0.0498 at the edge of 0.05",
      text: """
        inputs: {n: "poisson(3)", u: "uniform(1, 3)"}
        equations: {y: n * u}
        outputs: {y: {}}
        """, gains: ["n": 12.731422 - 5.4, "u": 2.731422], prior: 12.731422),
    Case(
      name: "a condition",
      text: """
        inputs: {a: "normal(0, 1)", b: "normal(0, 2)"}
        equations: {y: a + b > 1}
        outputs: {y: {}}
        """, gains: ["a": 0.011028, "b": 0.466578], prior: 1),
    Case(
      name: "a count alone",
      text: """
        inputs: {a: poisson(2)}
        equations: {y: a * 2}
        outputs: {y: {}}
        """, gains: ["a": 10], prior: 10),
  ]

  /// The bound of 1e-7 for each of the five gains is 5 of 12 for an interval of 95 %; `LOADCAST_COVERAGE_SEEDS=200` takes
  /// 200 seeds and a bound of 1e-4.
  @Test("Intervals hold the truth, widths are between 0 and the prior's", arguments: cases.map(\.name))
  func coverage(_ name: String) throws {
    let model = try #require(Self.cases.first { $0.name == name })
    let seeds = Int(CoverageTests.seeds ?? 12)
    var hits: [String: Int] = [:]
    for seed in 1...UInt64(seeds) {
      var options = SensitivityProblem.Options()
      options.draws = 32_768
      let problem = try Problems.text(model.text, "y", seed: seed, options: options)
      let result = try DisclosureAnalysis.run(problem, questions: 0).results[0]
      #expect(result.floor >= 0)
      for gain in result.singles {
        let input = problem.factors[gain.factors[0]].name
        let truth = try #require(model.gains[input])
        // The prior's own quantiles at an edge are on either side of it.
        if abs(gain.gain - truth) <= gain.reach + 1e-6 { hits[input, default: 0] += 1 }
        #expect(gain.width >= 0 && gain.width <= result.prior)
      }
      if let pair = result.pair {
        #expect(pair.width >= 0 && pair.width <= 0.02 * result.prior, "\(pair), seed \(seed)")
      }
    }
    for input in model.gains.keys.sorted() {
      let hit = hits[input] ?? 0
      let probability = try Binomial.distribution([Double(seeds), 0.95]).cdf(Double(hit))
      #expect(probability > CoverageTests.bound, "\(input): \(hit) of \(seeds)")
    }
  }

  @Test("Sums of counts, with counts too rare for a bin of their own")
  func counts() throws {
    // The widths that remain by SciPy's binom(20, 0.3), poisson(3), poisson(5) and poisson(2); 2 · 1.644854 of the normal.
    let whole = try Problems.text(
      "inputs: {b: \"binomial(20, 0.3)\", c: poisson(3)}\nequations: {y: b + c}\noutputs: {y: {}}\n", "y", seed: 3)
    let result = try DisclosureAnalysis.run(whole, questions: 2).results[0]
    #expect(result.prior == 9)
    for (name, width) in [("b", 5.0), ("c", 6.0)] {
      let own = try #require(result.singles.first { whole.factors[$0.factors[0]].name == name })
      #expect(abs(own.width - width) <= own.reach)
    }
    #expect(result.pair?.width == 0)
    let mixed = try Problems.text(
      "inputs: {b: poisson(5), c: poisson(2), n: \"normal(0, 1)\"}\nequations: {y: b + c + n}\noutputs: {y: {}}\n", "y")
    let both = try #require(try DisclosureAnalysis.run(mixed, questions: 0).results[0].pair)
    #expect(both.factors.count == 2)
    // Student's t(11) is beyond 9.6 once in a million; strata of fewer than 64 draws have 2 % of the width at most.
    #expect(abs(both.width - 3.28971) <= 9.6 * both.error + 0.02 * 3.29)
  }

  @Test("What rarely has an effect, but a large one, makes the expected interval wider")
  func wider() throws {
    // 0.96 of the normal distribution with sd 1, 0.04 with sd sqrt(10001): q95 by SciPy's brentq; 3.289707 times the mean sd.
    let problem = try Problems.text(
      """
      inputs: {x: bernoulli(0.04), m: "normal(0, 1)", n: "normal(0, 1)"}
      equations: {y: 100 * x * m + n}
      outputs: {y: {}}
      """, "y")
    let result = try DisclosureAnalysis.run(problem, questions: 0).results[0]
    let own = try #require(result.singles.first { problem.factors[$0.factors[0]].name == "x" })
    #expect(own.gain < 0 && abs(own.gain - (3.716722 - 16.317606)) <= 9.6 * own.error)
  }
}
