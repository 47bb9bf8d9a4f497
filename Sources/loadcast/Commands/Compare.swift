import Analysis
import ArgumentParser
import Diagnostics
import Evidence
import Modeling
import Reporting
import ScenarioFiles
import Simulation

/// Compares two scenarios draw by draw.
struct Compare: ParsableCommand, LoggingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare two scenarios draw by draw: their difference and ratio, and the contribution of each change.",
    discussion: """
      Both scenarios use the settings of A (or of the flags) and the same random numbers. The difference is attributed to \
      the changed inputs, equations and flags by Shapley values: 'of the 80 TWh, 52 come from load_factor'. To compare a \
      scenario with a modified copy of itself: loadcast compare s.yaml s.yaml --set-b 'pue=1.2'.
      """)

  @ArgumentParser.Argument(
    help: ArgumentHelp("The first scenario file, or - for standard input.", valueName: "a"),
    completion: .file(extensions: ["yaml"]))
  var a: String
  @ArgumentParser.Argument(
    help: ArgumentHelp("The second scenario file, or - for standard input.", valueName: "b"),
    completion: .file(extensions: ["yaml"]))
  var b: String

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Replace the value of an input in A and B, as in run. Repeatable.", valueName: "assignment"))
  var assignments: [String] = []
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Replace the value of an input in A only. Repeatable.", valueName: "assignment"))
  var setA: [String] = []
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Replace the value of an input in B only. Repeatable.", valueName: "assignment"))
  var setB: [String] = []
  @Option(help: ArgumentHelp("Paths in scenario files must be inside this folder.", valueName: "folder"))
  var root: String?
  @OptionGroup var standardInput: StandardInputOptions
  @OptionGroup var settings: SettingOptions
  @OptionGroup var work: WorkOptions
  @OptionGroup var width: IntervalOptions
  @OptionGroup var conditioning: ConditioningOptions
  @OptionGroup var logging: LogOptions

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Print this output and attribute its difference, at \(Model.defaultCellRule); by default the first output. "
        + "Repeatable. compare.csv contains all common outputs.",
      valueName: "output"))
  var show: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Orders sampled for the attribution if more than \(ModelComparison.exactLimit) parts differ.", valueName: "n"),
    transform: { try DrawCount.whole($0, "--permutations", 4...10_000) })
  var permutations = 16

  @Option(
    help: ArgumentHelp(
      "Also write the comparison as a page for a browser, compare.html: html; by default only the tables: csv.",
      valueName: "names"))
  var format = "csv"

  @Flag(help: "Skip the attribution of the difference.") var noAttribution = false

  mutating func validate() throws {
    (assignments, setA, setB) = (
      FoldedArguments.unfolded(assignments), FoldedArguments.unfolded(setA), FoldedArguments.unfolded(setB)
    )
    try standardInput.validate(a, b)
    for name in formats where !["csv", "html"].contains(name) {
      throw FactorOptions.unknown("--format", name, among: ["csv", "html"])
    }
  }

  private var formats: [String] { format.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }

  private func options(_ scenario: String, _ own: [String]) throws -> Scenario.Options {
    var options = Scenario.Options(
      assignments: assignments + own, root: root, draws: settings.draws, seed: settings.seed, design: settings.design)
    options.given = try standardInput.given(scenario)
    return options
  }

  func run() throws {
    let pair = try ScenarioDiff(fileAt: a, options(a, setA), fileAt: b, options(b, setB))
    let warnings = (pair.a.warnings + pair.b.warnings).filter { !$0.isAboutSources }
    DiagnosticText.print(warnings, isShown: !work.quiet)
    for model in [pair.a, pair.b] { try work.memory.requireRoom(toPlan: model, workers: work.workers) }
    var first = try conditioned(pair)
    if let interval = width.interval { first.settings.interval = interval }
    let comparison = ModelComparison(a: first, b: pair.b)
    let shown = try shownOutputs(pair.commonOutputs)
    var other = pair.b
    other.settings = first.settings
    try work.memory.cost(of: Engine(model: first), with: Engine(model: other), workers: work.workers)
    let folder = try ReportFolder.recording(
      path: work.folder(forScenarioAt: standardInput.path(of: a)) + (work.out == nil ? "-compared" : ""))
    let start = ContinuousClock.now
    let (cells, attributions, problem) = try Progress.shown(unless: work.quiet) { progress in
      let cells = try comparison.cells(options: work.engineOptions(progress))
      var problem: String?
      var attributions: [ModelComparison.Attribution] = []
      if !noAttribution, !shown.isEmpty {
        (attributions, problem) = try attribute(comparison, pair, shown, work.engineOptions(progress))
      }
      return (cells, attributions, problem)
    }
    var report = ComparisonReport(
      comparison: comparison, names: (pair.a.path, pair.b.path), cells: cells,
      parts: pair.parts.map { .init(text: $0.text, kind: $0.kind) }, attributions: attributions,
      attributionProblem: problem, seconds: (ContinuousClock.now - start) / .seconds(1),
      workers: Engine.workers(draws: first.settings.draws, options: work.engineOptions(nil)))
    report.hasPage = formats.contains("html")
    var files = report.files
    let record = RunRecord.comparison(
      of: ScenarioResult(
        RunResult(
          model: first, draws: first.settings.draws, workers: report.workers, seconds: report.seconds, outputs: [],
          failures: [])),
      report: report)
    files.append(record.file)
    try folder.write(files, isCancelled: { Interruption.isRequested })
    let screen = ComparisonScreen(of: report, folder: folder.path, files: files.map(\.name), showing: shown)
    try work.show(text: screen.text, json: screen.json)
  }

  /// The first scenario on the posterior draws of its observations, or else of those of the second scenario. Both
  /// scenarios are evaluated on these draws.
  private func conditioned(_ pair: ScenarioDiff) throws -> Model {
    if pair.a.hasPosterior || !pair.b.hasPosterior {
      return try conditioning.conditioned(pair.a, workers: work.workers, quiet: work.quiet, memory: work.memory)
    }
    let second = try conditioning.conditioned(
      pair.b, workers: work.workers, quiet: work.quiet, memory: work.memory)
    var first = pair.a
    first.posterior = second.posterior
    first.settings.draws = second.settings.draws
    return first
  }

  /// The contributions of the differing parts; parts that cannot be combined individually are treated as one.
  private func attribute(
    _ comparison: ModelComparison, _ pair: ScenarioDiff, _ outputs: [String], _ options: Engine.Options
  ) throws -> ([ModelComparison.Attribution], problem: String?) {
    for isJoined in [false, true] {
      if isJoined { pair.joinParts() }
      do {
        let attributions = try comparison.attributions(
          of: outputs, parts: pair.parts.count, pairs: permutations / 2, options: options, hybrid: pair.hybrid(taking:))
        return (attributions, nil)
      } catch let error as Diagnostics {
        if isJoined { return ([], error.all.first?.message) }
      }
    }
    return ([], nil)
  }

  private func shownOutputs(_ common: [String]) throws -> [String] {
    if show.isEmpty { return Array(common.prefix(1)) }
    for name in show where !common.contains(name) {
      throw UsageProblem.error(.unknownCommonOutput(name, nearest: NearestName.of(name, among: common)))
    }
    return show
  }
}
