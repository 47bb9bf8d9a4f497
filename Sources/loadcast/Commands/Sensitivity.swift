import Analysis
import ArgumentParser
import Modeling
import Reporting
import ScenarioFiles
import Simulation

/// Estimates sensitivity indices of an output.
struct Sensitivity: ParsableCommand, LoggingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Estimate which inputs drive an output and by how much, with confidence intervals.",
    discussion: "Methods: "
      + SensitivityMethodCatalogue.all.map { "\($0.name) (\($0.summary))" }.joined(separator: "; ")
      + ". Without --method: sobol, or shapley if inputs are correlated.")

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var settings: SettingOptions
  @OptionGroup var work: WorkOptions

  @OptionGroup var factors: FactorOptions
  @OptionGroup var conditioning: ConditioningOptions
  @OptionGroup var logging: LogOptions
  @OptionGroup var division: ShardOptions

  @Option(help: ArgumentHelp("Methods, comma-separated.", valueName: "names"))
  var method: String?

  @Flag(help: "Apply every applicable method and print one ranked table.") var all = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Number of base points for methods with their own sampling design; rounded up to a power of two.", valueName: "n"),
    transform: { try DrawCount.whole($0, "--base-samples", 1...(1 << 32)) })
  var baseSamples: Int?

  @Flag(help: "Also estimate the second-order indices of pairs of inputs (method sobol).") var secondOrder = false

  @Option(help: ArgumentHelp("Estimator of method sobol: jansen, martinez or saltelli.", valueName: "name"))
  var estimator: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Levels of the grid of method morris: an even number from \(Morris.levels.lowerBound) to "
        + "\(Morris.levels.upperBound).", valueName: "n"),
    transform: { try DrawCount.whole($0, "--levels", Morris.levels) })
  var levels: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Trajectories of method morris, from \(Morris.trajectories.lowerBound) to \(Morris.trajectories.upperBound); "
        + "rounded up to a multiple of twice the levels.", valueName: "n"),
    transform: { try DrawCount.whole($0, "--trajectories", Morris.trajectories) })
  var trajectories: Int?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Number of bootstrap samples for the intervals.", valueName: "n"),
    // More bootstrap samples add nothing for 16 replicates.
    transform: { try DrawCount.whole($0, "--bootstrap", 2...100_000) })
  var bootstrap: Int?

  func validate() throws {
    if all, method != nil { throw UsageProblem.error(.exclusiveFlags(["--all", "--method"])) }
    if let levels, levels % 2 == 1 {
      throw UsageProblem.error(.oddLevels(Morris.levels, even: min(levels + 1, Morris.levels.upperBound)))
    }
  }

  func run() throws { try write(parts: nil) }

  /// Estimates the indices, or merges the parts of an analysis, and writes the results.
  func write(parts: PartSet?) throws {
    let scenarioModel = try factors.model(scenario, settings, showsWarnings: !work.quiet)
    try work.memory.requireRoom(toPlanTargetsOf: scenarioModel, workers: work.workers)
    let model =
      try usesGivenDraws()
      ? conditioning.conditioned(
        scenarioModel, workers: work.workers, quiet: work.quiet, memory: work.memory) : scenarioModel
    if let shard = division.shard { return try makePart(shard, of: model) }
    let folder = try ReportFolder.recording(path: work.folder(forScenarioAt: scenario.path))
    let analysis = try Progress.shown(unless: work.quiet) { progress in
      try refusing {
        var problem = try SensitivityProblem(model: model, options: try options(model, progress))
        problem.sums = try parts.map { try sums($0, of: problem) }
        return try SensitivityAnalysis.run(problem, by: try methods(for: problem), isPanel: all)
      }
    }
    var files = SensitivityTables.files(of: analysis)
    files.append(SensitivityRecord(of: analysis, parts: parts?.json).file)
    try folder.write(files, isCancelled: { Interruption.isRequested })
    let screen = SensitivityScreen(of: analysis, folder: folder.path, files: files.map(\.name))
    try work.show(text: screen.text, json: screen.json)
  }

  /// Calls `body`, and turns the refusal of a method into a usage error.
  func refusing<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let refusal as SensitivityRefusal {
      throw UsageProblem.error(.inapplicableMethod(refusal.method, reason: refusal.reason))
    }
  }

  func options(_ model: Model, _ progress: Progress?) throws -> SensitivityProblem.Options {
    var options = try factors.options(model)
    if let baseSamples { options.base = baseSamples }
    if let draws = settings.draws { options.draws = draws }
    if let bootstrap { options.bootstraps = bootstrap }
    if let levels { options.levels = levels }
    if let trajectories { options.trajectories = trajectories }
    options.pairs = secondOrder
    options.engine = work.engineOptions(progress)
    if let estimator {
      guard let known = SobolEstimator(rawValue: estimator) else {
        throw FactorOptions.unknown("--estimator", estimator, among: SobolEstimator.allCases.map(\.rawValue))
      }
      options.estimator = known
    }
    return options
  }

  /// Whether a method can use the draws of a posterior.
  ///
  /// - Throws: an error if a posterior is requested for methods of which none can.
  private func usesGivenDraws() throws -> Bool {
    guard !all, let method else { return true }
    let named = method.split(separator: ",").compactMap { SensitivityMethodCatalogue.method(named: String($0).trimmed) }
    let isPossible = named.contains { $0.takesGivenDraws }
    if !isPossible, conditioning.conditioning == .posterior || conditioning.posterior != nil {
      throw UsageProblem.error(.unconditionedMethods(named.map { $0.name }))
    }
    return isPossible
  }

  func methods(for problem: SensitivityProblem) throws -> [any SensitivityMethod.Type] {
    if all { return SensitivityAnalysis.panel(for: problem) }
    guard let method else { return [SensitivityAnalysis.defaultMethod(for: problem)] }
    return try method.split(separator: ",", omittingEmptySubsequences: false).map { text in
      let name = String(text).trimmed
      guard let type = SensitivityMethodCatalogue.method(named: name) else {
        throw FactorOptions.unknown("--method", name, among: SensitivityMethodCatalogue.all.map { $0.name })
      }
      return type
    }
  }
}
