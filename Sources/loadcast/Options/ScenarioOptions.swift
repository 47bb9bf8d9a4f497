import ArgumentParser
import Diagnostics
import Modeling
import ScenarioFiles

/// The scenario of a command, and its reading options.
struct ScenarioOptions: ParsableArguments {
  @ArgumentParser.Argument(
    help: ArgumentHelp("The scenario file, or - for standard input.", valueName: "scenario"),
    completion: .file(extensions: ["yaml"]))
  var typedPath: String
  @OptionGroup var standardInput: StandardInputOptions

  /// The path of the scenario's file, or where it would be.
  var path: String { standardInput.path(of: typedPath) }

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Replace the value of an input: NAME=VALUE, NAME.ARGUMENT=VALUE, 'NAME*=NUMBER', 'NAME[LABEL]=VALUE'. Repeatable.",
      valueName: "assignment"))
  var assignments: [String] = []

  @Option(help: ArgumentHelp("Paths in scenario files must be inside this folder.", valueName: "folder"))
  var root: String?

  @Flag(help: "Treat warnings as errors.") var strict = false

  mutating func validate() throws {
    assignments = FoldedArguments.unfolded(assignments)
    try standardInput.validate(typedPath)
  }

  /// The checked model; warnings are printed, or thrown if they are errors.
  func model(
    _ settings: SettingOptions? = nil, _ precision: PrecisionOptions? = nil, showsWarnings: Bool = true,
    targets: [String] = [], by targetFlag: String = "--output"
  ) throws -> Model {
    var options = try options(settings, targets: targets)
    options.targetFlag = targetFlag
    options.tolerance = precision?.tolerance
    options.exact = precision?.exactQuantiles ?? false
    let model = try Scenario.model(ofFileAt: typedPath, options: options)
    try report(model, showsWarnings: showsWarnings)
    return model
  }

  /// The checked model with a table of cases.
  func model(
    _ settings: SettingOptions, casesAt cases: String, showsWarnings: Bool
  ) throws -> (model: Model, cases: CaseTable) {
    let both = try Scenario.model(ofFileAt: typedPath, casesAt: cases, options: options(settings))
    try report(both.model, showsWarnings: showsWarnings)
    return both
  }

  private func options(_ settings: SettingOptions?, targets: [String] = []) throws -> Scenario.Options {
    var options = Scenario.Options(
      assignments: assignments, root: root, draws: settings?.draws, seed: settings?.seed, design: settings?.design,
      targets: targets)
    options.given = try standardInput.given(typedPath)
    return options
  }

  private func report(_ model: Model, showsWarnings: Bool) throws {
    try report(model.warnings, showsWarnings: showsWarnings)
  }

  /// Prints warnings, or throws them if they are errors; those about sources are left to `check`.
  func report(_ warnings: [Diagnostic], showsWarnings: Bool) throws {
    let warnings = warnings.filter { !$0.isAboutSources }
    if strict, !warnings.isEmpty { throw Diagnostics(warnings.map(\.asError)) }
    DiagnosticText.print(warnings, isShown: showsWarnings)
  }

  /// The checked scenario with the data for its variants; warnings are printed, or thrown if they are errors.
  func family(_ settings: SettingOptions, showsWarnings: Bool = true) throws -> VariantFactory {
    let family = try VariantFactory(fileAt: typedPath, options: options(settings))
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
