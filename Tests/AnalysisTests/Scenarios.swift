import Foundation
import ScenarioFiles

/// Scenarios that tests spell out, and those of the repository.
enum Scenarios {
  /// The path of a scenario of the repository.
  static func path(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../scenarios/\(name)").standardizedFileURL
      .path
  }

  /// Does something with the paths of files that exist for that long.
  static func withFiles<Result>(_ files: [String: String], _ body: ([String: String]) throws -> Result) throws -> Result
  {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sensitivity-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var paths: [String: String] = [:]
    for (name, text) in files {
      let file = folder.appendingPathComponent(name)
      try text.write(to: file, atomically: true, encoding: .utf8)
      paths[name] = file.path
    }
    return try body(paths)
  }
}
