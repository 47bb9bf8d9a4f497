import Analysis
import Foundation
import Modeling
import ScenarioFiles
import Simulation
import Testing

@Suite("Sweeps") struct SweepTests {
  /// All outcomes of variants of a scenario.
  private func outcomes(
    _ path: String, _ vary: [String], options: Scenario.Options, workers: Int? = nil
  ) throws -> [SweepAnalysis.VariantResult] {
    let family = try VariantFactory(fileAt: path, options: options)
    let plan = try SweepPlan(vary.map { try Variation(parsing: $0) }, pairing: .grid)
    let sweep = SweepAnalysis(base: family.base, count: plan.variants.count) { number in
      let variant = try family.variant(plan.columns, plan.variants[number - 1].values)
      return .init(model: variant.model, changed: variant.changed)
    }
    var all: [SweepAnalysis.VariantResult] = []
    try sweep.run(options: .init(workers: workers)) { all += $0 }
    return all
  }

  private func bits(_ cell: CellSummary) -> [UInt64] {
    ([cell.mean.value, cell.mean.error, cell.sd, cell.min, cell.max]
      + cell.quantiles.flatMap { [$0.value, $0.error] }).map(\.bitPattern) + [
        UInt64(cell.draws), UInt64(cell.nonFinite),
      ]
  }

  @Test(
    "A variant is what a run with the same assignments is, in every bit, also with new coordinates",
    arguments: ["mc", "lhs", "sobol"])
  func variantIsRun(design: String) throws {
    let path = Scenarios.path("benchmarks/flat-sector.yaml")
    let options = Scenario.Options(draws: 20_000, seed: 3, design: design)
    // Zero is a constant where there was a distribution; the interval is correlated.
    let vary = ["pue.mode=1.1,1.3", "utilisation*=0.7,1", "n_models=30 model/year,10 model/year to 90 model/year"]
    let all = try outcomes(path, vary, options: options, workers: 3)
    #expect(all.map(\.number) == Array(0...8))
    for (number, assignments) in [
      (2, ["pue.mode=1.1", "utilisation*=0.7", "n_models=10 model/year to 90 model/year"]),
      (7, ["pue.mode=1.3", "utilisation*=1", "n_models=30 model/year"]),
    ] {
      var own = options
      own.assignments = assignments
      let model = try Scenario.model(ofFileAt: path, options: own)
      #expect(model.digest == all[number].model.digest)
      let run = try Engine(model: model).run(options: .init(workers: 1))
      for (output, cells) in zip(run.outputs, all[number].outputs) {
        #expect(zip(output.cells, cells).allSatisfy { bits($0) == bits($1.summary) })
      }
    }
  }

  @Test(
    "A constant that gets a distribution, a distribution on another input, and a changed index-less cell are checked as a whole"
  )
  func unlikeVariants() throws {
    let text = """
      title: t
      inputs: {a: 2, b: 1 to 3, c: {value: 1 to 2}}
      equations: {d: a * b * c}
      outputs: {d: {unit: "1"}}
      run: {draws: 5k, design: sobol}
      """
    try Scenarios.withFiles(["s.yaml": text]) { paths in
      let path = try #require(paths["s.yaml"])
      let all = try outcomes(path, ["a=3,1 to 2,triangular(1, b + 2, 9)"], options: .init())
      let family = try VariantFactory(fileAt: path)
      #expect(try family.variant(["a"], ["3"]).changed?.count == 1)
      #expect(try family.variant(["a"], ["1 to 2"]).changed == nil)
      for (outcome, value) in zip(all.dropFirst(), ["3", "1 to 2", "triangular(1, b + 2, 9)"]) {
        let model = try Scenario.model(ofFileAt: path, options: .init(assignments: ["a=\(value)"]))
        let run = try Engine(model: model).run()
        #expect(bits(run.outputs[0].cells[0]) == bits(outcome.outputs[0][0].summary), "\(value)")
      }
    }
  }

