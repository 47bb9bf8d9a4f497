import Analysis
import ArgumentParser
import Modeling
import Reporting
import ScenarioFiles
import Simulation

/// Estimates the value of disclosure.
struct Disclosure: ParsableCommand, LoggingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Value of information: which inputs, if published, would narrow an output's interval most.",
    discussion:
      "For each input, or for all that one party could publish (--factors disclosable_by): the expected reduction "
      + "of the 90 % interval's width, with its standard error; the best pair of inputs; and a recommended order of disclosure. "
      + "Without --output, it explains one cell of the scenario's first output, the one at \(Model.defaultCellRule)."
  )

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var settings: SettingOptions
  @OptionGroup var work: WorkOptions
  @OptionGroup var factors: FactorOptions
  @OptionGroup var conditioning: ConditioningOptions
  @OptionGroup var logging: LogOptions
  @OptionGroup(visibility: .hidden) var undivided: UndividedOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Number of steps in the recommended order of disclosure.", valueName: "n"),
    transform: { try DrawCount.whole($0, "--steps", 1...20) })
  var steps = 5

  func run() throws {
    try undivided.refuse(
      "the search for the next figure to publish reads all draws at each step",
      advice: "make each --output a task of its own")
    let scenarioModel = try factors.model(scenario, settings, showsWarnings: !work.quiet)
    try work.memory.requireRoom(toPlanTargetsOf: scenarioModel, workers: work.workers)
    let model = try conditioning.conditioned(
      scenarioModel, workers: work.workers, quiet: work.quiet, memory: work.memory)
    let folder = try ReportFolder.recording(path: work.folder(forScenarioAt: scenario.path))
    let analysis = try Progress.shown(unless: work.quiet) { progress in
      var options = try factors.options(model)
      if let draws = settings.draws { options.draws = draws }
      options.engine = work.engineOptions(progress)
      options.includesPublishables = true
      let targets = factors.output.isEmpty ? TargetCell.defaults(of: model) : nil
      return try DisclosureAnalysis.run(
        try SensitivityProblem(model: model, targets: targets, options: options), questions: steps)
    }
    let files = DisclosureTables.files(of: analysis)
    try folder.write(files, isCancelled: { Interruption.isRequested })
    let screen = DisclosureScreen(of: analysis, folder: folder.path, files: files.map(\.name))
    try work.show(text: screen.text, json: screen.json)
  }
}
