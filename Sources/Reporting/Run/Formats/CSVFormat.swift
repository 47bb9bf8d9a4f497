import Evidence
import Simulation

/// Tidy tables that any program opens: `summary.csv`, `quantiles.csv`, `histogram.csv`, `outcomes.csv`,
/// `comparisons.csv`.
///
/// RFC 4180, UTF-8, a header row, `.` as decimal point, one row per observation; numbers are the shortest decimals that
/// read back as the same value. All five are always written, if necessary without rows, so that no file of an earlier
/// run is mistaken for one of this run.
public enum CSVFormat: OutputFormat {
  /// `csv`
  public static let name = "csv"

  /// One line for help.
  public static let summary = "tables: summary, quantiles, histogram, outcomes, comparisons"

  /// The five tables, and those of the evidence if there is any.
  public static func files(of result: ScenarioResult) -> [ReportFile] {
    [OutputCellTable.summary, .quantiles, .histogram, .outcomes, .comparisons].map { $0.file(of: result) }
      + EvidenceTables(of: result).files
  }

  /// `draws.csv`
  public static func files(of draws: DrawExport) -> [ReportFile] { [draws.csv] }
}
