import Evidence
import Foundation
import Modeling
import Simulation
import Testing

@testable import Evidence

@Suite("Back-tests")
struct BacktestTests {
  private let scenario = """
    indexes: {year: 2023..2024, grid: [clean, dirty]}
    units: [run]
    inputs:
      hours: lognormal(median=100, gsd=2)
      power: {over: year, value: 400 W to 700 W, dependence: shared}
      mix: {over: grid, value: "shares(clean=50%, dirty=50%, concentration=10)"}
      choice: discrete(clean=50%, dirty=50%)
      factor: {over: grid, value: {clean: 0.1 kgCO2e/kWh, dirty: 0.8 kgCO2e/kWh}}
    equations:
      energy: hours * 1 h * power
      emissions: energy * factor[grid=choice]
      share: mix[grid=clean]
    outputs:
      energy: {unit: kWh}
      emissions: {unit: kgCO2e}
      clean_share: {}

    """.replacing("share: mix", with: "clean_share: mix")

  private func result(_ table: String, draws: Int = 20_000) throws -> BacktestResult {
    let (model, cases) = try EvidenceScenario.cases(scenario, table, draws: draws)
    return try BacktestAnalysis(model: model, cases: try #require(cases)).result(draws: draws)
  }

  @Test("Coverage: interval and test are SciPy's")
  func coverage() throws {
    for row in try Reference.rows("coverage_p") {
      let coverage = Coverage(inside: Int(row.arguments[0]), of: Int(row.arguments[1]), nominal: row.arguments[2])
      #expect(abs(coverage.probability - row.value) <= 1e-9 * row.value)
      let low = try #require(try Reference.rows("coverage_low").first { $0.arguments == row.arguments }).value
      let high = try #require(try Reference.rows("coverage_high").first { $0.arguments == row.arguments }).value
      #expect(abs(coverage.interval.low - low) < 1e-9 && abs(coverage.interval.high - high) < 1e-9)
    }
  }

  @Test("CRPS: that of draws by the definition, that of the baseline forecast by quadrature")
  func crps() throws {
    for row in try Reference.rows("crps") {
      let value = CaseScore.crps(row.arguments.dropFirst().sorted(), row.arguments[0])
      #expect(abs(value - row.value) < 1e-12 * max(1, abs(row.arguments[0])))
    }
    for row in try Reference.rows("baseline") {
      let distribution = try #require(BaselineForecast(Array(row.arguments.dropFirst())))
      #expect(abs(distribution.logCrps(of: row.arguments[0]) / row.value - 1) < 1e-8)
    }
    #expect(
      BaselineForecast([1, 2]) == nil && BaselineForecast([1, 2, -1]) == nil && BaselineForecast([2, 2, 2]) == nil)
  }

  @Test("Columns set inputs, whole or a cell, and a blank cell keeps the distribution; draws of all else stay")
  func columns() throws {
    let result = try result(
      """
      case,hours,"power[2024] kW",choice,observed.energy[2024] MWh,"observed.emissions[2023] tCO2e"
      known,200,0.5,dirty,0.1,0.05
      blank,,,,0.1,
      interval,100 to 400,,,0.1,
      """)
    let energy = try #require(result.outputs.first)
    #expect(energy.cases.map(\.name) == ["known", "blank", "interval"])
    #expect(energy.cases[0].p05 == 100 && energy.cases[0].p95 == 100 && energy.cases[0].observed == 100)
    #expect(energy.cases[0].percentile == 0.5 && energy.cases[0].crps == 0)
    let emissions = result.outputs[1].cases[0]
    #expect(result.outputs[1].cases.count == 1 && abs(emissions.observed - 50) < 1e-9)
    // In 2023 the power is uncertain, and hours and grid are known.
    #expect(abs(emissions.p95 / emissions.p05 - 700.0 / 400) < 0.05)
    // The blank case is the scenario itself.
    let (model, _) = try EvidenceScenario.cases(scenario, nil, draws: 20_000)
    let run = try Engine(model: model).run().outputs[0].cells[1]
    #expect(abs(energy.cases[1].p50 / (run.quantile(0.5)?.value ?? 0) - 1) < 1e-3)
    #expect(energy.cases[2].p05 < energy.cases[2].p50)
  }

  @Test("Observed values drawn from the model itself are covered as promised; twice the median shows as bias")
  func calibration() throws {
    let (model, _) = try EvidenceScenario.cases(scenario, nil, draws: 1000, seed: 99)
    let energy = try #require(model.quantity(named: "energy"))
    let truths = try Evaluator(model: model, requests: [.cell(energy, 0)]).columns(draws: 150)[0]
    let table = (["observed.energy[2023] kWh"] + truths.map { "\($0 / 3.6e6)" }).joined(separator: "\n")
    let all = try #require(try result(table).outputs.first?.all)
    #expect(all.count == 150)
    // Rejected by chance once in a million.
    #expect(all.inside50.probability > 1e-6 && all.inside90.probability > 1e-6)
    let expected = 15.0
    let squares = all.percentiles.reduce(0.0) { $0 + pow(Double($1) - expected, 2) / expected }
    // Chi-squared with 9 degrees of freedom exceeds 45.1 once in a million.
    #expect(squares < 45.1)
    #expect(abs(Foundation.log(all.bias.value)) < 6 * 0.71 / 150.0.squareRoot())
    #expect(all.skill.isFinite && abs(all.skill) < 0.1)

    let doubled = try #require(
      try result(
        "observed.energy[2023] kWh\n" + [String](repeating: "\(2 * 100 * 0.529)", count: 5).joined(separator: "\n")
      )
      .outputs.first)
    #expect(abs(doubled.all.bias.value / 2 - 1) < 0.03)
    #expect(doubled.all.inside50.inside == 0)
  }

  @Test("Each group is kept out in turn, and the baseline forecast never sees the case, nor its group")
  func groups() throws {
    let result = try result(
      """
      group,observed.energy[2023] kWh
      a,50
      a,60
      b,5
      b,6
      b,7
      c,500
      """)
    let output = try #require(result.outputs.first)
    #expect(output.groups.map(\.group) == ["a", "b", "c"])
    #expect(output.groups.map(\.inside.count) == [2, 3, 1])
    #expect(output.groups.map(\.others.count) == [4, 3, 5])
    let distribution = try #require(BaselineForecast([50, 60, 500]))
    let expected = [5.0, 6, 7].map(distribution.logCrps(of:)).reduce(0, +) / 3
    #expect(abs(output.groups[1].inside.baselineLogCrps - expected) < 1e-12)
    let others = try #require(BaselineForecast([60, 5, 6, 7, 500]))
    #expect(abs(output.baseline[0] - others.logCrps(of: 50)) < 1e-12)
  }

  @Test("The same for any number of workers")
  func workers() throws {
    let table = "observed.energy[2023] kWh\n50\n60\n"
    let (model, cases) = try EvidenceScenario.cases(scenario, table, draws: 20_000)
    let backtest = BacktestAnalysis(model: model, cases: try #require(cases))
    let one = try backtest.result(draws: 20_000, options: .init(workers: 1))
    let three = try backtest.result(draws: 20_000, options: .init(workers: 3))
    for (a, b) in zip(one.outputs[0].cases, three.outputs[0].cases) {
      #expect(a.percentile == b.percentile && a.crps.bitPattern == b.crps.bitPattern)
    }
  }
}
