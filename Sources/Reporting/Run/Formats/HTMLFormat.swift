import Evidence
import Simulation

/// A human-readable report: `report.html`, one file with charts, tables, the register of assumptions and the equations.
///
/// It needs no network, no script and no other file; its charts are SVG.
public enum HTMLFormat: OutputFormat {
  /// `html`
  public static let name = "html"

  /// One line for help.
  public static let summary = "a report page with charts, comparisons and assumptions"

  /// `report.html`
  public static func files(of result: ScenarioResult) -> [ReportFile] {
    [ReportFile(name: "report.html", text: { ReportPage(result: result).html.text })]
  }
}
