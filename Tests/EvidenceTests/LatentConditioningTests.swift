import Diagnostics
import Foundation
import Modeling
import Simulation
import Testing

@testable import Evidence

@Suite("Latent totals: posterior draws of a scenario")
struct LatentConditioningTests {
  /// The scenario of `Reference/latent.py`, and its table.
  private static let scenario = """
    indexes: {year: 2024..2026}
    inputs:
      load: LOAD
      chips:
        over: year
        value: {2024: "lognormal(median=2, gsd=1.5)", 2025: "lognormal(median=4, gsd=1.5)", 2026: "lognormal(median=7, gsd=1.5)"}
        unit: TWh/year
        dependence: shared
      queries:
        over: year
        value: {2024: "lognormal(median=3, gsd=1.6)", 2025: "lognormal(median=5, gsd=1.6)", 2026: "lognormal(median=6, gsd=1.6)"}
        unit: TWh/year
        dependence: independent
      part: lognormal(median=0.8, gsd=1.1)
    latent:
      electricity:
        over: year
        unit: TWh/year
        start: "lognormal(median=3, gsd=3)"
        growth: "lognormal(median=1.5, gsd=1.4)"
        routes: {fleet: chips * load, models: queries * load}
        published: figures.csv
        priors: {common_route_bias: 0, common_publisher_bias: 0}
        FURTHER
    equations:
      servers: electricity * part
    outputs:
      electricity: {unit: TWh/year}
      servers: {unit: TWh/year}
      load: {}

    """

  static let figures = """
    id,publisher,year,value,low,high,unit,reads,kind
    first,A,2025,6,,,,,
    second,B,2025,,3,6,TWh/year,electricity * part,
    third,A,2026,1.6,,,1,electricity[year=2026] / electricity[year=2025],growth

    """

  static func model(
    _ evidence: String = "", figures: String = figures, further: String = "",
    load: String = "lognormal(median=1, gsd=1.3)", draws: Int = 65_536
  ) throws -> Model {
    let text =
      scenario.replacingOccurrences(of: "FURTHER", with: further).replacingOccurrences(of: "LOAD", with: load)
      + evidence
    return try EvidenceScenario.model(text, table: figures, named: "figures.csv", draws: draws)
  }

