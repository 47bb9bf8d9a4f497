import Simulation

extension OutputCellTable {
  /// `outcomes.csv`: a row for each value of each cell, of outputs that take few values in every cell (at most 24): ranks,
  /// counts, years, discrete inputs; of a condition always two rows, the value 0 where it does not hold and one (100 in
  /// percent) where it holds.
  ///
  /// Written, though without rows, where no output is such, like `comparisons.csv`.
  static let outcomes = OutputCellTable(
    name: "outcomes.csv", columns: ["value", "probability", "standard_error"]
  ) { output, model, row in
    let isCondition = model.isCondition(output.output.quantity)
    guard isCondition || output.hasOutcomeTable else { return }
    for (position, cell) in output.cells.enumerated() {
      for outcome in isCondition ? cell.conditionOutcomes(in: output.output.unit) : cell.outcomes {
        let figures = [outcome.value, outcome.probability.value, outcome.probability.error]
        try row(position, [:], figures.map(CSVRow.number))
      }
    }
  }
}
