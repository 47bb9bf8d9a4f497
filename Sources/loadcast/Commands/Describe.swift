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
      "With --plan, a simplification rule to switch off; repeatable. A rule that changes a result beyond rounding is a "
        + "fault. --plan lists the rules.",
      valueName: "rule"),
    completion: .list(SimplificationRule.allCases.map(\.name)), transform: Self.rule)
  var without: [SimplificationRule] = []

  func validate() throws {
    if !without.isEmpty, !plan {
      throw ValidationError("--without \(without[0].name) switches off a rule of the plan: add --plan")
    }
    if [json, plan, format != TextDescription.self].filter({ $0 }).count > 1 {
      throw ValidationError("--format, --json and --plan exclude each other; use only one")
    }
  }

  private static func format(_ name: String) throws -> any DescriptionFormat.Type {
    if let format = DescriptionFormatCatalogue.format(named: name) { return format }
    let names = DescriptionFormatCatalogue.all.map { $0.name }
    let nearest = NearestName.of(name, among: names).map { ". Did you mean '\($0)'?" } ?? ""
    throw ValidationError("unknown format '\(name)'; the formats are \(names.joined(separator: ", "))\(nearest)")
  }

  private static func rule(_ name: String) throws -> SimplificationRule {
    if let rule = SimplificationRule.allCases.first(where: { $0.name == name }) { return rule }
    let names = SimplificationRule.allCases.map(\.name)
    let nearest = NearestName.of(name, among: names).map { ". Did you mean '\($0)'?" } ?? ""
    throw ValidationError("unknown rule '\(name)'; the rules are \(names.joined(separator: ", "))\(nearest)")
  }

  func run() throws {
    let model = try scenario.model(settings)
    if plan {
      let engine = try Engine(model: model, without: Set(without))
      return try StandardStream.output.write("\(engine.planNotation)\n\n\(engine.planDescription)\n")
    }
    try StandardStream.output.write((json ? JSONDescription.self : format).text(of: model))
  }
}
