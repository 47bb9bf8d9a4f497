import Diagnostics
import Foundation
import ScenarioFiles

/// Whole scenarios: reading, checking and the trial of suggestions.
struct ScenarioTarget: FuzzTarget {
  static let name = "scenarios"

  private let path: String

  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] { corpus.scenarios.map { Array($0.utf8) } }

  init(folder: String) { path = "\(folder)/s.yaml" }

  func execute(_ input: [UInt8]) throws {
    try Data(input).write(to: URL(fileURLWithPath: path))
    do throws(Diagnostics) {
      _ = try Scenario.model(ofFileAt: path)
    } catch {
      try FuzzFinding.check(error.all)
    }
  }
}
