import ArgumentParser
import Reporting

/// Prints what a scenario assumes and how it computes.
struct Describe: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the register of assumptions (value, unit, source, origin) and the graph of equations.")

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var settings: SettingOptions
  @Flag(help: "Print the description for programs, with every value.") var json = false

  func run() throws {
    let description = DescriptionScreen(of: try scenario.model(settings))
    try StandardStream.output.write(json ? description.json : description.text)
  }
}
