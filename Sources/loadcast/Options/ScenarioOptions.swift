import ArgumentParser
import Diagnostics
import Modeling
import ScenarioFiles

/// The scenario of a command, and its reading options.
struct ScenarioOptions: ParsableArguments {
  @ArgumentParser.Argument(
    help: ArgumentHelp("The scenario file.", valueName: "scenario"), completion: .file(extensions: ["yaml"]))
  var path: String

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Replace the value of an input: NAME=VALUE, NAME.ARGUMENT=VALUE, 'NAME*=NUMBER', 'NAME[LABEL]=VALUE'. Repeatable.",
      valueName: "assignment"))
  var assignments: [String] = []

  @Option(help: ArgumentHelp("Paths in scenario files must be inside this folder.", valueName: "folder"))
  var root: String?

  @Flag(help: "Treat warnings as errors.") var strict = false

  /// The checked model; warnings are printed, or thrown if they are errors.
  func model(
    _ settings: SettingOptions? = nil, _ precision: PrecisionOptions? = nil, showsWarnings: Bool = true,
    targets: [String] = [], by targetFlag: String = "--output"
  ) throws -> Model {
    var options = options(settings, targets: targets)
    options.targetFlag = targetFlag
    options.tolerance = precision?.tolerance
    options.exact = precision?.exactQuantiles ?? false
    let model = try Scenario.model(ofFileAt: path, options: options)
    try report(model, showsWarnings: showsWarnings)
    return model
  }

  /// The checked model with a table of cases.
  func model(
    _ settings: SettingOptions, casesAt cases: String, showsWarnings: Bool
  ) throws -> (model: Model, cases: CaseTable) {
    let both = try Scenario.model(ofFileAt: path, casesAt: cases, options: options(settings))
    try report(both.model, showsWarnings: showsWarnings)
    return both
  }

  private func options(_ settings: SettingOptions?, targets: [String] = []) -> Scenario.Options {
    Scenario.Options(
      assignments: assignments, root: root, draws: settings?.draws, seed: settings?.seed, design: settings?.design,
      targets: targets)
  }

  private func report(_ model: Model, showsWarnings: Bool) throws {
    try report(model.warnings, showsWarnings: showsWarnings)
  }

  /// Prints warnings, or throws them if they are errors; those about sources are left to `check`.
  func report(_ warnings: [Diagnostic], showsWarnings: Bool) throws {
    let warnings = warnings.filter { !$0.isAboutSources }
    if strict, !warnings.isEmpty { throw Diagnostics(warnings.map(\.asError)) }
    if showsWarnings { DiagnosticText.print(warnings) }
  }

  /// The checked scenario with the data for its variants; warnings are printed, or thrown if they are errors.
  func family(_ settings: SettingOptions, showsWarnings: Bool = true) throws -> VariantFactory {
    let family = try VariantFactory(fileAt: path, options: options(settings))
    try report(family.base, showsWarnings: showsWarnings)
    return family
  }
}

extension Diagnostic {
  /// The same problem as an error, which prevents a run.
  fileprivate var asError: Diagnostic {
    var error = self
    error.severity = .error
    return error
  }
}
