import Evidence
import Foundation
import Modeling
import ScenarioFiles
import Simulation

/// Scenarios that tests spell out.
enum EvidenceScenario {
  /// The model of a scenario's text.
  static func model(_ text: String, draws: Int = 100_000, seed: UInt64 = 5, design: String? = nil) throws -> Model {
    try cases(text, nil, draws: draws, seed: seed, design: design).model
  }

  /// The model of a scenario's text that reads a table.
  static func model(
    _ text: String, table: String, named name: String, draws: Int = 100_000, seed: UInt64 = 5
  ) throws -> Model {
    let folder = FileManager.default.temporaryDirectory.appending(path: "evidence-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let scenario = folder.appending(path: "s.yaml")
    try text.write(to: scenario, atomically: true, encoding: .utf8)
    try table.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    return try Scenario.model(ofFileAt: scenario.path, options: Scenario.Options(draws: draws, seed: seed))
  }

  /// The model of a scenario's text with the cases of a table's.
  static func cases(
    _ text: String, _ table: String?, draws: Int = 100_000, seed: UInt64 = 5, design: String? = nil
  ) throws -> (model: Model, cases: CaseTable?) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "evidence-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let scenario = folder.appending(path: "s.yaml")
    try text.write(to: scenario, atomically: true, encoding: .utf8)
    let options = Scenario.Options(draws: draws, seed: seed, design: design)
    guard let table else { return (try Scenario.model(ofFileAt: scenario.path, options: options), nil) }
    let cases = folder.appending(path: "cases.csv")
    try table.write(to: cases, atomically: true, encoding: .utf8)
    let both = try Scenario.model(ofFileAt: scenario.path, casesAt: cases.path, options: options)
    return (both.model, both.cases)
  }
}

extension PosteriorResult {
  /// The figures of an output without an index.
  func cell(_ name: String, in model: Model) -> CellSummary {
    let position = model.outputs.firstIndex { model[$0.quantity].name == name } ?? 0
    return outputs[position].cells[0]
  }
}
