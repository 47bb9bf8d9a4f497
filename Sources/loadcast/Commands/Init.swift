import ArgumentParser
import Modeling
import Reporting
import ScenarioFiles
import TextFormats

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
    } catch let error as FileError where error.isTaken {
      throw UsageProblem.error(.fileExists(TerminalText.path(path)))
    }
    let shown = TerminalText.path(path)
    try errors.show("\(shown): a scenario to start from\nnext: loadcast check \(shown), then loadcast run \(shown)\n")
  }
}
