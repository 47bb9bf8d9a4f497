import Evidence
import Simulation

/// A human-readable report: `report.html`, one file with charts, tables, the register of assumptions and the equations.
///
/// It needs no network, no script and no other file; its charts are SVG.
package enum HTMLFormat: OutputFormat {
  /// `html`
  package static let name = "html"

  /// One line for help.
  package static let summary = "a report page with charts, comparisons and assumptions"

  /// `report.html`
  package static func files(of result: ScenarioResult) -> [ReportFile] {
    [ReportFile(name: "report.html", text: { ReportPage(result: result).html.text })]
  }
}