  private func columns(_ model: Model, _ requests: [(String, Int)]) throws -> [[Double]] {
    let count = try #require(model.posterior?.count)
    return try Evaluator(
      model: model, requests: requests.map { .cell(try #require(model.quantity(named: $0.0)), $0.1) }
    ).columns(draws: count)
  }

  private func quantile(_ values: [Double], _ probability: Double) -> Double {
    values.sorted()[Int(probability * Double(values.count))]
  }

  @Test("Draws of a total and of an input are those of the closed form, mixed over unknown standard deviations")
  func closedForm() throws {
    let model = try Self.model()
    let conditioned = try LatentConditioning(model: model).outcome(options: .init())
    let result = try #require(conditioned.results.first)
    #expect(abs(result.logEvidence - (try LatentReference.value("scenario", "log_evidence"))) < 0.02)
    let scale = 365 * 24 * 3600.0
    let drawn = try columns(conditioned.model, [("electricity", 2), ("load", 0)])
    for (name, values, unit) in [("electricity", drawn[0], 3.6e15 / scale), ("load", drawn[1], 1)] {
      for (p, label) in [(0.05, "p05"), (0.5, "p50"), (0.95, "p95")] {
        let right = try LatentReference.value("scenario", "\(name)_\(label)")
        // 256 equally probable sets of standard deviations, of a sample worth some thousands, and 65,536 draws: their errors are
        // below 1 % in quantiles of quantities with a standard deviation of 20 %.
        #expect(abs(quantile(values, p) / unit / right - 1) < 0.015, "\(name) \(label) \(quantile(values, p) / unit)")
      }
    }
  }

  @Test("Formulas are computed from the moved inputs, so that identities and bounds hold in every draw")
  func identities() throws {
    let model = try Self.model(load: "beta(40% to 90%)")
    let conditioned = try LatentConditioning(model: model).outcome(options: .init()).model
    let drawn = try columns(conditioned, [("electricity", 1), ("part", 0), ("servers", 1), ("load", 0)])
    for draw in drawn[0].indices {
      #expect(abs(drawn[0][draw] * drawn[1][draw] / drawn[2][draw] - 1) < 1e-12)
      #expect(drawn[3][draw] > 0 && drawn[3][draw] < 1)
    }
  }

  @Test("The sample is the same for any number of workers")
  func workers() throws {
    let model = try Self.model()
    let samples = try [1, 3].map { workers in
      try columns(
        try LatentConditioning(model: model).outcome(options: .init(workers: workers)).model,
        [("electricity", 0), ("electricity", 2), ("load", 0)])
    }
    #expect(samples[0] == samples[1])
  }

  @Test("A floor and an observed condition cut the draws, and say which share they keep")
  func limits() throws {
    let figures = Self.figures + "fourth,C,2026,9,,,TWh/year,,floor\n"
    let model = try Self.model(
      "evidence:\n  - observe: electricity[year=2026] < 12 TWh/year\n", figures: figures)
    let posterior = try #require(try Conditioning(model: model).result(draws: 65_536))
    let result = try #require(posterior.latents.first)
    #expect(result.kept > 0.3 && result.kept < 0.9)
    let share = posterior.observations[0].pValue
    #expect(share.value > 0.5 && share.value < 1)
    let drawn = try columns(try Conditioning(model: model).conditioned(), [("electricity", 2)])[0]
    #expect(drawn.allSatisfy { $0 < 12 * 3.6e15 / (365 * 24 * 3600) })
    // The floor's publisher may be off, so that it is soft, but it raises the total.
    let free = try columns(
      try Conditioning(model: try Self.model()).conditioned(), [("electricity", 2)])[0]
    #expect(quantile(drawn, 0.05) > quantile(free, 0.05))
  }

  @Test("An observed condition on an input that no reading depends on holds in every draw")
  func unreadInput() throws {
    let model = try Self.model(
      """
      references:
        ceiling: {value: 8 TWh/year to 16 TWh/year, source: a limit}
      evidence:
        - observe: electricity[year=2026] < ceiling

      """)
    let drawn = try columns(try Conditioning(model: model).conditioned(), [("electricity", 2), ("ceiling", 0)])
    #expect(zip(drawn[0], drawn[1]).allSatisfy { $0 < $1 })
    // The condition raises the ceiling as it lowers the total.
    let before = try columns(try LatentConditioning(model: model).outcome(options: .init()).model, [("ceiling", 0)])[0]
    #expect(quantile(drawn[1], 0.5) > quantile(before, 0.5))
  }

  @Test("Beyond today the total is wider, and its readings are not")
  func future() throws {
    let (plain, later) = (try Self.model(), try Self.model(further: "today: 2025\n    future: 0.5"))
    let samples = try [plain, later].map { model in
      try columns(try Conditioning(model: model).conditioned(), [("electricity", 1), ("electricity", 2)])
    }
    func sd(_ values: [Double]) -> Double {
      let logs = values.map { Foundation.log($0) }
      let mean = logs.reduce(0, +) / Double(logs.count)
      return (logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(logs.count)).squareRoot()
    }
    #expect(abs(sd(samples[1][0]) / sd(samples[0][0]) - 1) < 0.02)
    let wider = (sd(samples[0][1]) * sd(samples[0][1]) + 0.25).squareRoot()
    #expect(abs(sd(samples[1][1]) / wider - 1) < 0.02)
  }

  @Test("A route that is not positive is refused, and so are limits that nothing fulfils")
  func refusals() throws {
    let negative = Self.scenario.replacingOccurrences(of: "FURTHER", with: "")
      .replacingOccurrences(of: "LOAD", with: "lognormal(median=1, gsd=1.3)")
      .replacingOccurrences(of: "chips * load,", with: "chips * (load - 1),")
    let model = try EvidenceScenario.model(negative, table: Self.figures, named: "figures.csv")
    #expect(throws: Diagnostics.self) { try Conditioning(model: model).conditioned() }
    let impossible = try Self.model("evidence:\n  - observe: electricity[year=2026] > 1000 TWh/year\n")
    #expect(throws: Diagnostics.self) { try Conditioning(model: impossible).conditioned() }
  }

  /// Two labels, two routes and a publisher.
  private static let small = """
    indexes: {year: 2024..2025}
    inputs:
      a: {over: year, value: {2024: "lognormal(median=2, gsd=1.4)", 2025: "lognormal(median=4, gsd=1.4)"}, dependence: shared}
      b: {over: year, value: {2024: "lognormal(median=3, gsd=1.5)", 2025: "lognormal(median=5, gsd=1.5)"}, dependence: independent}

    """

  /// The total of `small` as a latent total.
  static let total =
    small + """
      latent:
        x:
          over: year
          unit: "1"
          start: "lognormal(median=3, gsd=2)"
          growth: "lognormal(median=1.5, gsd=1.3)"
          routes: {first: a, second: b}
          published: figures.csv
          year_error: 0.3
          priors: {common_route_bias: 0, common_publisher_bias: 0, figure_error: 0.01}
      outputs: {x: {}}

      """

  /// A published figure of `total`.
  static let figure = "publisher,year,low,high\nA,2025,4,10\n"

  /// The same with every bias and error as an input. Errors are large, so that prior draws with weights are worth
  /// enough. A figure error of 0.01 is left out: it adds 0.1 % to the figure's own variance.
  private static let spelt =
    small + """
        start: "lognormal(median=3, gsd=2)"
        growth: "lognormal(median=1.5, gsd=1.3)"
        tau: normal(0, 0.35)
        pi_sd: normal(0, 0.35)
        constant: {over: year, value: "normal(0, 1)", dependence: shared}
        other_constant: {over: year, value: "normal(0, 1)", dependence: shared}
        drift: {over: year, value: "normal(0, 1)", dependence: independent}
        other_drift: {over: year, value: "normal(0, 1)", dependence: independent}
        publisher: normal(0, 1)
      equations:
        x: start * growth ^ (year - 2024)
        # Half constant, half with correlation exp(-1 / 4) from label to label.
        kept: exp(-0.25)
        moved: "if year == 2024 then drift else kept * drift[year=2024] + sqrt(1 - kept ^ 2) * drift"
        other_moved: "if year == 2024 then other_drift else kept * other_drift[year=2024] + sqrt(1 - kept ^ 2) * other_drift"
        first: a / x * exp(tau * (constant + moved) / sqrt(2))
        second: b / x * exp(tau * (other_constant + other_moved) / sqrt(2))
        figure: x[year=2025] * exp(pi_sd * publisher)
      outputs: {x: {}}
      evidence:
        - {observe: "first[year]", measured: {2024: "lognormal(median=1, gsd=1.349858808)", 2025: "lognormal(median=1, gsd=1.349858808)"}}
        - {observe: "second[year]", measured: {2024: "lognormal(median=1, gsd=1.349858808)", 2025: "lognormal(median=1, gsd=1.349858808)"}}
        - {observe: figure, measured: 4 to 10}

      """

  @Test("Weighted prior draws of the same model with every error as an input give the same posterior")
  func weightedDraws() throws {
    let latent = try EvidenceScenario.model(
      Self.total, table: Self.figure, named: "figures.csv")
    let updated = try #require(try Conditioning(model: latent).result(draws: 65_536))
    let draws = 1 << 19
    let weighted = try #require(
      try Conditioning(model: try EvidenceScenario.model(Self.spelt, draws: draws)).result(draws: draws))
    #expect(weighted.method == .weighting && weighted.effective > 10_000, "\(weighted.effective)")
    for cell in 0..<2 {
      for p in [0.05, 0.5, 0.95] {
        let right = try #require(weighted.outputs[0].cells[cell].quantile(p))
        let found = try #require(updated.outputs[0].cells[cell].quantile(p))
        // Beyond 7 standard errors, each from 16 parts, one of six values is with a probability below 1e-6.
        let error = (right.error * right.error + found.error * found.error).squareRoot()
        #expect(abs(found.value - right.value) < 7 * error, "\(cell) \(p) \(found.value) \(right.value)")
      }
    }
  }
}
