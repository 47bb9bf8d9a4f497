import ArgumentParser
import Modeling
import ScenarioFiles

/// The scenario that a command is about, and how it is read.
struct ScenarioOptions: ParsableArguments {
  @ArgumentParser.Argument(
    help: ArgumentHelp("The scenario file.", valueName: "scenario"), completion: .file(extensions: ["yaml"]))
  var path: String

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Give an input another value: NAME=VALUE, NAME.ARGUMENT=VALUE, 'NAME*=NUMBER', 'NAME[LABEL]=VALUE'. Repeatable.",
      valueName: "assignment"))
  var assignments: [String] = []

  @Option(help: ArgumentHelp("The folder that paths in scenario files may not leave.", valueName: "folder"))
  var root: String?

  @Flag(help: "Take warnings for errors.") var strict = false

  /// The checked model; warnings are printed, or thrown if they are errors.
  func model(_ settings: SettingOptions? = nil, showsWarnings: Bool = true) throws -> Model {
    let model = try Scenario.model(
      ofFileAt: path,
      options: Scenario.Options(
        assignments: assignments, root: root, draws: settings?.draws, seed: settings?.seed, design: settings?.design))
    if strict, !model.warnings.isEmpty { throw Diagnostics(model.warnings.map(\.asError)) }
    if showsWarnings { DiagnosticText.print(model.warnings) }
    return model
  }
}

extension Diagnostic {
  /// The same problem, as one that lets nothing run.
  fileprivate var asError: Diagnostic {
    var error = self
    error.severity = .error
    return error
  }
}
