import Simulation

extension OutputCellTable {
  /// `summary.csv`: a row for each output cell.
  static let summary = OutputCellTable(name: "summary.csv", columns: summaryColumns) { output, _, row in
    for (position, cell) in output.cells.enumerated() { try row(position, [:], summaryFields(of: cell)) }
  }

  /// The fields of a distribution, in the order of `summaryColumns`.
  static func summaryFields(of cell: CellSummary) -> [String] {
    let moments = [cell.mean.value, cell.sd, cell.mean.error]
    let quantiles = summaryQuantiles.map { cell.quantile($0.probability)?.value ?? .nan }
    let figures = (moments + quantiles + [cell.min, cell.max]).map(CSVRow.number)
    return figures + ["\(cell.draws)", "\(cell.nonFinite)"]
  }

  /// The columns that describe a distribution.
  static let summaryColumns =
    ["mean", "sd", "mean_standard_error"] + summaryQuantiles.map(\.column) + ["min", "max", "draws", "non_finite"]

  private static let summaryQuantiles: [(column: String, probability: Double)] = [
    ("p01", 0.01), ("p05", 0.05), ("p10", 0.1), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p90", 0.9),
    ("p95", 0.95), ("p99", 0.99),
  ]
}
