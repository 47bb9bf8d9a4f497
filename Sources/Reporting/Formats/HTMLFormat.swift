import Simulation

/// A report for readers: `report.html`, one file with pictures, tables, the register of assumptions and the equations.
///
/// It needs no network, no script and no other file; its pictures are SVG.
public enum HTMLFormat: OutputFormat {
  /// `html`
  public static let name = "html"

  /// One line for a reader.
  public static let summary = "a report to read, print and send: pictures, comparisons, assumptions"

  /// `report.html`
  public static func files(of result: RunResult) -> [ReportFile] {
    [ReportFile(name: "report.html", text: { ReportPage(result: result).html.text })]
  }
}
