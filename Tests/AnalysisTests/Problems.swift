import Analysis
import Foundation
import Modeling
import ScenarioFiles
import Simulation

/// Scenarios as problems.
enum Problems {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A function under `scenarios/test-functions`, with its first output, or other formulas, as targets.
  static func function(
    _ name: String, _ targets: [String] = [], seed: UInt64? = nil, options: SensitivityProblem.Options = .init()
  ) throws -> SensitivityProblem {
    let path = root.appendingPathComponent("scenarios/test-functions/\(name).yaml").path
    let bare = try Scenario.model(ofFileAt: path)
    let wanted = targets.isEmpty ? [bare[bare.outputs[0].quantity].name] : targets
    let model = try Scenario.model(ofFileAt: path, options: Scenario.Options(seed: seed, targets: wanted))
    return try SensitivityProblem(model: model, options: options)
  }

  /// A scenario that a test spells out.
  static func text(
    _ text: String, _ targets: String..., seed: UInt64 = 1, options: SensitivityProblem.Options = .init()
  ) throws -> SensitivityProblem {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sensitivity-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("s.yaml").path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let model = try Scenario.model(ofFileAt: path, options: Scenario.Options(seed: seed, targets: targets))
    return try SensitivityProblem(model: model, options: options)
  }
}

extension MethodResult {
  /// An index of an input.
  func estimate(_ index: String, _ name: String) -> IndexEstimate? {
    estimates.first { $0.index == index && $0.name == name }
  }
}
