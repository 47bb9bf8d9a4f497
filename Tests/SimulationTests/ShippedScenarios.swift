import Foundation
import Modeling
import ScenarioFiles
import Simulation

/// The scenarios in the repository's `scenarios` folder, by file name, and their results.
enum ShippedScenarios {
  /// The folder.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../scenarios").standardizedFileURL

  /// The names of the scenario files, sorted; those below `benchmarks` and the parts of the sector are not among them.
  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  /// A scenario's result in few draws.
  static func result(_ name: String, draws: Int = 20_000) throws -> RunResult {
    var model = try Scenario.model(ofFileAt: folder.appending(path: name).path)
    model.settings.draws = draws
    model.settings.design = "mc"
    return try Engine(model: model).run()
  }
}

extension RunResult {
  /// The summary of an output's cell, `name` or `name[label,label]`, in the output's unit.
  func cell(_ name: String) -> CellSummary? {
    for output in outputs {
      for position in output.cells.indices where model.cellName(output.output.quantity, cell: position) == name {
        return output.cells[position]
      }
    }
    return nil
  }

  /// The median of a cell in its output's unit; NaN if the cell does not exist.
  func median(_ name: String) -> Double { cell(name)?.quantile(0.5)?.value ?? .nan }

  /// The mean of a cell in its output's unit; NaN if the cell does not exist.
  func mean(_ name: String) -> Double { cell(name)?.mean.value ?? .nan }
}