  @Test("Common random numbers: a difference has the error of paired draws, which repeated sweeps confirm")
  func pairedError() throws {
    let text = """
      title: t
      inputs: {gpus: 1 to 3, power: 2 to 4, overhead: "uniform(1.2, 2)", pue: "uniform(1.1, 1.5)"}
      equations: {fleet: gpus * power * overhead * pue}
      outputs: {fleet: {unit: "1"}}
      correlations: [[gpus, power, 0.5]]
      """
    let repeats = 200
    var differences: [[Double]] = [[], []]
    var stated: [[Double]] = [[], []]
    var means: [Double] = []
    try Scenarios.withFiles(["s.yaml": text]) { paths in
      for seed in 1...repeats {
        // Independent draws: of so few replicates' parts no other design has a spread to tell.
        let options = Scenario.Options(draws: 2000, seed: UInt64(seed), design: "mc")
        let all = try outcomes(try #require(paths["s.yaml"]), ["pue.high=1.55", "gpus*=1,0.99"], options: options)
        for variant in 0...1 {
          let cell = all[1 + variant].outputs[0][0]
          differences[variant].append(cell.difference.value)
          stated[variant].append(cell.difference.error)
        }
        means.append(all[0].outputs[0][0].summary.mean.value)
      }
    }
    func sd(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
    }
    for variant in 0...1 {
      let ratio = sd(differences[variant]) / (stated[variant].reduce(0, +) / Double(repeats))
      // The sd of 200 normal values is off by 1 / sqrt(398) of its size: 5 of these fail once in 1.7 million.
      #expect(abs(ratio - 1) < 5 / 398.0.squareRoot(), "\(ratio)")
      // Unpaired, the error would be that of two means.
      #expect(sd(differences[variant]) < sd(means) / 10)
    }
  }

  @Test("What no variant touches is planned once: a variant that scales an input adds next to nothing")
  func shared() throws {
    let family = try VariantFactory(fileAt: Scenarios.path("benchmarks/flat-sector.yaml"))
    let ensemble = Ensemble(dimensions: .separate)
    let base = try ensemble.add(family.base)
    let alone = ensemble.size
    for (column, most) in [("utilisation*", 8), ("pue.mode", 32)] {
      let before = ensemble.size
      let variant = try family.variant([column], ["1.3"])
      let member = try ensemble.add(variant.model, relativeTo: base, changing: try #require(variant.changed))
      #expect(ensemble.size - before <= most, "\(column)")
      // A complete evaluation gives the same values as that of the changed nodes alone.
      let whole = try ensemble.add(variant.model)
      #expect(whole.outputs == member.outputs)
    }
    #expect(alone > 60)
  }

  @Test(
    "Finished variants are skipped, settings may vary, and a variant is held against the scenario under its settings")
  func settings() throws {
    let text = """
      title: t
      inputs: {a: 2 to 3, b: 1 to 3}
      equations: {d: a * b}
      outputs: {d: {unit: "1"}}
      run: {draws: 3k}
      """
    try Scenarios.withFiles(["s.yaml": text]) { paths in
      let path = try #require(paths["s.yaml"])
      let all = try outcomes(path, ["run.seed=1,7", "run.draws=2k,3k", "a*=1,2"], options: .init())
      #expect(all.map(\.number) == Array(0...8))
      #expect(all.map { $0.outputs[0][0].summary.draws } == [3000, 2000, 2000, 3000, 3000, 2000, 2000, 3000, 3000])
      for outcome in all.dropFirst() {
        let cell = outcome.outputs[0][0]
        let isDoubled = outcome.number.isMultiple(of: 2)
        #expect(abs(cell.difference.value - (isDoubled ? cell.summary.mean.value / 2 : 0)) < 1e-12)
      }
      let family = try VariantFactory(fileAt: path)
      let sweep = SweepAnalysis(base: family.base, count: 3) { number in
        let variant = try family.variant(["a*"], ["\(number)"])
        return .init(model: variant.model, changed: variant.changed)
      }
      var numbers: [Int] = []
      try sweep.run(except: [0, 2]) { numbers += $0.map(\.number) }
      #expect(numbers == [1, 3])
    }
  }

  @Test("A variant with another seed or number of draws alone differs by what its own run does")
  func settingsAlone() throws {
    let text = """
      title: t
      inputs: {a: "lognormal(0, 1)"}
      outputs: {a: {unit: "1"}}
      run: {draws: 20k}
      """
    try Scenarios.withFiles(["s.yaml": text]) { paths in
      let path = try #require(paths["s.yaml"])
      for vary in ["run.seed=7,8", "run.draws=9k,30k", "run.design=mc,lhs"] {
        let all = try outcomes(path, [vary], options: .init())
        let base = all[0].outputs[0][0].summary.mean
        for outcome in all.dropFirst() {
          let cell = outcome.outputs[0][0]
          #expect(cell.difference.value == cell.summary.mean.value - base.value && cell.difference.value != 0)
          let error = (base.error * base.error + cell.summary.mean.error * cell.summary.mean.error).squareRoot()
          #expect(abs(cell.difference.error / error - 1) < 1e-12)
        }
      }
    }
  }
}
