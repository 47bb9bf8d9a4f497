import Evidence
import Simulation

/// Tidy tables that any program opens: `summary.csv`, `quantiles.csv`, `histogram.csv`, `outcomes.csv`,
/// `comparisons.csv`, `verdicts.csv`.
///
/// RFC 4180, UTF-8, a header row, `.` as decimal point, one row per observation; numbers are the shortest decimals that
/// read back as the same value. `outcomes.csv` is written if an output has outcomes, `verdicts.csv` if one has a
/// verdict, the tables of evidence if the scenario has evidence, and the other four always, `comparisons.csv` if necessary without rows. A run names the files
/// of an earlier run that it leaves in its folder.
package enum CSVFormat: OutputFormat {
  /// `csv`
  package static let name = "csv"

  /// One line for help.
  package static let summary = "tables: summary, quantiles, histogram, outcomes, comparisons, verdicts"

  /// The tables of outputs, the verdicts, and the tables of the evidence, if there are any.
  package static func files(of result: ScenarioResult) -> [ReportFile] { files(of: result, histogramBins: .max) }

  /// The same with at most a number of bins in the histogram of a cell.
  static func files(of result: ScenarioResult, histogramBins: Int) -> [ReportFile] {
    let outcomes: [OutputCellTable] = result.hasOutcomes ? [.outcomes] : []
    let tables = [.summary, .quantiles, .histogram(bins: histogramBins)] + outcomes + [.comparisons]
    return tables.map { $0.file(of: result) } + VerdictTable.files(of: result) + EvidenceTables(of: result).files
  }

  /// `outcomes.csv`, `verdicts.csv` and the tables of evidence.
  package static var optionalNames: [String] {
    [OutputCellTable.outcomes.name, VerdictTable.name] + EvidenceTables.names
  }

  /// `draws.csv`
  package static func files(of draws: DrawExport) -> [ReportFile] { [draws.csv] }
}
