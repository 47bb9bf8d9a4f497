import Modeling
import Simulation

/// The index columns that follow `unit` in every table of cells.
///
/// There is one for each index that any output has, in the order of the indexes' names; it is blank in rows without
/// that index. An index with the same name as another column of the table has the header `index.NAME`.
struct IndexColumns {
  private let indexes: [IndexID]
  private let model: Model

  /// The indexes of all outputs and, for a table of comparisons, also those of compared references.
  init(of result: RunResult, includingReferences: Bool = false) {
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
