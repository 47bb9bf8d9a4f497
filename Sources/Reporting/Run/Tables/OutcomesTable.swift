import Simulation

extension OutputCellTable {
  /// `outcomes.csv`: a row for each value of each cell, for outputs with at most 24 values in every cell: ranks,
  /// counts, years, discrete inputs. A condition always has two rows, the value 0 if it is false and one (100 in
  /// percent) if it is true.
  ///
  /// Like `comparisons.csv`, the file is written without rows if there is no such output.
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
