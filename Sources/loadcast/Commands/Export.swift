import ArgumentParser
import Evidence
import Modeling
import Reporting
import ScenarioFiles
import Simulation
import TextFormats

/// Exports a run for other tools.
struct Export: ParsableCommand, LoggingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a scenario and write notebooks with the tables that they read.",
    discussion:
      "`export notebook` writes NAME.ipynb (Jupyter, Python) and NAME.qmd (Quarto, R) next to a folder NAME, which "
      + "contains the run's tables as a Frictionless data package. The same scenario and settings produce identical files."
  )

  /// The kinds of export.
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case notebook
  }

  @ArgumentParser.Argument(help: ArgumentHelp("Kind of export: notebook.", valueName: "form"))
  var form: Form

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var settings: SettingOptions

  @Option(help: ArgumentHelp("Folder for the notebooks.", valueName: "folder"))
  var out = "notebooks-export"

  @Option(help: ArgumentHelp("Name of the notebooks and their folder; by default the scenario's.", valueName: "name"))
  var name: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Number of threads; by default one per core. Results do not depend on it.", valueName: "n"),
    transform: DrawCount.workers)
  var workers: Int?

  @OptionGroup var memory: MemoryOptions
  @Flag(help: "Print nothing but errors.") var quiet = false
  @OptionGroup var errors: ErrorFormOptions
  @OptionGroup var conditioning: ConditioningOptions
  @OptionGroup var logging: LogOptions

  func validate() throws {
    try OutputOptions.validate(out: out)
    if let name, name.isEmpty || name.contains("/") || name.hasPrefix(".") {
      throw UsageProblem.error(.notFileName)
    }
  }

  func run() throws {
    let model = try scenario.model(settings, showsWarnings: !quiet && !errors.json)
    let name = self.name ?? OutputOptions.name(ofScenarioAt: scenario.path)
    try memory.requireRoom(toPlan: model, workers: workers)
    let engine = try Engine(model: model)
    let evidence = EvidenceAnalysis(of: model, usesObservations: try conditioning.usesObservations(of: model))
    try memory.cost(of: engine, evidence: evidence, workers: workers)
    let folder = try ReportFolder(path: out)
    try folder.checkSubfolder(name)
    let saved = try conditioning.saved(of: model, workers: workers, quiet: quiet)
    let result = try OutputOptions.result(
      of: engine, model, usesObservations: try conditioning.usesObservations(of: model), saved: saved,
      workers: workers, quiet: quiet)
    let export = try NotebookExport(of: result, name: name, digest: { Sha256.hexadecimal(of: $0) })
    let (tables, notebooks) = (export.tables, export.notebooks)
    // One publication: a notebook never reads the tables of another run.
    try folder.write(tables.map { $0.inFolder(name) } + notebooks, isCancelled: { Interruption.isRequested })
    if !quiet || errors.json {
      try errors.show(
        (ScreenText.written(notebooks.map(\.name), to: out)
          + ScreenText.written(tables.map(\.name), to: "\(out)/\(name)")).map { $0 + "\n" }.joined())
    }
  }
}
