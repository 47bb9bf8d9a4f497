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
      "Output format: \(DescriptionFormatCatalogue.all.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ")).",
      valueName: "name"),
    transform: Self.format)
  var format: any DescriptionFormat.Type = TextDescription.self
  @Flag(help: "The same as --format json.") var json = false
  @Flag(help: "Print the compiled program: every instruction that runs for a block of draws.")
  var plan = false
  @Option(
    help: ArgumentHelp(
      "With --plan, a simplification rule to switch off; repeatable. Rules must not change results beyond rounding; "
        + "report one that does. --plan lists the rules.",
      valueName: "rule"),
    completion: .list(SimplificationRule.allCases.map(\.name)))
  var without: [String] = []

  func validate() throws {
    if !without.isEmpty, !plan {
      throw UsageProblem.error(.flagNeeds("--without", "--plan"))
    }
    for name in without { _ = try Self.rule(name) }
    if [json, plan, format != TextDescription.self].filter({ $0 }).count > 1 {
      throw UsageProblem.error(.exclusiveFlags(["--format", "--json", "--plan"]))
    }
  }

  private static func format(_ name: String) throws -> any DescriptionFormat.Type {
    if let format = DescriptionFormatCatalogue.format(named: name) { return format }
    let names = DescriptionFormatCatalogue.all.map { $0.name }
    throw FactorOptions.unknown("--format", name, among: names)
  }

  private static func rule(_ name: String) throws -> SimplificationRule {
    if let rule = SimplificationRule.allCases.first(where: { $0.name == name }) { return rule }
    throw FactorOptions.unknown("--without", name, among: SimplificationRule.allCases.map(\.name))
  }

  func run() throws {
    let model = try scenario.model(settings)
    if plan {
      let engine = try Engine(model: model, without: Set(try without.map(Self.rule)))
      return try StandardStream.output.write("\(engine.planNotation)\n\n\(engine.planDescription)\n")
    }
    try StandardStream.output.write((json ? JSONDescription.self : format).text(of: model))
  }
}
