import ArgumentParser
import Reporting
import Simulation

/// Prints what a scenario assumes and how it computes.
struct Describe: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the register of assumptions (value, unit, source, origin) and the graph of equations.")

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var settings: SettingOptions
  @Flag(help: "Print the description for programs, with every value.") var json = false
  @Flag(help: "Print what the engine made of the scenario: every pass over a block of draws.") var plan = false

  func validate() throws {
    if json && plan { throw ValidationError("--plan is for people; leave out --json or --plan") }
  }

  func run() throws {
    let model = try scenario.model(settings)
    if plan { return try StandardStream.output.write(Engine(model: model).planDescription + "\n") }
    let description = DescriptionScreen(of: model)
    try StandardStream.output.write(json ? description.json : description.text)
  }
}
