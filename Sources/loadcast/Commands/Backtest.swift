import ArgumentParser
import Diagnostics
import Evidence
import Modeling
import Reporting
import ScenarioFiles
import Simulation

/// Scores a scenario against observed cases, or against the published figures of its latent totals.
struct Backtest: ParsableCommand, LoggingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare a scenario with observed cases: percentiles, coverage, bias, skill.",
    discussion: """
      With --cases, the cases are a CSV file with one row per case. A column with the name of an input, NAME or NAME[LABEL], sets that \
      input; a column observed.NAME holds the observed value of output NAME. A unit may follow after a space: \
      'tokens token', 'observed.energy MWh'. A blank cell keeps the input's distribution. The columns 'case' and 'group' \
      name a case and its group; 'source', 'note' and 'note.…' are comments. All cases use the same draws.

      With --leave-out, the published figures of latent totals are left out in turn, each alone (observation), with all of \
      its publisher (publisher) or with all of its year, the label of the index (year), and predicted from all other \
      readings. With later, totals are predicted from the routes and the figures published up to the end of each year \
      before their publication, the column 'published'; the inputs of the routes are those of the scenario, also where \
      their sources are later. left_out.csv has the distribution of each figure, its percentile and its scores, and the score of a \
      log-linear trend through the totals that are not left out. Limits and observed conditions are not used.
      """)

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var settings: SettingOptions
  @OptionGroup var conditioning: ConditioningOptions
  @OptionGroup var division: ShardOptions
  @OptionGroup var logging: LogOptions
  @Option(help: ArgumentHelp("The CSV file of cases.", valueName: "file"), completion: .file(extensions: ["csv"]))
  var cases: String?
  @Option(
    help: ArgumentHelp(
      "Leave out published figures of latent totals instead: each, each publisher's, each year's, or those published later.",
      valueName: "what"))
  var leaveOut: LeftOut?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Number of threads; by default one per core. Results do not depend on it.", valueName: "n"),
    transform: DrawCount.workers)
  var workers: Int?
  @Option(
    help: ArgumentHelp("Folder for the files; by default results/SCENARIO/backtest, or left-out.", valueName: "folder"))
  var out: String?
  @OptionGroup var memory: MemoryOptions
  @Flag(help: "Print machine-readable results (JSON).") var json = false
  @Flag(help: "Print only errors.") var quiet = false

  func validate() throws {
    if out?.isEmpty == true { throw UsageProblem.error(.emptyFolder) }
    if (cases == nil) == (leaveOut == nil) { throw UsageProblem.error(.backtestForm) }
    if leaveOut != nil, conditioning.conditioning != nil || conditioning.posterior != nil {
      let flag = conditioning.posterior == nil ? "--conditioning" : "--posterior"
      throw UsageProblem.error(.exclusiveFlags(["--leave-out", flag]))
    }
    if let draws = settings.draws, draws > BacktestAnalysis.mostDraws {
      throw UsageProblem.error(.tooManyDrawsPerCase(limit: NumberText.count(BacktestAnalysis.mostDraws)))
    }
  }

  func run() throws { try write(parts: nil) }

  /// Scores the cases or the figures that are left out, or merges the parts of a back-test, and writes the results.
  func write(parts: PartSet?) throws {
    if let cases {
      try score(casesAt: cases, parts: parts)
    } else if let leaveOut {
      try leave(out: leaveOut)
    }
  }

  func engineOptions(_ progress: Progress?) -> Engine.Options {
    var options = OutputOptions.engineOptions(workers: workers, progress)
    options.memory = memory.limit
    return options
  }

  private func leave(out leftOut: LeftOut) throws {
    if division.shard != nil {
      throw Diagnostics(
        .undivided(
          "figures that are left out are predicted from one sample of the posterior, in seconds",
          advice: "run it in one process"), at: ShardOptions.place)
    }
    let model = try scenario.model(settings, showsWarnings: !quiet)
    try memory.requireRoom(toPlan: model, workers: workers)
    guard LeftOutAnalysis.figures(of: model) > 0 else { throw UsageProblem.error(.nothingToLeaveOut) }
    if leftOut == .later, !LeftOutAnalysis.hasLaterFigures(model) { throw UsageProblem.error(.nothingPublishedLater) }
    let folder = try ReportFolder.recording(
      path: out ?? OutputOptions.folder(forScenarioAt: scenario.path) + "/left-out")
    let result = try Progress.shown(unless: quiet) { progress in
      try LeftOutAnalysis(model: model, leavingOut: leftOut)
        .result(options: engineOptions(progress))
    }
    let files = LeftOutTables(of: result).files
    try folder.write(files, isCancelled: { Interruption.isRequested })
    let screen = LeftOutScreen(of: result, folder: folder.path, files: files.map(\.name))
    if json {
      try StandardStream.output.write(screen.json)
    } else if !quiet {
      try StandardStream.output.write(screen.text)
    }
  }

  private func score(casesAt cases: String, parts: PartSet?) throws {
    let (scenarioModel, table) = try scenario.model(settings, casesAt: cases, showsWarnings: !quiet)
    try memory.requireRoom(toPlan: scenarioModel, workers: workers)
    let model = try conditioning.conditioned(
      scenarioModel, workers: workers, quiet: quiet, memory: memory)
    // A flag takes precedence; a scenario's number of draws is meant for its distributions.
    let draws = min(
      model.posterior?.count ?? .max, settings.draws ?? min(model.settings.draws, BacktestAnalysis.usualDraws))
    let analysis = BacktestAnalysis(model: model, cases: table)
    if let shard = division.shard { return try makePart(shard, of: analysis, model, table, draws: draws) }
    let path = out ?? OutputOptions.folder(forScenarioAt: scenario.path) + "/backtest"
    let folder = try ReportFolder.recording(path: path)
    let result = try Progress.shown(unless: quiet) { progress in
      try parts.map { try merged($0, of: analysis, model, table, draws: draws) }
        ?? analysis.result(draws: draws, options: engineOptions(progress))
    }
    var files = BacktestTables(of: result).files
    files.append(BacktestRecord(of: result, parts: parts?.json).file)
    try folder.write(files, isCancelled: { Interruption.isRequested })
    let screen = BacktestScreen(of: result, folder: folder.path, files: files.map(\.name))
    if json {
      try StandardStream.output.write(screen.json)
    } else if !quiet {
      try StandardStream.output.write(screen.text)
    }
  }
}

extension LeftOut: ExpressibleByArgument {}
