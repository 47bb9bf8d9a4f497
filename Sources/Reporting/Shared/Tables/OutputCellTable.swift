import Evidence
import Modeling
import Simulation

/// A table of output cells as a CSV file: `output`, `unit`, the indexes, then the given columns.
///
/// If there is an observation, a column `conditioning` follows `unit`, and every row occurs twice: `prior`, then
/// `posterior`; with a latent total, only as `posterior`.
///
/// If the scenario has words for any quantity, index or label, a table that people read has `label` as its last column.
struct OutputCellTable: Sendable {
  var name: String
  var columns: [String]
  var includesReferenceIndexes = false
  /// Whether the rows are labelled in words; those of large tables are not.
  var isLabelled = false
  /// Writes a row: of a cell and further labels, with the fields of the additional columns, which `fields` adds.
  typealias Row = (_ cell: Int, _ further: [IndexID: Int], _ fields: (inout CSVLine) -> Void) throws -> Void

  /// Calls back with each row of an output of a model.
  var rows: @Sendable (OutputResult, Model, Row) throws -> Void

  /// The file of a result.
  func file(of result: ScenarioResult) -> ReportFile {
    ReportFile(name: name) { sink in
      let indexes = IndexColumns(of: result, includingReferences: includesReferenceIndexes)
      let posterior = result.evidence?.posterior
      let first = ["output", "unit"] + (posterior == nil ? [] : ["conditioning"])
      let hasWords = isLabelled && result.model.hasWords
      let last = hasWords ? ["label"] : []
      try sink.write(CSVRow.text(first + indexes.headers(beside: first + columns + last) + columns + last))
      for (position, output) in result.outputs.enumerated() {
        let quantity = result.model[output.output.quantity]
        let versions =
          posterior.map { posterior in
            posterior.replacement != nil
              ? [(["posterior"], output)]
              : [(["prior"], output), (["posterior"], posterior.outputs[position])]
          } ?? [([], output)]
        for (given, output) in versions {
          // Rows of a cell are consecutive and begin alike.
          var begun: (cell: Int, further: [IndexID: Int], bytes: [UInt8])?
          var line = CSVLine()
          try rows(output, result.model) { cell, further, fields in
            if begun.map({ $0.cell != cell || $0.further != further }) ?? true {
              let labels = indexes.fields(cell: cell, of: quantity.cells, and: further)
              let text = CSVRow.beginning([quantity.name, output.output.unit.text] + given + labels)
              begun = (cell, further, Array(text.utf8))
            }
            line.begin(begun?.bytes ?? [])
            fields(&line)
            if hasWords { line.add([result.model.plainWords(output.output.quantity, cell: cell)]) }
            line.end()
            try sink.write(bytes: line.bytes)
          }
        }
      }
    }
  }
}

/// The index columns that follow `unit` in every table of cells.
///
/// There is one for each index that any output has, in the order of the indexes' names; it is blank in rows without
/// that index. An index with the same name as another column of the table has the header `index.NAME`.
struct IndexColumns {
  private let indexes: [IndexID]
  private let model: Model

  /// The indexes of all outputs and, for a table of comparisons, also those of compared references.
  init(of result: ScenarioResult, includingReferences: Bool = false) {
    model = result.model
    var all: Set<IndexID> = []
    for output in result.outputs {
      all.formUnion(result.model[output.output.quantity].cells.indexes)
      guard includingReferences else { continue }
      for row in output.comparisons.joined() { all.formUnion(row.referenceLabels.keys) }
    }
    indexes = all.sorted { [model] in model[$0].name < model[$1].name }
  }

  /// The indexes of a model's outputs.
  init(of model: Model) {
    self.model = model
    let all = Set(model.outputs.flatMap { model[$0.quantity].cells.indexes })
    indexes = all.sorted { model[$0].name < model[$1].name }
  }

  /// The headers, made distinct from a table's other headers.
  func headers(beside others: [String]) -> [String] {
    indexes.map { others.contains(model[$0].name) ? "index.\(model[$0].name)" : model[$0].name }
  }

  /// A row's labels.
  func fields(cell: Int, of space: CellSpace, and further: [IndexID: Int] = [:]) -> [String] {
    let positions = space.positions(ofCell: cell)
    return indexes.map { index in
      let position = space.indexes.firstIndex(of: index).map { positions[$0] } ?? further[index]
      return position.map { model[index].labels[$0] } ?? ""
    }
  }
}
