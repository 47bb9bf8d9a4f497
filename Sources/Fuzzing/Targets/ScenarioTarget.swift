import Diagnostics
import Foundation
import ScenarioFiles

/// Whole scenarios: reading and checking. The suggestions of one input in eight are tried, which reads everything again
/// for each.
struct ScenarioTarget: FuzzTarget {
  static let name = "scenarios"
  /// After other edits most inputs are refused as YAML, before they are checked.
  static let wordEdits = 12

  private let path: String

  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] {
    // Most scenarios of the corpus have mistakes; a third of the inputs should begin with a valid one.
    (corpus.scenarios + KernelScenarios.all + KernelScenarios.all).map { Array($0.utf8) }
  }

  init(folder: String, corpus: SeedCorpus) throws {
    try corpus.writeTables(into: folder)
    path = "\(folder)/s.yaml"
  }

  func execute(_ input: [UInt8]) throws -> Bool {
    try Data(input).write(to: URL(fileURLWithPath: path))
    do throws(Diagnostics) {
      if InputDigest.isChosen(input, oneIn: 8) {
        _ = try Scenario.model(ofFileAt: path)
      } else {
        _ = try Scenario.unchecked(ofFileAt: path, options: Scenario.Options())
      }
      return true
    } catch {
      try FuzzFinding.check(error.all)
      return false
    }
  }
}
