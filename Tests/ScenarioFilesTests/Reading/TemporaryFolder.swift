import Diagnostics
import Foundation
import Modeling
import ScenarioFiles
import Testing

/// A folder of files that exists for one test.
final class TemporaryFolder: Sendable {
  let path: String

  init(_ files: [String: String] = [:]) throws {
    path = FileManager.default.temporaryDirectory.path + "/loadcast-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try write(Data(text.utf8), to: name) }
  }

  func write(_ data: Data, to name: String) throws {
    let file = path + "/" + name
    let folder = String(file.prefix(upTo: file.lastIndex(of: "/") ?? file.endIndex))
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try data.write(to: URL(fileURLWithPath: file))
  }

  func parsed(_ name: String = "main.yaml", _ options: Scenario.Options = Scenario.Options()) throws -> ParsedScenario {
    try ScenarioReader(options: options).parsedScenario(ofFileAt: path + "/" + name)
  }

  /// The screen of all that is wrong with a scenario, with the folder's path left out.
  func screen(_ name: String = "main.yaml", _ options: Scenario.Options = Scenario.Options()) -> String {
    var problems: [Diagnostic] = []
    do {
      problems = try parsed(name, options).diagnostics
    } catch let error as Diagnostics {
      problems = error.all
    } catch {
      Issue.record(error)
    }
    return DiagnosticRenderer().text(of: problems).replacingOccurrences(of: path + "/", with: "")
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
