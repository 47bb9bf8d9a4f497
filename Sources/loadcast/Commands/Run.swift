import ArgumentParser
import Diagnostics
import Evidence
import Modeling
import Reporting
import ScenarioFiles
import Simulation
import TextFormats

/// Runs a scenario and writes its distributions.
struct Run: ParsableCommand, LoggingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a scenario: print a short table and write the distributions to files.",
    discussion:
      "An output that is a condition is shown as a probability; an output with few distinct values also gets a table of "
      + "their probabilities. If only one cell of an output fits, it is the one at \(Model.defaultCellRule).")

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var settings: SettingOptions
  @OptionGroup var precision: PrecisionOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var shown: IntervalOptions
  @OptionGroup var styling: StyleOptions
  @OptionGroup var memory: MemoryOptions
  @OptionGroup var conditioning: ConditioningOptions
  @OptionGroup var division: ShardOptions
  @OptionGroup var keeping: CheckpointOptions
  @OptionGroup var logging: LogOptions

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Print this output, or 'all'; by default the first outputs. Repeatable. Files contain all outputs.",
      valueName: "output"))
  var show: [String] = []

  func validate() throws {
    if styling.style != nil, !output.format.types.contains(where: { $0 == VegaFormat.self }) {
      throw UsageProblem.error(.flagNeeds("--style", "--format vega"))
    }
  }

  func run() throws { try write(parts: nil) }

  /// Runs the scenario, or merges the parts of its run, and writes the results.
  func write(parts: PartSet?) throws {
    var model = try scenario.model(settings, precision, showsWarnings: !output.quiet)
    if let interval = shown.interval { model.settings.interval = interval }
    model.settings.chartStyle = try styling.text()
    let selection = try selection(
      among: model.outputs.map { model[$0.quantity].name } + model.triangulations.map(\.name))
    if let shard = division.shard { return try makePart(shard, of: model) }
    try parts?.require(PartFile.Owner(model), scenario.path)
    for type in output.format.types { try type.prepare() }
    let exported = try output.exportedDraws(of: model.settings.draws)
    let folder = try ReportFolder.recording(path: output.folder(forScenarioAt: scenario.path))
    // The names of what every result of this scenario has.
    let empty = RunResult(model: model, draws: 0, workers: 1, seconds: 0, outputs: [], failures: [])
    try folder.requireOwn(
      output.format.types.flatMap { $0.files(of: ScenarioResult(empty)) }.map(\.name) + ["record.json"])
    try memory.requireRoom(toPlan: model, workers: output.workers)
    let engine = try Engine(model: model)
    let isConditioned = try conditioning.usesObservations(of: model)
    let evidence = EvidenceAnalysis(of: model, usesObservations: isConditioned)
    try evidence?.check(options: output.engineOptions(nil))
    try memory.cost(of: engine, evidence: evidence, workers: output.workers)
    let saved = try conditioning.saved(of: model, workers: output.workers, quiet: output.quiet)
    let keeping = try self.keeping.folder(besides: folder)
    let checkpoint = RunCheckpoint(in: keeping, head(of: model, (1, 1), blocks: 0..<engine.blockCount)) {
      Sha256.hexadecimal(of: $0)
    }
    let result: ScenarioResult
    do {
      result = try OutputOptions.result(
        of: engine, model, usesObservations: isConditioned, saved: saved, workers: output.workers, quiet: output.quiet,
        early: EarlyTable(unless: output.quiet || output.json), showing: selection, parts: parts,
        printsJSON: output.json,
        checkpoint: parts == nil ? checkpoint.checkpoint(every: PartInMaking.savingInterval) : nil)
    } catch is CancellationError where checkpoint.saved > 0 {
      throw CommandFailure.interrupted(
        .interruptedRun(blocks: checkpoint.saved, of: engine.blockCount, folder: keeping.path), printsJSON: output.json)
    }

    var files = output.format.types.flatMap { $0.files(of: result) }
    if let exported {
      // Exported draws are equally weighted: of the posterior, if there is one.
      let conditioned =
        isConditioned
        ? try conditioning.conditioned(model, workers: output.workers, quiet: output.quiet, memory: memory)
        : model
      let rows = min(exported, conditioned.posterior?.count ?? exported)
      let source = isConditioned ? try Engine(model: conditioned) : engine
      let draws = DrawExport(rows: rows) { body in
        try Progress.shown(unless: output.quiet) { progress in
          try source.drawTables(rows: rows, options: output.engineOptions(progress), body: body)
        }
      }
      files += output.format.files(of: draws)
    }
    files.append(RunRecord(of: result, parts: parts?.json).file)
    let names = files.map(\.name)
    let removed = try folder.write(files, isCancelled: { Interruption.isRequested })
    checkpoint.remove()
    if !output.quiet, !checkpoint.problemsText.isEmpty { try? StandardStream.error.write(checkpoint.problemsText) }

    // Files of an earlier run that it is not known to have written, or that have been changed since, are left.
    let others = OutputFormatCatalogue.fileNames(of: result).filter { !names.contains($0) }
    let screen = RunScreen(
      of: result, folder: folder.path, files: names,
      earlierFiles: .init(left: folder.existing(among: others), removed: removed), showing: selection)
    if output.json {
      try StandardStream.output.write(screen.json)
    } else if !output.quiet {
      try StandardStream.output.write(screen.text)
    }
    try requireFiniteDraws(result)
  }

  /// Reports outputs of which no cell has a finite draw; their files are written nevertheless.
  private func requireFiniteDraws(_ result: ScenarioResult) throws {
    let names = result.outputs.filter { output in
      !output.cells.isEmpty && output.cells.allSatisfy { $0.draws > 0 && $0.nonFinite == $0.draws }
    }.map { result.model[$0.output.quantity].name }
    guard !names.isEmpty else { return }
    DiagnosticText.print(names.map { Diagnostic(.noFiniteDraw(of: $0), at: nil) })
    throw CommandFailure(ExitCode(ExitCodes.noFiniteDraw), isPrinted: true)
  }

  private func selection(among names: [String]) throws -> ScreenSelection {
    if show.isEmpty { return .headline }
    if show == ["all"] { return .all }
    for name in show where !names.contains(name) {
      throw UsageProblem.error(.unknownShownOutput(name, nearest: NearestName.of(name, among: names)))
    }
    return .named(show)
  }
}
