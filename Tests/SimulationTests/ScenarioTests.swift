import Foundation
import Modeling
import ScenarioFiles
import Simulation
import Testing

@Suite("Scenario files of the repository") struct ScenarioTests {
  private static func model(_ path: String, draws: Int) throws -> Model {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../scenarios/\(path)").standardizedFileURL
    var model = try Scenario.model(ofFileAt: file.path)
    model.settings.draws = draws
    model.settings.design = "mc"
    return model
  }

  @Test("The flat-sector file has the draws of the model made by hand")
  func flatSector() throws {
    let model = try Self.model("benchmarks/flat-sector.yaml", draws: 50_000)
    let read = try Engine(model: model).run()
    let made = try Engine(model: try FlatSector.model(draws: 50_000)).run()
    #expect(read.outputs.count == made.outputs.count)
    for (a, b) in zip(read.outputs, made.outputs) {
      for (x, y) in zip(a.cells[0].quantiles, b.cells[0].quantiles) {
        // Base units to units of the file; a draw may fall into the next bin by rounding.
        #expect(abs(x.value * a.output.unit.scale / y.value - 1) < 1e-3)
      }
      #expect(abs(a.cells[0].mean.value * a.output.unit.scale / b.cells[0].mean.value - 1) < 1e-9)
    }
    let (exceeds, other) = (read.outputs[3].comparisons[0][0].exceeds, made.outputs[3].comparisons[0][0].exceeds)
    #expect(abs(exceeds.value - other.value) <= 2.0 / 50_000)
  }

  @Test(
    "Every scenario is checked without a warning and runs, with the same bytes for any number of workers, and no draw fails",
    arguments: ShippedScenarios.names + ["benchmarks/years.yaml", "benchmarks/sobol.yaml"])
  func runs(path: String) throws {
    let engine = try Engine(model: try Self.model(path, draws: 10_000))
    #expect(engine.model.warnings.allSatisfy(\.isAboutSources) || path.hasPrefix("benchmarks/"))
    let result = try engine.run(options: Engine.Options(workers: 1))
    #expect(result.failures.isEmpty)
    #expect(
      RepeatabilityTests.bits(try engine.run(options: Engine.Options(workers: 3, executionBlock: 250)))
        == RepeatabilityTests.bits(result))
    let explanation = try engine.draw(number: 777)
    #expect(explanation.values.count == engine.model.quantities.count)
  }
}
