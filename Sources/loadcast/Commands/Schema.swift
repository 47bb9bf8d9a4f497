import ArgumentParser
import ScenarioFiles

/// Prints the JSON Schema of scenario files, for editors.
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the JSON Schema of scenario files, which gives editors completion and hover text.")

  func run() throws {
    try StandardStream.output.write(ScenarioSchema.json())
  }
}
