import Modeling
import Simulation

/// A table of output cells as a CSV file: `output`, `unit`, the indexes, then the given columns.
///
/// If there is an observation, a column `conditioning` follows `unit`, and every row occurs twice: `prior`, then
/// `posterior`.
struct OutputCellTable: Sendable {
  var name: String
  var columns: [String]
  var includesReferenceIndexes = false
  /// Calls back with each row of an output of a model: the cell, further labels, and the fields of the additional
  /// columns.
  var rows:
    @Sendable (OutputResult, Model, (_ cell: Int, _ further: [IndexID: Int], _ fields: [String]) throws -> Void) throws
      -> Void

  /// The file of a result.
  func file(of result: RunResult) -> ReportFile {
    ReportFile(name: name) { sink in
      let indexes = IndexColumns(of: result, includingReferences: includesReferenceIndexes)
      let posterior = result.evidence?.posterior
      let first = ["output", "unit"] + (posterior == nil ? [] : ["conditioning"])
      try sink.write(CSVRow.text(first + indexes.headers(beside: first + columns) + columns))
      for (position, output) in result.outputs.enumerated() {
        let quantity = result.model[output.output.quantity]
        let versions =
          posterior.map { [(["prior"], output), (["posterior"], $0.outputs[position])] } ?? [([], output)]
        for (given, output) in versions {
          // Rows of a cell are consecutive and begin alike.
          var begun: (cell: Int, further: [IndexID: Int], text: String)?
          try rows(output, result.model) { cell, further, fields in
            if begun.map({ $0.cell != cell || $0.further != further }) ?? true {
              let labels = indexes.fields(cell: cell, of: quantity.cells, and: further)
              let text = CSVRow.beginning([quantity.name, output.output.unit.text] + given + labels)
              begun = (cell, further, text)
            }
            try sink.write(CSVRow.text(fields[...], after: begun?.text ?? ""))
          }
        }
      }
    }
  }
}
