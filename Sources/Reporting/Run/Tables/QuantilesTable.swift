import Simulation

extension OutputCellTable {
  /// `quantiles.csv`: a row for each output cell and probability.
  static let quantiles = OutputCellTable(name: "quantiles.csv", columns: ["probability", "value", "standard_error"]) {
    output, _, row in
    for (position, cell) in output.cells.enumerated() {
      for (probability, quantile) in zip(CellSummary.probabilities, cell.quantiles) {
        try row(position, [:], [probability, quantile.value, quantile.error].map(CSVRow.number))
      }
    }
  }
}
