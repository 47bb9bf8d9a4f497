import ArgumentParser
import Diagnostics
import Modeling
import Reporting
import Simulation

/// Prints the assumptions and equations of a scenario.
struct Describe: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the register of assumptions (value, unit, source, origin) and the graph of equations.")

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var settings: SettingOptions
  @Option(
    help: ArgumentHelp(
      "The form: \(DescriptionFormatCatalogue.all.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ")).",
      valueName: "name"),
    transform: Self.format)
  var format: any DescriptionFormat.Type = TextDescription.self
  @Flag(help: "The same as --format json.") var json = false
  @Flag(help: "Print what the engine made of the scenario: every pass over a block of draws.") var plan = false

  func validate() throws {
    if [json, plan, format != TextDescription.self].filter({ $0 }).count > 1 {
      throw ValidationError("--format, --json and --plan each ask for another form; leave one")
    }
  }

  private static func format(_ name: String) throws -> any DescriptionFormat.Type {
    if let format = DescriptionFormatCatalogue.format(named: name) { return format }
    let names = DescriptionFormatCatalogue.all.map { $0.name }
    let nearest = NearestName.of(name, among: names).map { ". Did you mean '\($0)'?" } ?? ""
    throw ValidationError("there is no form '\(name)', but \(names.joined(separator: ", "))\(nearest)")
  }

  func run() throws {
    let model = try scenario.model(settings)
    if plan { return try StandardStream.output.write(Engine(model: model).planDescription + "\n") }
    try StandardStream.output.write((json ? JSONDescription.self : format).text(of: model))
  }
}
