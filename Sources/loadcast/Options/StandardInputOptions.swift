import ArgumentParser
import Diagnostics
import ScenarioFiles

/// A scenario from standard input.
struct StandardInputOptions: ParsableArguments {
  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "With the scenario -, which is read from standard input: where its file would be. Paths in the scenario are "
        + "relative to that folder, and the results are named after it.", valueName: "path"))
  var place: String?

  /// Where a scenario from standard input would be by default: in the current folder.
  static let defaultPlace = "standard-input.yaml"

  /// The path of a scenario's file: where it would be, if its text is on standard input.
  func path(of scenario: String) -> String {
    scenario == GivenScenario.word ? place ?? Self.defaultPlace : scenario
  }

  /// The text of standard input, if the scenario is there.
  func given(_ scenario: String) throws -> GivenScenario? {
    guard scenario == GivenScenario.word else { return nil }
    return try GivenScenario(bytes: Self.bytes.get(), as: path(of: scenario))
  }

  /// The bytes of standard input, read once per process.
  private static let bytes = Result { try GivenScenario.bytes(readFrom: StandardStream.input.descriptor) }

  /// Refuses `--as` without a scenario that is on standard input.
  func validate(_ scenarios: String...) throws {
    if place != nil, !scenarios.contains(GivenScenario.word) {
      throw UsageProblem.error(.flagNeeds("--as", "the scenario `\(GivenScenario.word)`, standard input"))
    }
  }
}
