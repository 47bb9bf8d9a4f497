import ArgumentParser
import Reporting
import ScenarioFiles

/// Writes a starter scenario.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a small scenario with a comment for everything in it, to begin with.")

  @ArgumentParser.Argument(
    help: ArgumentHelp("The new file; '-' prints the scenario instead.", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var path = "scenario.yaml"

  func run() throws {
    if path == "-" { return try StandardStream.output.write(StarterScenario.text) }
    do {
      try ExclusiveFile.write(StarterScenario.text, to: path)
    } catch {
      if !error.isTaken { throw error }
      throw ValidationError("\(path) is there already, and is left as it is: name another file")
    }
    try StandardStream.output.write(
      "\(path): a scenario to begin with\nnow: loadcast check \(path), then loadcast run \(path)\n")
  }
}
