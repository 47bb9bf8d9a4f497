import ArgumentParser
import Diagnostics
import Modeling
import Reporting
import ScenarioFiles

/// The style of Vega-Lite specifications.
struct StyleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A JSON file with the configuration of Vega-Lite specifications: fonts, colours, sizes.", valueName: "file"))
  var style: String?

  /// The maximum size of the file in bytes.
  private static let mostBytes = 1 << 20

  /// The text of the file, a JSON object; nil without the flag.
  ///
  /// - Throws: `Diagnostics` if it cannot be read or is something else.
  func text() throws -> String? {
    guard let style else { return nil }
    guard let text = NamedFile.read(style, limit: Self.mostBytes) else {
      throw Diagnostics(.unreadableResults(style, reason: "it is not a readable file of at most 1 MiB"), at: nil)
    }
    guard ChartData.isStyle(text) else {
      throw Diagnostics(.unreadableResults(style, reason: "it is not a JSON object"), at: nil)
    }
    return text
  }
}
