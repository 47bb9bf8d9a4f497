import ArgumentParser
import Reporting
import ScenarioFiles

/// Prints the JSON Schema of scenario files, for editors, or of machine-readable results.
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the JSON Schema of scenario files, for completion and hover text in editors.")

  @Flag(help: "Print the schema of results.json and of the output of run --json.") var results = false
  @OptionGroup var errors: ErrorFormOptions

  func run() throws {
    try StandardStream.output.write(results ? ResultsSchema.text : ScenarioJSONSchema.json())
  }
}
