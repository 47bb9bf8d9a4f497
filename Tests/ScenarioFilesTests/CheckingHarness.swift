import Diagnostics
import Foundation
import Modeling
import ScenarioFiles

/// Checks scenarios that tests spell out.
enum Checking {
  /// What checking gave.
  enum Outcome {
    case model(Model)
    case problems([Diagnostic])
  }

  /// Checks a scenario text in a folder with the files that it names.
  static func outcome(
    _ text: String, files: [String: String] = [:], options: Scenario.Options = .init()
  ) throws -> Outcome {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("checking-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, content) in files.merging(["s.yaml": text], uniquingKeysWith: { first, _ in first }) {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try content.write(to: file, atomically: true, encoding: .utf8)
    }
    do throws(Diagnostics) {
      return .model(try Scenario.model(ofFileAt: folder.appendingPathComponent("s.yaml").path, options: options))
    } catch {
      let names = ShortNames()
      return .problems(error.all.map(names.shortened))
    }
  }

  /// The model of a scenario that is right.
  static func model(
    _ text: String, files: [String: String] = [:], options: Scenario.Options = .init()
  ) throws -> Model {
    switch try outcome(text, files: files, options: options) {
    case .model(let model): return model
    case .problems(let problems): throw Unexpected(screen: DiagnosticRenderer().text(of: problems))
    }
  }

  /// The screen of a scenario: its problems as the terminal shows them, or its warnings.
  static func screen(
    _ text: String, files: [String: String] = [:], options: Scenario.Options = .init()
  ) throws -> String {
    switch try outcome(text, files: files, options: options) {
    case .model(let model):
      let names = ShortNames()
      return DiagnosticRenderer().text(of: model.warnings.map(names.shortened))
    case .problems(let problems): return DiagnosticRenderer().text(of: problems)
    }
  }

  /// A scenario that should be right is not.
  struct Unexpected: Error, CustomStringConvertible {
    var screen: String
    var description: String { "\n" + screen }
  }
}

/// Files by their last path component, as if the command were given in their folder. There is one object for each file,
/// because problems are ordered and distinguished by file.
private final class ShortNames {
  private var files: [ObjectIdentifier: SourceFile] = [:]

  func shortened(_ diagnostic: Diagnostic) -> Diagnostic {
    var result = diagnostic
    result.place = diagnostic.place.map(shortened)
    result.notes = diagnostic.notes.map { .init($0.message, at: $0.place.map(shortened)) }
    return result
  }

  private func shortened(_ place: SourcePlace) -> SourcePlace {
    SourcePlace(file: shortened(place.file), line: place.line, column: place.column, length: place.length)
  }

  private func shortened(_ file: SourceFile) -> SourceFile {
    if let known = files[ObjectIdentifier(file)] { return known }
    let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
    let short = SourceFile(path: name, text: file.lines.joined(separator: "\n"))
    files[ObjectIdentifier(file)] = short
    return short
  }
}
