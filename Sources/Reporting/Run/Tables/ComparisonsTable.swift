import Simulation

extension OutputCellTable {
  /// `comparisons.csv`: a row for each output cell and cell of a reference; `standard_error` is that of the
  /// probability.
  static let comparisons = OutputCellTable(
    name: "comparisons.csv",
    columns: ["reference", "ratio_p05", "ratio_p50", "ratio_p95", "probability_exceeds", "standard_error"],
    includesReferenceIndexes: true
  ) { output, _, row in
    for (comparison, rows) in zip(output.output.comparisons, output.comparisons) {
      for compared in rows {
        let ratio = compared.ratio
        let figures = [ratio.p05, ratio.p50, ratio.p95, compared.exceeds.value, compared.exceeds.error]
        try row(compared.cell, compared.referenceLabels, [comparison.text] + figures.map(CSVRow.number))
      }
    }
  }
}
