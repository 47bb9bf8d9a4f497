import ArgumentParser
import Diagnostics
import Modeling
import Reporting
import ScenarioFiles

/// Explains a diagnostic code.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a diagnostic code, with a wrong example and the corrected one; without a code, list all codes.")

  @ArgumentParser.Argument(help: ArgumentHelp("The code of a message: units.mismatch.", valueName: "code"))
  var code: String?
  @Flag(help: "Print the machine-readable explanation (JSON).") var json = false

  func run() throws {
    guard let code else {
      let sections = ExplanationCatalogue.sections
      return try StandardStream.output.write(json ? ExplanationJSON.list(sections) : ExplanationText.list(sections))
    }
    guard let entry = ExplanationCatalogue.entry(of: code) else {
      let codes = ExplanationCatalogue.entries.map(\.code.description)
      throw UsageProblem.error(.unknownCode(code, nearest: NearestName.of(code, among: codes)))
    }
    try StandardStream.output.write(json ? ExplanationJSON.text(entry) : ExplanationText.text(entry))
  }
}
