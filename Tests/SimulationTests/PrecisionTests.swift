import Foundation
import Modeling
import ScenarioFiles
import Simulation
import Testing

/// Exact quantiles, runs that go on until a tolerance is met, and moments that there are not. All seeds are fixed: nothing
/// here fails by chance.
@Suite("Exact quantiles, tolerances, missing moments")
struct PrecisionTests {
  private static func model(
    _ distributions: [String: String], draws: Int = 100_000, design: String = "sobol", tolerance: String? = nil,
    isExact: Bool = false
  ) throws -> Model {
    let names = distributions.keys.sorted()
    let text =
      "inputs:\n" + names.map { "  \($0): \(distributions[$0] ?? "")\n" }.joined() + "outputs:\n"
      + names.map { "  \($0): {unit: '1'}\n" }.joined()
    let folder = FileManager.default.temporaryDirectory.appending(path: "precision-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "s.yaml").path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    var options = Scenario.Options(draws: draws, seed: 5, design: design)
    options.tolerance = tolerance
    options.exact = isExact
    return try Scenario.model(ofFileAt: path, options: options)
  }

  @Test("Exact quantiles are those of all draws sorted, for any number of workers", arguments: ["mc", "sobol"])
  func exact(design: String) throws {
    // Far from zero, of many equal values (more than a replay keeps), of both signs, of any size.
    let distributions = [
      "year": "normal(2030, 0.01)", "count": "binomial(5, 0.5)", "signed": "normal(0, 1)", "wide": "lognormal(0, 4)",
    ]
    let draws = 300_001
    let model = try Self.model(distributions, draws: draws, design: design, isExact: true)
    let engine = try Engine(model: model)
    let result = try engine.run(options: Engine.Options(workers: 2))
    let columns = try engine.columns(draws)
    for output in result.outputs {
      let name = model[output.output.quantity].name
      let sorted = try #require(columns[name]).sorted()
      for probability in ReportedQuantiles.probabilities {
        let expected = name == "count" ? sorted.sortedValue(probability) : sorted.sortedQuantile(probability)
        #expect(output.cells[0].quantile(probability)?.value == expected, "\(name), \(probability)")
      }
    }
    let alone = try engine.run(options: Engine.Options(workers: 1))
    for (a, b) in zip(result.outputs, alone.outputs) {
      #expect(a.cells[0].quantiles.map(\.value) == b.cells[0].quantiles.map(\.value))
    }
  }

  @Test("Sketched quantiles are within five of their stated errors of the exact ones, which state less")
  func sketched() throws {
    let distributions = ["wide": "lognormal(0, 4)", "year": "normal(2030, 0.01)"]
    let sketched = try Engine(model: try Self.model(distributions)).run()
    let exact = try Engine(model: try Self.model(distributions, isExact: true)).run()
    for (a, b) in zip(sketched.outputs, exact.outputs) {
      for (own, other) in zip(a.cells[0].quantiles, b.cells[0].quantiles) {
        #expect(abs(own.value - other.value) <= 5 * own.error)
        #expect(other.error <= own.error)
      }
    }
  }

  @Test("A run with a tolerance is the run of the draws that it took, and says whether it was met")
  func tolerance() throws {
    let distributions = ["x": "lognormal(0, 1)"]
    let met = try Engine(model: try Self.model(distributions, draws: 1 << 22, design: "mc", tolerance: "0.3%")).run()
    #expect(met.tolerance?.isMet == true)
    // The error of the mean is 1.3108 / sqrt(n) of it, and the run may look seven times, so that 2.69 errors (the normal
    // quantile at 1 - 0.025 / 7) are to be below 0.3 %: 1.38 million draws, and so the next power of two.
    #expect(met.draws == 1 << 21)
    let plain = try Engine(model: try Self.model(distributions, draws: met.draws, design: "mc")).run()
    #expect(plain.tolerance == nil)
    #expect(met.outputs[0].cells[0].mean.value == plain.outputs[0].cells[0].mean.value)
    #expect(met.outputs[0].cells[0].quantiles.map(\.value) == plain.outputs[0].cells[0].quantiles.map(\.value))
    #expect(met.outputs[0].cells[0].quantiles.map(\.error) == plain.outputs[0].cells[0].quantiles.map(\.error))
    let missed = try Engine(model: try Self.model(distributions, draws: 1 << 17, tolerance: "x.p95=0.000001%")).run()
    #expect(missed.tolerance?.isMet == false && missed.draws == 1 << 17 && missed.tolerance?.worstCell == "x")
  }

  @Test("A statistic that may be zero has no relative precision", arguments: ["2%", "p50=2%"])
  func nearZero(tolerance: String) throws {
    // 0.001 in units of the standard error at 2^17 draws is 0.36: no seed knows it to 2 %.
    for (name, mean) in [("near", "0.001"), ("zero", "0")] {
      let model = try Self.model(
        [name: "normal(\(mean), 1)"], draws: 1 << 17, design: "mc", tolerance: tolerance)
      let outcome = try #require(try Engine(model: model).run().tolerance)
      #expect(!outcome.isMet && outcome.worstShare > 0.02)
    }
    // 10 has a relative standard error of 0.0004.
    let far = try Self.model(["far": "normal(10, 1)"], draws: 1 << 17, design: "mc", tolerance: tolerance)
    #expect(try Engine(model: far).run().tolerance?.isMet == true)
  }

  @Test("Outputs without a variance or a mean are reported as such; others are not", arguments: ["mc", "sobol"])
  func moments(design: String) throws {
    let distributions = [
      "pareto_10": "pareto(1, 1)", "pareto_15": "pareto(1.5, 1)", "cauchy_law": "cauchy(3, 2)",
      "student_15": "student(1.5, 0, 1)", "pareto_3": "pareto(3, 1)", "student_4": "student(4, 0, 1)",
      "normal_law": "normal(0, 1)", "lognormal_law": "lognormal(0, 1)", "wide": "lognormal(0, 3)",
      "exponential_law": "exponential(1)", "weibull_law": "weibull(1, 0.5)",
    ]
    let model = try Self.model(distributions, draws: 1_000_000, design: design)
    for output in try Engine(model: model).run().outputs {
      let name = model[output.output.quantity].name
      let cell = output.cells[0]
      let hasMean = !["pareto_10", "cauchy_law"].contains(name)
      let hasVariance = hasMean && !["pareto_15", "student_15"].contains(name)
      #expect(cell.mean.value.isFinite == hasMean, "\(name): \(cell.mean)")
      #expect(cell.sd.isFinite == hasVariance, "\(name): \(cell.sd)")
      #expect(cell.mean.error.isFinite == hasVariance, "\(name): \(cell.mean)")
      if !hasVariance {
        #expect(
          cell.momentWarning?.contains(hasMean ? "the variance is infinite" : "neither mean nor variance") == true)
      }
    }
  }
}
