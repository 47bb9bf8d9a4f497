import Evidence
import Foundation
import Modeling
import ScenarioFiles
import Testing

/// The shipped training run against the runs that were measured. All draws are fixed, so nothing here fails by chance.
@Suite("The training run against measured runs")
struct TrainingRunTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../scenarios").standardizedFileURL

  @Test(
    "Coverage is not rejected at 5 %, and the scenario tells more than a distribution fitted to the other cases",
    arguments: [("energy", ["energy_chip": 5, "energy_server": 12]), ("hours", ["chip_hours": 44])])
  func coverage(table: String, cases: [String: Int]) throws {
    let (model, read) = try Scenario.model(
      ofFileAt: Self.folder.appending(path: "training-run.yaml").path,
      casesAt: Self.folder.appending(path: "evidence/training_\(table)_cases.csv").path)
    let result = try BacktestAnalysis(model: model, cases: read).result(draws: 4_096)
    #expect(result.outputs.count == cases.count)
    for output in result.outputs {
      let name = model[output.output.quantity].name
      #expect(output.cases.count == cases[name])
      for coverage in [output.all.inside50, output.all.inside90] {
        #expect(coverage.probability >= 0.05, "\(name): \(coverage.inside) of \(coverage.count) in \(coverage.nominal)")
      }
      #expect(output.all.skill > 0.5, "\(name): \(output.all.skill)")
    }
  }
}
