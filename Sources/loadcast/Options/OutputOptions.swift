import ArgumentParser
import Diagnostics
import Evidence
import Modeling
import Reporting
import ScenarioFiles
import Simulation
import TextFormats

/// Output folder, formats and execution of a command that computes.
struct OutputOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Number of threads; by default one per core. Results do not depend on it.", valueName: "n"),
    transform: DrawCount.workers)
  var workers: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Also write this many draws, with every input and output, to draws.csv, or to draws.npy with --format npy.",
      valueName: "n"),
    transform: DrawCount.draws)
  var exportDraws: Int?

  @Option(
    help: ArgumentHelp(
      "Output formats, comma-separated: \(OutputFormatCatalogue.all.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ")).",
      valueName: "names"),
    transform: FormatList.init(parsing:))
  var format = FormatList([CSVFormat.self])

  @Option(help: ArgumentHelp("Folder for the files; by default results/SCENARIO.", valueName: "folder"))
  var out: String?

  @Flag(help: "Print machine-readable results (JSON).") var json = false
  @Flag(help: "Print only errors.") var quiet = false

  func validate() throws { try Self.validate(out: out) }

  static func validate(out: String?) throws {
    if out?.isEmpty == true { throw UsageProblem.error(.emptyFolder) }
  }

  /// The number of draws to export, if any.
  func exportedDraws(of draws: Int) throws -> Int? {
    if exportDraws == nil, format.types.contains(where: { $0 == NPYFormat.self }) {
      throw UsageProblem.error(.flagNeeds("--format npy", "--export-draws"))
    }
    if let exportDraws, exportDraws > draws {
      throw UsageProblem.error(
        .moreExportedDraws(NumberText.count(exportDraws), than: NumberText.count(draws)))
    }
    return exportDraws
  }

  func folder(forScenarioAt path: String) -> String { out ?? Self.folder(forScenarioAt: path) }

  /// The default folder of a scenario's files.
  static func folder(forScenarioAt path: String) -> String { "results/\(name(ofScenarioAt: path))" }

  /// The name of a scenario's files: the name of its own file without the extension, unless only full stops are left
  /// (`...yaml`), which would be another folder.
  static func name(ofScenarioAt path: String) -> String {
    let file = path.split(separator: "/").last ?? "scenario"
    let name = file.lastIndex(of: ".").map { file[..<$0] } ?? file
    return String(name.allSatisfy { $0 == "." } ? file : name)
  }

  func engineOptions(_ progress: Progress?) -> Engine.Options { Self.engineOptions(workers: workers, progress) }

  /// A model's run, with its evidence; a table of its first draws is on the terminal meanwhile, if one is given.
  static func result(
    of engine: Engine, _ model: Model, usesObservations: Bool, saved: SampledPosterior? = nil, workers: Int?,
    quiet: Bool, early: EarlyTable? = nil, showing selection: ScreenSelection = .headline, parts: PartSet? = nil,
    printsJSON: Bool = false, checkpoint: Checkpoint? = nil
  ) throws -> ScenarioResult {
    let start = ContinuousClock.now
    defer { early?.clear() }
    let isPrior = usesObservations && model.hasPosterior
    @Sendable func earlyLines(_ result: RunResult) -> [String] {
      RunScreen(of: ScenarioResult(result), folder: nil, files: [], showing: selection).earlyLines(isPrior: isPrior)
    }
    let analysis = EvidenceAnalysis(of: model, usesObservations: usesObservations, saved: saved)
    func evidence(draws: Int) throws -> EvidenceResult? {
      guard let analysis else { return nil }
      return try Progress.shown(unless: quiet) { progress in
        try analysis.result(draws: draws, options: engineOptions(workers: workers, progress))
      }
    }
    func run(_ engine: Engine, checkpoint: Checkpoint? = nil) throws -> RunResult {
      try Progress.shown(unless: quiet) { progress in
        var options = engineOptions(workers: workers, progress)
        // Of a latent total, the distribution before the observations says nothing.
        if let early, model.latents.isEmpty || !usesObservations {
          options.early = EarlyResults { early.show(earlyLines($0)) }
        }
        options.checkpoint = checkpoint
        return try parts.map { try $0.result(of: engine, options, printsJSON: printsJSON) }
          ?? engine.run(options: options)
      }
    }
    var result: ScenarioResult
    if usesObservations, !model.latents.isEmpty, var evidence = try evidence(draws: model.settings.draws),
      let replacement = evidence.posterior?.replacement
    {
      let run = try run(try Engine(model: replacement))
      // The same draws, with the errors of a run.
      evidence.posterior?.outputs = run.outputs
      result = ScenarioResult(run, evidence: evidence)
    } else {
      result = ScenarioResult(try run(engine, checkpoint: checkpoint))
      result.evidence = try evidence(draws: result.draws)
    }
    if result.evidence != nil { result.seconds = (ContinuousClock.now - start) / .seconds(1) }
    return result
  }

  /// The engine's options for a command.
  static func engineOptions(workers: Int?, _ progress: Progress?) -> Engine.Options {
    let update: (@Sendable (Double) -> Void)? = progress.map { bar in { @Sendable share in bar.update(share) } }
    return Engine.Options(workers: workers, progress: update, isCancelled: { Interruption.isRequested })
  }
}

/// Output formats chosen by name.
struct FormatList: Sendable, CustomStringConvertible {
  var types: [any OutputFormat.Type]

  init(_ types: [any OutputFormat.Type]) { self.types = types }

  /// The formats of a list of names, each once.
  init(parsing text: String) throws {
    var seen: Set<String> = []
    types = try text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      .filter { seen.insert($0).inserted }.map { name in
        if let type = OutputFormatCatalogue.format(named: name) { return type }
        let names = OutputFormatCatalogue.all.map { $0.name }
        throw FactorOptions.unknown("--format", name, among: names)
      }
  }

  /// The files of exported draws: in the formats that hold draws or, if none does, as CSV.
  func files(of draws: DrawExport) -> [ReportFile] {
    let files = types.flatMap { $0.files(of: draws) }
    return files.isEmpty ? CSVFormat.files(of: draws) : files
  }

  var description: String { types.map { $0.name }.joined(separator: ",") }
}
