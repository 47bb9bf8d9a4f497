import ArgumentParser
import Modeling
import Reporting
import ScenarioFiles

/// Writes a starter scenario.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a small commented scenario to start from.")

  @ArgumentParser.Argument(
    help: ArgumentHelp("The new file; '-' prints the scenario instead.", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var path = "scenario.yaml"
  @OptionGroup var errors: ErrorFormOptions

  func run() throws {
    if path == "-" { return try StandardStream.output.write(StarterScenario.text) }
    do {
      try ExclusiveFile.write(StarterScenario.text, to: path)
    } catch {
      if !error.isTaken { throw error }
      throw UsageProblem.error(.fileExists(path))
    }
    try errors.show("\(path): a scenario to start from\nnext: loadcast check \(path), then loadcast run \(path)\n")
  }
}
