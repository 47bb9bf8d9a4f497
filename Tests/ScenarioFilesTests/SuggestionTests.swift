import Diagnostics
import Foundation
import Modeling
import ScenarioFiles
import Testing

/// The texts of many suggestions; the test of the folder `Mistakes` follows them.
@Suite("Suggestions for values")
struct SuggestionTests {
  private static func problems(_ text: String) throws -> [Diagnostic] {
    switch try Checking.outcome(text) {
    case .model(let model): model.warnings
    case .problems(let problems): problems
    }
  }

  /// What is offered for a value, as the screen says it.
  private static func offered(_ value: String, _ rest: String = "") throws -> [String] {
    let text = "inputs:\n  x: \(value)\noutputs:\n  x: {unit: \"1\"}\n\(rest)"
    let problems = try problems(text).filter { $0.place?.line == 2 }
    return problems.flatMap { problem in
      [problem.suggestion].compactMap(\.self) + problem.readings.map { $0.text + ($0.meaning.map { " (\($0))" } ?? "") }
    }
  }

  @Test(
    "Units of other systems and suffixes are offered as what they are worth",
    arguments: [
      ("5 MWH", ["MWh"]), ("5 mwh", ["mWh (3.6 J)", "MWh (3600000000 J)"]),
      ("5 mw", ["mW (0.001 W)", "MW (1000000 W)"]),
      ("5 MTCO2e", ["MtCO2e (1000000000 kgCO2e)", "tCO2e (1000 kgCO2e)"]), ("5 Btu", ["5.2752792631 kJ"]),
      ("5 MMBtu", ["5.2752792631 GJ (a million Btu)"]), ("2 quad", ["2.11011170524 EJ (10^15 Btu)"]),
      ("5 lb", ["2.26796185 kg"]), ("-5 lb", ["2.26796185 kg"]),
      ("5 ton", ["5 t (tonne)", "4535.9237 kg (short ton)", "5080.234544 kg (long ton)"]),
      ("5 M", ["5M"]), ("5 million", ["5M"]), ("5 bn", ["5B"]), ("1bn", ["1B"]), ("1.5mio", ["1.5M"]), ("3K", ["3k"]),
      ("5m", ["5M (5 million)", "5 m (5 metres)"]), ("5t", ["5T (5 trillion)", "5 t (5 tonnes)"]),
      ("5 T", ["5T (5000000000000)", "5 t (5 times 1000 kg)"]),
      ("5 hW", ["500 W"]), ("5 Mgpu", ["5M gpu"]), ("5 kyear", ["5k year"]),
      ("3 month", ["2190 h (a twelfth of a year)"]),
      ("1to3", ["1 to 3"]), ("1 to 3 within 90", ["90%"]), ("1 to 3 within 150%", []), ("1 to 3 within 150", []),
      ("5 billion kWh", ["5B kWh"]), ("5W", ["5 W"]), ("5Wx", []),
      ("0 to 5", ["uniform(0, 5)", "truncate(normal(0 to 5), low=0)"]),
    ] as [(String, [String])])
  func offers(value: String, expected: [String]) throws {
    // A unit with one meaning is a suggestion without one.
    let offered = try Self.offered(value, "units: [gpu]\n")
    let bare = offered.map { String($0.prefix { $0 != "(" }).trimmingCharacters(in: .whitespaces) }
    let wanted =
      expected.count == 1
      ? expected.map { String($0.prefix { $0 != "(" }).trimmingCharacters(in: .whitespaces) } : expected
    if expected.count == 1, !value.contains("to") { #expect(bare == wanted) } else { #expect(offered == expected) }
  }
}
