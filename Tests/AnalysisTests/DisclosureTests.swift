import Analysis
import Foundation
import Simulation
import Testing

/// Expected widths against closed forms. Of a linear model of normal inputs, knowing some leaves the target normal, with
/// an interval of 2 · 1.6449 times the residual standard deviation whatever they are.
@Suite("What published figures are worth")
struct DisclosureTests {
  /// Standard errors between a figure and its closed form: Student's t(11) is beyond 9.6 once in a million.
  private static let reach = 9.6
  /// From the 5th to the 95th percentile of the standard normal distribution.
  private static let width = 3.2897072539029444

  @Test("Widths and gains of a linear model with dependent inputs are those of the residual variance")
  func linearGaussian() throws {
    let problem = try Problems.function("linear-dependent")
    let result = try DisclosureAnalysis.run(problem, questions: 3).results[0]
    let names = problem.factors.map(\.name)
    // Cov of (x1, x2, x3) = 1, 1, 4 with cov(x2, x3) = 0.6 * 1 * 2 = 1.2; y is their sum, of variance 8.4.
    let rest: [Set<String>: Double] = [
      ["x1"]: 7.4, ["x2"]: 1 + 4 * 0.64, ["x3"]: 1 + 0.64, ["x1", "x3"]: 0.64, ["x1", "x2", "x3"]: 0,
    ]
    let prior = Self.width * 8.4.squareRoot()
    // The prior's error: sqrt(2) times sqrt(0.05 * 0.95) / (density * sqrt(n)), under independent draws.
    #expect(abs(result.prior - prior) < 5 * 2.0.squareRoot() * 0.218 / 0.103 * 8.4.squareRoot() / 98_304.0.squareRoot())
    var seen = 0
    for gain in result.singles + [try #require(result.pair)] + result.questions {
      let known = Set(gain.factors.map { names[$0] })
      guard let variance = rest[known] else { continue }
      seen += 1
      let exact = prior - Self.width * variance.squareRoot()
      // What is known of several is seen through a regression, which leaves up to a thousandth of the prior in the width.
      let left = known.count > 1 ? 4e-3 * prior : 0
      #expect(abs(gain.gain - exact) < Self.reach * gain.error + left, "\(known): \(gain.gain), not \(exact)")
      #expect(gain.isDistinguishable)
    }
    #expect(seen >= 6)
    #expect(result.questions.map { names[$0.factors.last ?? 0] } == ["x3", "x1", "x2"])
    // All that the target depends on is known.
    #expect(result.questions.last?.width == 0 && result.questions.last?.gain == result.prior)
    #expect(Set(try #require(result.pair).factors.map { names[$0] }) == ["x1", "x3"])
  }

