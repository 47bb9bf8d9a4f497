import ArgumentParser
import Modeling
import Reporting
import ScenarioFiles
import Sensitivity
import Simulation

/// Says what drives an output.
struct Sensitivity: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say which inputs drive an output, by how much, and how sure that is.",
    discussion: "Methods: "
      + SensitivityMethodCatalogue.all.map { "\($0.name) (\($0.summary))" }.joined(separator: "; ")
      + ". Without --method: sobol, or shapley where inputs are correlated.")

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var settings: SettingOptions
  @OptionGroup var work: WorkOptions

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "What to explain: any formula, as 'electricity[year=2025]', 'electricity[year=2030] > bitcoin'. Over an index, "
        + "every cell. Repeatable; by default the scenario's first output.",
      valueName: "formula"))
  var output: [String] = []

  @Option(help: ArgumentHelp("Methods, by commas.", valueName: "names"))
  var method: String?

  @Flag(help: "Apply all methods that fit, and print one ranked table.") var all = false

  @Option(
    help: ArgumentHelp(
      "Base points of methods with designs of their own; rounded up to a power of two.", valueName: "n"),
    transform: Magnitude.draws)
  var base: Int?

  @Option(help: ArgumentHelp("What a factor is: input, cell or disclosable_by.", valueName: "what"))
  var by: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Inputs to take as one factor: NAME=a,b. Repeatable.", valueName: "group"))
  var group: [String] = []

  @Flag(help: "Also the indices of pairs (method sobol).") var pairs = false

  @Option(help: ArgumentHelp("Estimator of method sobol: jansen, martinez or saltelli.", valueName: "name"))
  var estimator: String?

  @Option(help: ArgumentHelp("Bootstrap samples behind the intervals.", valueName: "n"), transform: Magnitude.draws)
  var bootstrap: Int?

  /// More bootstrap samples than this say nothing more of 16 replicates.
  private static let mostBootstraps = 100_000
  /// More base points than this are a slip of the finger.
  private static let largestBase = 1 << 32

  func validate() throws {
    if all, method != nil { throw ValidationError("--all applies every method that fits; leave out --all or --method") }
    if let bootstrap, !(2...Self.mostBootstraps).contains(bootstrap) {
      throw ValidationError("--bootstrap is a number from 2 to \(NumberText.count(Self.mostBootstraps))")
    }
    if let base, base > Self.largestBase { throw ValidationError("--base is at most 4 billion") }
  }

  func run() throws {
    let model = try model()
    let folder = try ReportFolder(path: work.folder(forScenarioAt: scenario.path))
    let analysis = try Progress.shown(unless: work.quiet) { progress in
      do {
        let problem = try SensitivityProblem(model: model, options: try options(model, progress))
        return try SensitivityAnalysis(of: problem, by: try methods(for: problem), isPanel: all)
      } catch let refusal as SensitivityRefusal {
        throw ValidationError("method \(refusal)")
      }
    }
    var files = SensitivityTables.files(of: analysis)
    files.append(SensitivityRecord(of: analysis, files: files.map(\.name)).file)
    try folder.write(files, isCancelled: { Interruption.isRequested })
    let screen = SensitivityScreen(of: analysis, folder: folder.path, files: files.map(\.name))
    try work.show(text: screen.text, json: screen.json)
  }

  /// The model with its targets: those of flags, else the scenario's first output.
  private func model() throws -> Model {
    if !output.isEmpty { return try scenario.model(settings, showsWarnings: !work.quiet, targets: output) }
    let bare = try scenario.model(settings, showsWarnings: false)
    guard let first = bare.outputs.first else {
      throw ValidationError("the scenario has no outputs: say what to explain, --output FORMULA")
    }
    return try scenario.model(settings, showsWarnings: !work.quiet, targets: [bare[first.quantity].name])
  }

  private func options(_ model: Model, _ progress: Progress?) throws -> SensitivityProblem.Options {
    var options = SensitivityProblem.Options()
    if let base { options.base = base }
    if let draws = settings.draws { options.draws = draws }
    if let bootstrap { options.bootstraps = bootstrap }
    options.pairs = pairs
    options.engine = work.engineOptions(progress)
    if let estimator {
      guard let known = SobolEstimator(rawValue: estimator) else {
        throw unknown("--estimator", estimator, among: SobolEstimator.allCases.map(\.rawValue))
      }
      options.estimator = known
    }
    let groupings: [(String, Grouping)] = [("input", .input), ("cell", .cell), ("disclosable_by", .disclosable)]
    if let by {
      guard let grouping = groupings.first(where: { $0.0 == by }) else {
        throw unknown("--by", by, among: groupings.map(\.0))
      }
      options.grouping = grouping.1
    }
    options.groups = try group.map { try self.group($0, in: model) }
    return options
  }

  /// `NAME=a,b`
  private func group(_ text: String, in model: Model) throws -> (name: String, inputs: [String]) {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw ValidationError("--group '\(text)': write NAME=a,b")
    }
    let names = parts[1].split(separator: ",").map { String($0).trimmed }
    let known = model.quantities.filter { $0.input != nil }.map(\.name)
    for name in names where !known.contains(name) { throw unknown("--group", name, among: known) }
    return (parts[0].trimmed, names)
  }

  private func methods(for problem: SensitivityProblem) throws -> [any SensitivityMethod.Type] {
    if all { return SensitivityAnalysis.panel(for: problem) }
    guard let method else { return [SensitivityAnalysis.defaultMethod(for: problem)] }
    return try method.split(separator: ",").map { text in
      let name = String(text).trimmed
      guard let type = SensitivityMethodCatalogue.method(named: name) else {
        throw unknown("--method", name, among: SensitivityMethodCatalogue.all.map { $0.name })
      }
      return type
    }
  }

  private func unknown(_ flag: String, _ text: String, among names: [String]) -> ValidationError {
    let nearest = NearestName.of(text, among: names).map { ". Did you mean '\($0)'?" } ?? ""
    let list = names.count <= 12 ? ": it takes \(names.joined(separator: ", "))" : ""
    return ValidationError("\(flag) does not know '\(text)'\(list)\(nearest)")
  }
}

extension String {
  /// The text without spaces around it.
  fileprivate var trimmed: String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }
}
