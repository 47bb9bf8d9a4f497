import Distributions
import Evidence
import Foundation
import Modeling
import Simulation
import Testing

/// Conditions, readings along an index, and measured distributions whose arguments are formulas.
@Suite("Conditions and readings along an index")
struct ObservedConditionTests {
  /// Standard errors by which an estimate may differ: exceeded once in 1.7 million times.
  private static let errors = 5.0

  private func posterior(_ text: String, draws: Int = 100_000) throws -> (model: Model, result: PosteriorResult) {
    let model = try EvidenceScenario.model(text, draws: draws)
    return (model, try #require(try Conditioning(model: model).result(draws: draws)))
  }

  @Test("A comparison that certainly holds keeps the draws in which it does")
  func certain() throws {
    // x < y for independent uniforms: the minimum of two, with mean 1/3; it holds in half of the draws.
    let (model, result) = try posterior(
      "inputs: {x: \"uniform(0, 1)\", y: \"uniform(0, 1)\"}\noutputs: {x: {}}\nevidence: [{observe: x < y}]\n")
    let cell = result.cell("x", in: model)
    #expect(abs(cell.mean.value - 1.0 / 3) < Self.errors * cell.mean.error && cell.mean.error < 0.01)
    let share = result.observations[0].pValue
    #expect(abs(share.value - 0.5) < Self.errors * share.error && share.error > 0)
    #expect(abs(result.observations[0].surprise.value - 1) < 0.01)
  }

  @Test("A probability weighs draws in which it holds against the others")
  func soft() throws {
    // P(x < 0.2) = 0.2 before; odds 0.2 : 0.8 times 9 : 1 are 9 : 4.
    let (model, result) = try posterior(
      """
      inputs: {x: "uniform(0, 1)"}
      equations: {below: "if x < 20% then 1 else 0"}
      outputs: {below: {}}
      evidence: [{observe: x < 20%, probability: 90%}]
      """)
    let cell = result.cell("below", in: model)
    #expect(abs(cell.mean.value - 9.0 / 13) < Self.errors * cell.mean.error && cell.mean.error < 0.01)
  }

  @Test("Equal values satisfy <= and >=, and not < and >")
  func equality() throws {
    func share(_ sign: String) throws -> Double {
      let (_, result) = try posterior(
        "inputs: {n: \"discrete(1=30%, 2=70%)\"}\noutputs: {n: {}}\nevidence: [{observe: n \(sign) 2, probability: 50%}]\n"
      )
      return result.observations[0].pValue.value
    }
    let shares = try [">=", "<=", "<", ">"].map(share)
    for (found, right) in zip(shares, [0.7, 1, 0.3, 0]) { #expect(abs(found - right) < 0.01) }
  }

  @Test("A condition that hardly any draw satisfies is reached by sequential Monte Carlo")
  func rare() throws {
    // x > 4 under a standard normal distribution: mean 4.2256 (SciPy: stats.truncnorm(4, inf).mean()), share 3.167e-5.
    let (model, result) = try posterior(
      "inputs: {x: \"normal(0, 1)\"}\noutputs: {x: {}}\nevidence: [{observe: x > 4}]\n", draws: 16_384)
    let cell = result.cell("x", in: model)
    #expect(abs(cell.mean.value - 4.225607) < Self.errors * cell.mean.error && cell.mean.error < 0.01)
    #expect(cell.min > 4)
    #expect(abs(result.observations[0].surprise.value - 14.9466) < 0.5)
  }

  @Test("A condition over an index holds in every cell")
  func cells() throws {
    let (model, result) = try posterior(
      """
      indexes: {k: 1..3}
      inputs: {x: {over: k, dependence: shared, value: "uniform(0, 1)"}, y: {over: k, dependence: independent, value: "uniform(0, 1)"}}
      outputs: {x: {}}
      evidence: [{observe: x < y}]
      """)
    // x is below the smallest of three: density 4 (1 - x)^3, mean 1/5.
    #expect(result.observations.count == 3)
    let cell = result.cell("x", in: model)
    #expect(abs(cell.mean.value - 0.2) < Self.errors * cell.mean.error && cell.mean.error < 0.01)
  }

  @Test("Readings at some labels of an index equal separate observations, bit for bit", arguments: ["x[k]", "x"])
  func readings(observed: String) throws {
    func scenario(_ evidence: String) -> String {
      """
      indexes: {k: [a, b, c]}
      inputs: {x: {over: k, dependence: independent, value: "normal(10, 2)"}}
      outputs: {x: {}}
      evidence:
      \(evidence)
      """
    }
    let over = observed == "x" ? ", over: k" : ""
    let (model, joint) = try posterior(
      scenario("  - {observe: \"\(observed)\"\(over), measured: {a: \"normal(12, 1)\", c: \"normal(9, 3)\"}}"))
    let (_, separate) = try posterior(
      scenario(
        "  - {observe: \"x[k=a]\", measured: \"normal(12, 1)\"}\n  - {observe: \"x[k=c]\", measured: \"normal(9, 3)\"}")
    )
    #expect(joint.observations.map(\.observation.text) == ["x[k=a]", "x[k=c]"])
    for (cell, other) in zip(joint.outputs[0].cells, separate.outputs[0].cells) {
      #expect(cell.mean.value == other.mean.value && cell.sd == other.sd)
    }
    // 10 + 2 * 4 / 5 and the unobserved one.
    let first = joint.outputs[0].cells[0]
    #expect(abs(first.mean.value - 11.6) < Self.errors * first.mean.error)
    #expect(abs(joint.outputs[0].cells[1].mean.value - 10) < 0.1)
    #expect(model.observations.count == 2)
  }

  @Test("A measured distribution with a formula as its error: a closed form")
  func varyingError() throws {
    // s is 1 or 2 with equal probabilities; x ~ N(0, 1) measured 3 with sd s: the marginal densities are N(3; 0, 2) and
    // N(3; 0, 5), so that P(s = 2) = d5 / (d2 + d5); given s, x has mean 3 / (1 + s^2).
    let (model, result) = try posterior(
      """
      inputs: {x: "normal(0, 1)", s: "discrete(1=50%, 2=50%)"}
      outputs: {x: {}, s: {}}
      evidence: [{observe: x, measured: "normal(3, s)"}]
      """)
    func density(_ variance: Double) -> Double { exp(-4.5 / variance) / variance.squareRoot() }
    let two = density(5) / (density(2) + density(5))
    let s = result.cell("s", in: model)
    #expect(abs(s.mean.value - 1 - two) < Self.errors * s.mean.error && s.mean.error < 0.01)
    let x = result.cell("x", in: model)
    #expect(abs(x.mean.value - (1 - two) * 1.5 - two * 0.6) < Self.errors * x.mean.error && x.mean.error < 0.02)
  }

  @Test("A posterior sample has the observed inputs' scores, and others keep their design")
  func sample() throws {
    let model = try EvidenceScenario.model(
      """
      inputs: {x: "normal(10, 2)", y: "normal(0, 1)", z: "normal(5, 1)"}
      outputs: {x: {}, z: {}}
      evidence: [{observe: x + y, measured: "normal(16, 1)"}]
      """)
    let conditioned = try Conditioning(model: model).conditioned()
    let sample = try #require(conditioned.posterior)
    #expect(sample.addresses.map(\.name) == ["x", "y"] && sample.replicates == 16)
    #expect(conditioned.settings.draws == sample.count)
    let result = try Engine(model: conditioned).run()
    let x = result.outputs[0].cells[0]
    #expect(abs(x.mean.value - 14) < Self.errors * x.mean.error && x.mean.error < 0.02)
    #expect(abs(x.sd / (4.0 / 3).squareRoot() - 1) < 0.02)
    let z = result.outputs[1].cells[0]
    #expect(abs(z.mean.value - 5) < 0.02 && abs(z.sd - 1) < 0.02)
    // The same draws block by block, whichever evaluates them.
    let evaluator = try Evaluator(model: conditioned, requests: [.cell(QuantityID(0), 0)])
    let values = try evaluator.columns(draws: sample.count)[0]
    let scores = try #require(sample[sample.addresses[0]])
    for draw in [0, 1, 1023, 1024, 20_000, sample.count - 1] {
      #expect(abs(values[draw] - 10 - 2 * scores[draw]) < 1e-12)
    }
  }
}
