import ArgumentParser
import Reporting
import Simulation

/// Explains one draw.
struct Draw: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print one draw: every value and formula of it, from inputs with their probabilities to outputs.")

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var settings: SettingOptions
  @Option(help: ArgumentHelp("The draw's number, counted from 0.", valueName: "n"), transform: Magnitude.drawNumber)
  var number: Int
  @Flag(help: "Print the draw for programs.") var json = false

  func run() throws {
    let model = try scenario.model(settings)
    let draw = DrawScreen(of: try Engine(model: model).draw(number: number), in: model)
    try StandardStream.output.write(json ? draw.json : draw.text)
  }
}