  @Test("A figure that could be published narrows the interval as far as its error allows")
  func publishable() throws {
    let text = """
      inputs: {a: "normal(0, 1)", b: "normal(0, 0.5)"}
      equations: {y: a + b}
      outputs: {y: {}}
      evidence:
        - {publishable: exp(a + b), name: rough, error: 60%, disclosable_by: One}
        - {publishable: exp(a), name: part, error: 1%, disclosable_by: Two}
      """
    var options = SensitivityProblem.Options()
    options.includesPublishables = true
    let problem = try Problems.text(text, "y", options: options)
    let result = try DisclosureAnalysis.run(problem, questions: 2).results[0]
    // y is normal with variance 1.25. Read with an error of variance 0.36 its variance is the harmonic sum of both; of the
    // part a, almost exactly known, b is left.
    let rest = ["rough": 1.25 * 0.36 / (1.25 + 0.36), "part": 0.25 + 1e-4, "a": 0.25, "b": 1]
    let prior = Self.width * 1.25.squareRoot()
    #expect(result.singles.count == 4)
    for gain in result.singles {
      let name = problem.factors[gain.factors[0]].name
      let exact = prior - Self.width * (try #require(rest[name])).squareRoot()
      #expect(abs(gain.gain - exact) < Self.reach * gain.error, "\(name): \(gain.gain), not \(exact)")
    }
    // Inputs say of nobody that he could publish them, so that only figures are asked for.
    #expect(result.questions.allSatisfy { $0.factors.allSatisfy { !problem.factors[$0].publishables.isEmpty } })
    // Without the option, as for all other methods, they are no factors.
    #expect(try Problems.text(text, "y").factors.map(\.name) == ["a", "b"])
    options.grouping = .disclosable
    #expect(try Problems.text(text, "y", options: options).factors.map(\.name) == ["a", "b", "One", "Two"])
  }

  @Test("An input that hardly matters is not distinguishable from an inert one")
  func floor() throws {
    let problem = try Problems.text(
      """
      inputs: {a: "normal(0, 1)", b: "normal(0, 2)", c: "normal(0, 0.01)"}
      equations: {y: a + b + c}
      outputs: {y: {}}
      """, "y")
    let result = try DisclosureAnalysis.run(problem, questions: 2).results[0]
    #expect(result.singles.map { problem.factors[$0.factors[0]].name } == ["b", "a", "c"])
    #expect(result.singles.map(\.isDistinguishable) == [true, true, false])
    let bound = try #require(result.indistinguishableBound)
    #expect(bound >= result.floor && bound == max(result.floor, result.singles[2].gain + result.singles[2].reach))
    #expect(bound > result.singles[2].error)
  }

  @Test("More draws than those that sets are found from have the same widths with smaller errors")
  func manyDraws() throws {
    var options = SensitivityProblem.Options()
    options.draws = 1 << 18
    let text = """
      inputs: {b: poisson(5), c: poisson(2), d: "normal(0, 2)", n: "normal(0, 1)", m: "normal(0, 1)"}
      equations: {y: b + c + d + n + m}
      outputs: {y: {}}
      """
    let problem = try Problems.text(text, "y", options: options)
    let result = try DisclosureAnalysis.run(problem, questions: 5).results[0]
    func names(_ gain: DisclosureAnalysis.Gain) -> Set<String> { Set(gain.factors.map { problem.factors[$0].name }) }
    // Once both counts are known, the rest is normal with variance 6; strata of fewer than 64 draws have 2 % at most.
    let counts = try #require(result.questions.first { names($0).isSuperset(of: ["b", "c"]) })
    let rest = ["d": 4.0, "n": 1.0, "m": 1.0].filter { !names(counts).contains($0.key) }.values.reduce(0, +)
    #expect(abs(counts.width - Self.width * rest.squareRoot()) <= Self.reach * counts.error + 0.02 * Self.width)
    #expect(result.questions.last?.width == 0)
    let few = try DisclosureAnalysis.run(try Problems.text(text, "y"), questions: 0).results[0]
    for gain in result.singles {
      let other = try #require(few.singles.first { $0.factors == gain.factors })
      #expect(abs(gain.gain - other.gain) <= Self.reach * (gain.error + other.error))
    }
    #expect(result.singles.reduce(0) { $0 + $1.error } < few.singles.reduce(0) { $0 + $1.error })
  }

  @Test("What is asked for is held by somebody, and holders' figures are known together")
  func holders() throws {
    let text = """
      inputs:
        chance: normal(0, 5)
        a: {value: "normal(0, 1)", disclosable_by: one}
        b: {value: "normal(0, 2)", disclosable_by: two}
        c: {value: "normal(0, 2)", disclosable_by: two}
      equations: {y: chance + a + b + c}
      outputs: {y: {}}
      """
    let single = try Problems.text(text, "y")
    let first = try DisclosureAnalysis.run(single, questions: 1).results[0]
    #expect(single.factors[first.singles[0].factors[0]].name == "chance")
    #expect(["b", "c"].contains(single.factors[first.questions[0].factors[0]].name))
    var options = SensitivityProblem.Options()
    options.grouping = .disclosable
    let grouped = try Problems.text(text, "y", options: options)
    let result = try DisclosureAnalysis.run(grouped, questions: 1).results[0]
    let two = try #require(result.singles.first { grouped.factors[$0.factors[0]].name == "two" })
    let exact = Self.width * (34.0.squareRoot() - 26.0.squareRoot())
    #expect(abs(two.gain - exact) < Self.reach * two.error + 4e-3 * result.prior)
  }
}
