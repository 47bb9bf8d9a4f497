import Foundation
import Modeling
import ScenarioFiles
import Testing

/// Every text that is offered is tried here as a reader would: by putting it in the place of the marked stretch.
@Suite("Suggestions are right where they are followed")
struct SuggestionTests {
  /// The wrong scenarios that other tests of this folder spell out, read from their sources.
  private static func spelledOut() throws -> [String] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    var scenarios: [String] = []
    for name in names.sorted() where name.hasPrefix("CheckingMistakes") {
      var text: [String]?
      for line in try String(contentsOf: folder.appending(path: name), encoding: .utf8).components(separatedBy: "\n") {
        let trimmed = line.drop { $0 == " " }
        if trimmed == "#\"\"\"" {
          text = []
        } else if trimmed.hasPrefix("\"\"\"#"), let lines = text {
          let indent = line.count - trimmed.count
          scenarios.append(lines.map { String($0.dropFirst(indent)) }.joined(separator: "\n"))
          text = nil
        } else {
          text?.append(line)
        }
      }
    }
    // Screens are spelled out too.
    return scenarios.filter { text in
      (text.contains("inputs:") || text.contains("equations:")) && !text.contains(": error: ")
        && !text.contains(": warning: ")
    }
  }

  private static func problems(_ text: String) throws -> [Diagnostic] {
    switch try Checking.outcome(text) {
    case .model(let model): model.warnings
    case .problems(let problems): problems
    }
  }

  /// A text with a stretch of one of its lines replaced.
  private static func replaced(_ text: String, _ place: SourcePlace, _ offer: String) -> String {
    var lines = text.components(separatedBy: "\n")
    var line = Array(lines[place.line - 1])
    line.replaceSubrange((place.column - 1)..<(place.column - 1 + place.length), with: Array(offer))
    lines[place.line - 1] = String(line)
    return lines.joined(separator: "\n")
  }

  /// The problems that following an offer leaves where it was put.
  private static func left(_ text: String, _ problem: Diagnostic, _ offer: String) throws -> [Diagnostic] {
    guard let place = problem.place else { return [] }
    let known = try problems(text).filter { $0.message != problem.message }.map(\.message)
    return try problems(replaced(text, place, offer)).filter { found in
      guard let there = found.place, there.line == place.line, there.file.path == place.file.path else { return false }
      let overlaps = there.column < place.column + offer.count && place.column < there.column + there.length
      return overlaps && (found.severity == .error || found.message == problem.message)
        && !known.contains(found.message)
    }
  }

  @Test("Of all mistakes that the tests of checking spell out")
  func allMistakes() throws {
    var offers = 0
    let scenarios = try Self.spelledOut()
    #expect(scenarios.count > 150)
    for text in scenarios {
      for problem in try Self.problems(text) where problem.place?.file.path == "s.yaml" {
        for offer in [problem.suggestion].compactMap(\.self) + problem.readings.map(\.text) {
          offers += 1
          let left = try Self.left(text, problem, offer)
          #expect(left.isEmpty, "\(offer) in\n\(text)\n\(DiagnosticRenderer().text(of: left))")
        }
      }
    }
    #expect(offers > 30)
  }

  @Test("Of all mistakes in formulas", arguments: formulaMistakes)
  func formulas(mistake: Mistake) throws {
    func problems(_ text: String) -> [Diagnostic] {
      do throws(Diagnostics) {
        _ = try FormulaParser.syntax(of: scalar(text))
        return []
      } catch {
        return error.all
      }
    }
    for problem in problems(mistake.text) {
      guard let place = problem.place else { continue }
      for offer in [problem.suggestion].compactMap(\.self) + problem.readings.map(\.text) {
        let left = problems(Self.replaced(mistake.text, place, offer)).filter { found in
          guard let there = found.place else { return true }
          return there.column < place.column + offer.count && place.column < there.column + there.length
            && found.message == problem.message
        }
        #expect(left.isEmpty, "\(offer): \(screen(left))")
      }
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
