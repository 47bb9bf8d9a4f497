import Diagnostics
import Distributions
import Evidence
import Foundation
import Modeling
import Simulation
import Testing

@Suite("Conditioning on observations")
struct ConditioningTests {
  private func posterior(_ model: Model, workers: Int? = nil) throws -> PosteriorResult {
    try #require(
      try Conditioning(model: model).result(draws: model.settings.draws, options: .init(workers: workers)))
  }

  /// Holds mean and standard deviation against a normal distribution, the latter with the error of a variance of as
  /// many draws.
  private func expect(_ cell: CellSummary, mean: Double, sd: Double, effective: Double) {
    #expect(abs(cell.mean.value - mean) < Chance.errors * cell.mean.error)
    // The relative error of a normal sample's standard deviation; 5 of them by chance in one of 1.7 million.
    #expect(abs(cell.sd / sd - 1) < 5 / (2 * effective).squareRoot())
    for p in [0.05, 0.25, 0.5, 0.75, 0.95] {
      guard let quantile = cell.quantile(p) else { continue }
      #expect(abs(quantile.value - (mean + sd * StandardNormal.quantile(p))) < Chance.errors * quantile.error)
    }
  }

  private let normal = """
    inputs:
      x: normal(0, 1)
      y: {value: "normal(x, 2)"}
      other: normal(3, 1)
    outputs: {x: {}, y: {}, other: {}}

    """

  @Test("A normal prior and a normal observation give the conjugate posterior", arguments: ["mc", "lhs", "sobol"])
  func conjugateNormal(design: String) throws {
    let model = try EvidenceScenario.model(
      normal + "evidence: [{observe: x, measured: \"normal(1, 0.5)\"}]\n", design: design)
    let result = try posterior(model)
    #expect(result.method == .weighting)
    let effective = result.effective
    // Precision 1 + 4, mean 4 / 5.
    expect(result.cell("x", in: model), mean: 0.8, sd: 0.2.squareRoot(), effective: effective)
    expect(result.cell("y", in: model), mean: 0.8, sd: 4.2.squareRoot(), effective: effective)
    expect(result.cell("other", in: model), mean: 3, sd: 1, effective: effective)
    // The divergence of normal(0.8, 0.2) from normal(0, 1).
    let information = 0.5 * (0.2 + 0.64 - 1 - log(0.2)) / log(2)
    #expect(abs(result.information.value - information) < Chance.errors * result.information.error)
    // The prior predictive distribution is normal(0, 1.25): the probability of a disagreement of 1.
    let pValue = 2 * StandardNormal.survival(1 / 1.25.squareRoot())
    let observed = result.observations[0]
    #expect(abs(observed.pValue.value - pValue) < Chance.errors * observed.pValue.error)
    #expect(abs(observed.surprise.value + log2(pValue)) < Chance.errors * observed.surprise.error)
  }

  @Test("A far observation is reached by tempering, in one coordinate and in many", arguments: ["mc", "sobol"])
  func farObservation(design: String) throws {
    let model = try EvidenceScenario.model(
      normal + "evidence: [{observe: x, measured: \"normal(6, 0.1)\"}]\n", design: design)
    let result = try posterior(model)
    guard case .tempering = result.method else {
      Issue.record("weights were trusted")
      return
    }
    #expect(result.effective < Conditioning.floor)
    let draws = Double(result.draws)
    expect(result.cell("x", in: model), mean: 600.0 / 101, sd: (1.0 / 101).squareRoot(), effective: draws / 4)
    expect(
      result.cell("y", in: model), mean: 600.0 / 101, sd: (4 + 1.0 / 101).squareRoot(), effective: draws / 4)
    expect(result.cell("other", in: model), mean: 3, sd: 1, effective: draws / 4)
    let information = 0.5 * (1.0 / 101 + pow(600.0 / 101, 2) - 1 - log(1.0 / 101)) / log(2)
    #expect(abs(result.information.value - information) < Chance.errors * result.information.error)
  }

  @Test("Of twenty inputs of which only the sum is known, each moves by its part")
  func sumOfMany() throws {
    let names = (1...20).map { "x\($0)" }
    let model = try EvidenceScenario.model(
      "inputs:\n" + names.map { "  \($0): normal(0, 1)\n" }.joined()
        + "equations: {total: \(names.joined(separator: " + "))}\noutputs: {x1: {}, total: {}}\n"
        + "evidence: [{observe: total, measured: \"normal(25, 0.2)\"}]\n")
    let result = try posterior(model)
    let share = 1 / (20 + 0.04)
    let draws = Double(result.draws)
    expect(
      result.cell("x1", in: model), mean: 25 * share, sd: (1 - share).squareRoot(), effective: draws / 4)
    expect(
      result.cell("total", in: model), mean: 25 * 20 * share, sd: (20 - 400 * share).squareRoot(),
      effective: draws / 4)
  }

  @Test("A lognormal observation is of the logarithm: units and reciprocals change nothing")
  func lognormal() throws {
    let base = """
      inputs: {a: "lognormal(0, 1)", b: "lognormal(0, 1)"}
      equations: {both: a * b, inverse: 1 / (a * b), logarithm: log(a)}
      outputs: {logarithm: {}, both: {}}

      """
    let direct = try posterior(
      EvidenceScenario.model(base + "evidence: [{observe: both, measured: \"lognormal(1, 0.5)\"}]\n"))
    let inverse = try posterior(
      EvidenceScenario.model(base + "evidence: [{observe: inverse, measured: \"lognormal(-1, 0.5)\"}]\n"))
    // log a given log a + log b = 1 with variance 1/4: mean 1 / 2.25, variance 1 - 1 / 2.25.
    expect(
      direct.outputs[0].cells[0], mean: 1 / 2.25, sd: (1 - 1 / 2.25).squareRoot(), effective: direct.effective)
    #expect(abs(direct.effective / inverse.effective - 1) < 1e-6)
    #expect(
      abs(direct.outputs[0].cells[0].mean.value - inverse.outputs[0].cells[0].mean.value) < 1e-6)
  }

  @Test("A number of successes gives the beta posterior")
  func betaBinomial() throws {
    let model = try EvidenceScenario.model(
      """
      inputs: {p: "beta(2, 3)", hits: {value: "binomial(20, p)"}}
      outputs: {p: {}, hits: {}}
      evidence: [{observe: hits, measured: 13}]
      """)
    let result = try posterior(model)
    let distribution = try #require(DistributionCatalogue.family(named: "beta")).distribution([15, 10, 0, 1])
    let cell = result.cell("p", in: model)
    #expect(abs(cell.mean.value - distribution.mean) < Chance.errors * cell.mean.error)
    for p in [0.05, 0.5, 0.95] {
      let quantile = try #require(cell.quantile(p))
      #expect(abs(quantile.value - distribution.quantile(p)) < Chance.errors * quantile.error)
    }
    // Draws that fit are worth one each, all others nothing.
    #expect(result.effective == result.effective.rounded())
    #expect(result.cell("hits", in: model).min == 13 && result.cell("hits", in: model).max == 13)
  }

  @Test("Observations of one number multiply")
  func severalObservations() throws {
    let model = try EvidenceScenario.model(
      normal + "evidence: [{observe: x, measured: \"normal(1, 1)\"}, {observe: 2 * x, measured: \"normal(2, 2)\"}]\n")
    let result = try posterior(model)
    // Two readings of x with precision 1 each.
    expect(
      result.cell("x", in: model), mean: 2.0 / 3, sd: (1.0 / 3).squareRoot(), effective: result.effective)
  }

  @Test("The same in every bit for any number of workers", arguments: ["normal(1, 0.5)", "normal(6, 0.1)"])
  func workers(distribution: String) throws {
    let model = try EvidenceScenario.model(
      normal + "references: {r: \"normal(1, 1)\"}\n" + "evidence: [{observe: x, measured: \"\(distribution)\"}]\n",
      draws: 20_000
    )
    let one = try posterior(model, workers: 1)
    let three = try posterior(model, workers: 3)
    for (a, b) in zip(one.outputs, three.outputs) {
      #expect(a.cells[0].mean.value.bitPattern == b.cells[0].mean.value.bitPattern)
      #expect(a.cells[0].sd.bitPattern == b.cells[0].sd.bitPattern)
      #expect(a.cells[0].quantiles.map(\.value.bitPattern) == b.cells[0].quantiles.map(\.value.bitPattern))
      #expect(a.cells[0].quantiles.map(\.error.bitPattern) == b.cells[0].quantiles.map(\.error.bitPattern))
      #expect(a.cells[0].histogram == b.cells[0].histogram)
    }
    #expect(one.information == three.information)
    #expect(one.observations[0].pValue == three.observations[0].pValue)
  }

  @Test("What no draw can be is an error with its place, not an endless search")
  func impossible() throws {
    for distribution in ["uniform(20, 21)", "normal(1e6, 1)"] {
      let model = try EvidenceScenario.model(
        "inputs: {x: \"uniform(0, 1)\"}\noutputs: {x: {}}\nevidence: [{observe: x, measured: \"\(distribution)\"}]\n",
        draws: 10_000)
      if distribution.hasPrefix("uniform") {
        #expect(throws: Diagnostics.self) { try posterior(model) }
      } else {
        // A tail is a tail: the particles go to the end of the prior.
        let cell = try posterior(model).cell("x", in: model)
        #expect(cell.quantile(0.05)?.value ?? 0 > 0.99999)
      }
    }
  }

  @Test("Equal weights give the figures of a run")
  func equalWeights() throws {
    let model = try EvidenceScenario.model(normal + "references: {r: \"normal(1, 1)\"}\n", draws: 50_000)
    let run = try Engine(model: model).run()
    let weighted = try WeightedEngine(model: model, weighting: EqualWeighting()).run(draws: 50_000)
    #expect(weighted.effective == 50_000)
    for (a, b) in zip(run.outputs, weighted.outputs) {
      #expect(abs(a.cells[0].mean.value - b.cells[0].mean.value) < 1e-12)
      #expect(abs(a.cells[0].sd / b.cells[0].sd - 1) < 1e-4)
      for (p, q) in zip(a.cells[0].quantiles, b.cells[0].quantiles) {
        #expect(abs(p.value - q.value) < 1e-3 * max(1, abs(p.value)))
      }
      #expect(b.cells[0].histogram.reduce(0) { $0 + $1.count } == 50_000)
    }
  }

  @Test("Weighted draws that take few values have quantiles among them, as many as counts of weights may be")
  func fewValues() throws {
    let model = try EvidenceScenario.model(
      "inputs: {n: poisson(6)}\nequations: {year: 2020 + n}\noutputs: {year: {}, n: {}}\n", draws: 50_000)
    let run = try Engine(model: model).run()
    let weighted = try WeightedEngine(model: model, weighting: EqualWeighting()).run(draws: 50_000)
    for (a, b) in zip(run.outputs, weighted.outputs) {
      #expect(a.cells[0].quantiles.map(\.value) == b.cells[0].quantiles.map(\.value))
      #expect(a.cells[0].histogram == b.cells[0].histogram)
    }
  }
}
