import Modeling
import Simulation

/// The layout of an output's cells in charts: along its last numeric index, with one chart for each combination of the
/// other indexes' labels; or side by side, if there is no such index.
struct OutputLayout {
  /// The cells of one chart.
  struct Facet {
    /// The labels shared by the cells, in the order of the indexes' names.
    var labels: [String]
    var cells: [Int]
  }

  /// The index along which values run; nil if no numeric index has at least two labels.
  let along: Index?
  /// One facet for each combination of the other labels.
  let facets: [Facet]
  /// The positions of the cells along the index.
  private let positions: [Int]
  /// The cell that represents the output: `Model.defaultCell`.
  let defaultCell: Int

  init(of output: OutputResult, in model: Model) {
    let space = model[output.output.quantity].cells
    defaultCell = model.defaultCell(of: space)
    let axis = space.indexes.lastIndex { model[$0].isNumeric && model[$0].labels.count > 1 }
    guard let axis else {
      along = nil
      facets = [Facet(labels: [], cells: Array(0..<space.count))]
      positions = Array(0..<space.count)
      return
    }
    along = model[space.indexes[axis]]
    positions = (0..<space.count).map { space.positions(ofCell: $0)[axis] }
    var facets: [Facet] = []
    var places: [[String]: Int] = [:]
    for cell in 0..<space.count {
      var labels = model.words(ofCell: cell, in: space)
      labels.remove(at: axis)
      if let place = places[labels] {
        facets[place].cells.append(cell)
      } else {
        places[labels] = facets.count
        facets.append(Facet(labels: labels, cells: [cell]))
      }
    }
    self.facets = facets
  }

  /// The cells that summarise the output: the first, middle and last along the index, in the facet of the default cell,
  /// which is the last of them; only the default cell if there is no such index.
  var focus: [Int] {
    guard along != nil, let cells = facets.first(where: { $0.cells.contains(defaultCell) })?.cells else {
      return [defaultCell]
    }
    return cells.count < 3 ? cells : [cells[0], cells[cells.count / 2], cells[cells.count - 1]]
  }

  /// A cell's number on the index, and its label.
  func place(of cell: Int) -> (number: Double, label: String)? {
    guard let along, let numbers = along.numbers else { return nil }
    return (numbers[positions[cell]], along.labels[positions[cell]])
  }
}

extension OutputResult {
  /// The references of the output, as charts show them along some of its cells.
  ///
  /// An output that is converted first is not on the axis of its reference: such a reference has no levels.
  func referenceMarks(at cells: [Int], in model: Model) -> [ReferenceMark] {
    let space = model[output.quantity].cells
    var marks: [ReferenceMark] = []
    for (comparison, rows) in zip(output.comparisons, comparisons) {
      let levels =
        comparison.convert == nil ? ReferenceLevels(of: comparison.reference, in: model, unit: output.unit) : nil
      let reference = model[comparison.reference].cells
      var seen: [[IndexID: Int]] = []
      for row in rows where !seen.contains(row.referenceLabels) {
        seen.append(row.referenceLabels)
        let name = ComparisonText.reference(comparison, row.referenceLabels, in: model)
        let at = cells.map { cell -> ReferenceLevels.Level? in
          let own = Dictionary(uniqueKeysWithValues: zip(space.indexes, space.positions(ofCell: cell)))
          // A label selected in the comparison takes precedence over the output's label.
          let all = own.merging(row.referenceLabels) { $1 }.merging(comparison.labels) { $1 }
          return levels?[reference.cell(at: reference.indexes.map { all[$0] ?? 0 })]
        }
        marks.append(ReferenceMark(name: name, look: marks.count, levels: at))
      }
    }
    return marks
  }
}
