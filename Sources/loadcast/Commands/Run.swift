import ArgumentParser
import Diagnostics
import Evidence
import Modeling
import Reporting
import ScenarioFiles
import Simulation

/// Runs a scenario and writes its distributions.
struct Run: ParsableCommand {
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
  @OptionGroup var memory: MemoryOptions
  @OptionGroup var conditioning: ConditioningOptions

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Print this output, or 'all'; by default the first outputs. Repeatable. Files contain all outputs.",
      valueName: "output"))
  var show: [String] = []

  func run() throws {
    var model = try scenario.model(settings, precision, showsWarnings: !output.quiet)
    if let interval = shown.interval { model.settings.interval = interval }
    let selection = try selection(
      among: model.outputs.map { model[$0.quantity].name } + model.triangulations.map(\.name))
    for type in output.format.types { try type.prepare() }
    let exported = try output.exportedDraws(of: model.settings.draws)
    let folder = try ReportFolder(path: output.folder(forScenarioAt: scenario.path))
    try memory.requireRoom(toPlan: model, workers: output.workers)
    let engine = try Engine(model: model)
    try EvidenceAnalysis(of: model)?.check(options: output.engineOptions(nil))
    _ = try memory.cost(of: engine, workers: output.workers)
    let isConditioned = try conditioning.usesObservations(of: model)
    let saved = try conditioning.saved(of: model, workers: output.workers, quiet: output.quiet)
    let result = try OutputOptions.result(
      of: engine, model, usesObservations: isConditioned, saved: saved, workers: output.workers, quiet: output.quiet,
      early: EarlyTable(unless: output.quiet || output.json), showing: selection)

    var files = output.format.types.flatMap { $0.files(of: result) }
    if let exported {
      // Exported draws are equally weighted: of the posterior, if there is one.
      let conditioned =
        isConditioned ? try conditioning.conditioned(model, workers: output.workers, quiet: output.quiet) : model
      let rows = min(exported, conditioned.posterior?.count ?? exported)
      let source = isConditioned ? try Engine(model: conditioned) : engine
      let draws = DrawExport(rows: rows) { body in
        try Progress.shown(unless: output.quiet) { progress in
          try source.drawTables(rows: rows, options: output.engineOptions(progress), body: body)
        }
      }
      files += output.format.files(of: draws)
    }
    files.append(RunRecord(of: result, files: files.map(\.name)).file)
    let names = files.map(\.name)
    try folder.write(files, isCancelled: { Interruption.isRequested })

    // Files left by an earlier run may hold different results.
    let others = OutputFormatCatalogue.fileNames(of: result).filter { !names.contains($0) }
    let screen = RunScreen(
      of: result, folder: folder.path, files: names, earlierFiles: folder.existing(among: others), showing: selection)
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
