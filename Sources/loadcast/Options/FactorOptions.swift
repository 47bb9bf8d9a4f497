import Analysis
import ArgumentParser
import Diagnostics
import Modeling
import ScenarioFiles

/// The target formulas of an analysis, and the grouping of inputs into factors.
struct FactorOptions: ParsableArguments {
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "The quantity to explain: any formula, such as 'electricity[year=2025]' or 'electricity[year=2030] > bitcoin'. A "
        + "formula over an index is analysed in every cell: files contain all cells; the screen shows them if there are "
        + "at most four, otherwise only the cell at \(Model.defaultCellRule). Repeatable; by default the scenario's first output.",
      valueName: "formula"))
  var output: [String] = []

  @Option(help: ArgumentHelp("How inputs are grouped into factors: input, cell or disclosable_by.", valueName: "kind"))
  var factors: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Inputs to treat as one factor: NAME=a,b. Repeatable.", valueName: "group"))
  var group: [String] = []

  private static let groupings: [(name: String, grouping: Grouping)] = [
    ("input", .input), ("cell", .cell), ("disclosable_by", .disclosable),
  ]

  /// The model with its targets: those of the flags, or the scenario's first output.
  func model(_ scenario: ScenarioOptions, _ settings: SettingOptions, showsWarnings: Bool) throws -> Model {
    if !output.isEmpty { return try scenario.model(settings, showsWarnings: showsWarnings, targets: output) }
    let bare = try scenario.model(settings, showsWarnings: false)
    guard let first = bare.outputs.first else {
      throw UsageProblem.error(.nothingToExplain)
    }
    return try scenario.model(settings, showsWarnings: showsWarnings, targets: [bare[first.quantity].name])
  }

  /// The grouping of the model's coordinates into factors.
  func options(_ model: Model) throws -> SensitivityProblem.Options {
    var options = SensitivityProblem.Options()
    if let factors {
      guard let grouping = Self.groupings.first(where: { $0.name == factors }) else {
        throw Self.unknown("--factors", factors, among: Self.groupings.map(\.name))
      }
      options.grouping = grouping.grouping
    }
    options.groups = try group.map { try self.group($0, in: model) }
    return options
  }

  /// `NAME=a,b`
  private func group(_ text: String, in model: Model) throws -> (name: String, inputs: [String]) {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw UsageProblem.error(.notGroup(text))
    }
    let names = parts[1].split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
    let known = model.quantities.filter { $0.input != nil }.map(\.name)
    for name in names where !known.contains(name) {
      throw UsageProblem.error(.unknownGroupInput(name, group: text, nearest: NearestName.of(name, among: known)))
    }
    return (parts[0].trimmed, names)
  }

  /// The error for an unknown name in a flag, with the closest valid one.
  static func unknown(_ flag: String, _ text: String, among names: [String]) -> ValidationError {
    UsageProblem.error(.unknownValue(flag, text, among: names, nearest: NearestName.of(text, among: names)))
  }
}

extension String {
  /// The text without spaces around it.
  var trimmed: String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }
}
