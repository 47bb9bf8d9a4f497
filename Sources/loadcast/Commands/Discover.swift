import Analysis
import ArgumentParser
import Modeling
import Reporting
import ScenarioFiles
import Simulation

/// Finds the circumstances in which a condition holds.
struct Discover: ParsableCommand, LoggingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find the circumstances in which a condition holds, as ranges of a few inputs.",
    discussion:
      "Scenario discovery by PRIM: boxes (ranges of a few inputs) in which the condition mostly holds and which "
      + "contain most of the draws in which it holds, fitted on one half of the draws and scored on the other. A condition "
      + "over an index is analysed in every cell; the files contain all cells, the screen at most four, otherwise only "
      + "\(Model.defaultCellRule). Thresholds of an input over an index are stated at the label that the condition "
      + "names.")

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var settings: SettingOptions
  @OptionGroup var work: WorkOptions
  @OptionGroup var conditioning: ConditioningOptions
  @OptionGroup var logging: LogOptions
  @OptionGroup(visibility: .hidden) var undivided: UndividedOptions

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "The condition: a formula that is true or false, such as 'electricity[year=2030] > bitcoin'. Repeatable.",
      valueName: "formula"))
  var when: [String]

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Maximum number of boxes; each is fitted to the draws not yet covered.", valueName: "n"),
    transform: { try DrawCount.whole($0, "--boxes", 1...20) })
  var boxes = 3

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Maximum number of inputs that a box restricts.", valueName: "n"),
    transform: { try DrawCount.whole($0, "--inputs", 1...20) })
  var inputs = 4

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Required share of a box's draws in which the condition holds, such as 80%; by default the best compromise "
        + "between density and coverage.", valueName: "share"))
  var density: String?

  func validate() throws {
    if when.isEmpty { throw UsageProblem.error(.missingCondition) }
    _ = try options
  }

  private var options: DiscoveryAnalysis.Options {
    get throws {
      var options = DiscoveryAnalysis.Options()
      options.boxes = boxes
      options.inputs = inputs
      if let density {
        let number = density.hasSuffix("%") ? Double(density.dropLast()).map { $0 / 100 } : Double(density)
        guard let number, number > 0, number < 1 else {
          throw UsageProblem.error(.notDensity(density))
        }
        options.density = number
      }
      return options
    }
  }

  func run() throws {
    try undivided.refuse(
      "a box is fitted to all draws at once",
      advice: "make each --when a task of its own; it takes less time than the run")
    let scenarioModel = try scenario.model(settings, showsWarnings: !work.quiet, targets: when, by: "--when")
    try work.memory.requireRoom(toPlanTargetsOf: scenarioModel, workers: work.workers)
    let model = try conditioning.conditioned(
      scenarioModel, workers: work.workers, quiet: work.quiet, memory: work.memory)
    let folder = try ReportFolder.recording(path: work.folder(forScenarioAt: scenario.path))
    let analysis = try Progress.shown(unless: work.quiet) { progress in
      var options = SensitivityProblem.Options()
      if let draws = settings.draws { options.draws = draws }
      options.engine = work.engineOptions(progress)
      return try DiscoveryAnalysis.run(
        try SensitivityProblem(model: model, options: options), options: try self.options)
    }
    let files = DiscoveryTables.files(of: analysis)
    try folder.write(files, isCancelled: { Interruption.isRequested })
    let screen = DiscoveryScreen(of: analysis, folder: folder.path, files: files.map(\.name))
    try work.show(text: screen.text, json: screen.json)
  }
}
