import Analysis
import ArgumentParser
import Modeling
import Reporting
import ScenarioFiles
import Simulation

/// Finds the circumstances in which a condition holds.
struct Discover: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say in which circumstances a condition holds, as ranges of a few inputs.",
    discussion: "Scenario discovery by PRIM: boxes in which the condition mostly holds and that have most of the draws "
      + "in which it does, sought in one half of the draws and told by the other. Over an index, for every cell: "
      + "files have all, and the screen, of more than four, \(Model.defaultCellRule). Thresholds of an input over an "
      + "index are stated at the label that the condition names.")

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var settings: SettingOptions
  @OptionGroup var work: WorkOptions

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "The condition: any formula that holds or does not, as 'electricity[year=2030] > bitcoin'. Repeatable.",
      valueName: "formula"))
  var when: [String]

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Boxes at most, each sought in what those before it leave.", valueName: "n"),
    transform: { try DrawCount.whole($0, "--boxes", 1...20) })
  var boxes = 3

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Inputs that a box restricts, at most.", valueName: "n"),
    transform: { try DrawCount.whole($0, "--inputs", 1...20) })
  var inputs = 4

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The share of a box's draws in which the condition is to hold, as 80%; by default the best compromise with how "
        + "many of the cases the box has.", valueName: "share"))
  var density: String?

  func validate() throws {
    if when.isEmpty { throw ValidationError("--when says the condition, as --when 'electricity[year=2030] > bitcoin'") }
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
          throw ValidationError("--density is a share between 0 % and 100 %, as 80%, not '\(density)'")
        }
        options.density = number
      }
      return options
    }
  }

  func run() throws {
    let model = try scenario.model(settings, showsWarnings: !work.quiet, targets: when, by: "--when")
    let folder = try ReportFolder(path: work.folder(forScenarioAt: scenario.path))
    let analysis = try Progress.shown(unless: work.quiet) { progress in
      var options = SensitivityProblem.Options()
      if let draws = settings.draws { options.draws = draws }
      options.engine = work.engineOptions(progress)
      return try DiscoveryAnalysis(
        of: try SensitivityProblem(model: model, options: options), options: try self.options)
    }
    let files = DiscoveryTables.files(of: analysis)
    try folder.write(files, isCancelled: { Interruption.isRequested })
    let screen = DiscoveryScreen(of: analysis, folder: folder.path, files: files.map(\.name))
    try work.show(text: screen.text, json: screen.json)
  }
}
