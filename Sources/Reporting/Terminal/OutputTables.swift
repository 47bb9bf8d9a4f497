import Modeling
import Simulation

/// The figures of outputs as tables for people: median and 90 % interval first, then the mean where it settles.
struct OutputTables {
  /// Tables with more rows than this are cut to their first and last ones.
  static let rowLimit = 40
  /// Rows kept at either end of a table that is cut.
  static let rowsKept = 10

  let result: RunResult
  /// The file that has all rows, for tables that are cut.
  let fullTable: String?

  /// The lines of all tables; consecutive outputs without indexes share one.
  var lines: [String] {
    var lines: [String] = []
    var scalars: [OutputResult] = []
    func finishScalars() {
      if !scalars.isEmpty { lines += table(ofScalars: scalars) + [""] }
      scalars = []
    }
    for output in result.outputs {
      if result.model[output.output.quantity].cells.indexes.isEmpty {
        scalars.append(output)
      } else {
        finishScalars()
        lines += table(of: output) + [""]
      }
    }
    finishScalars()
    return lines
  }

  private func table(ofScalars outputs: [OutputResult]) -> [String] {
    var table = TextTable()
    table.add("output", outputs.map { result.model[$0.output.quantity].name }, .left)
    table.add("unit", outputs.map(\.output.unit.text), .left)
    addFigures(of: outputs.compactMap(\.cells.first), to: &table)
    return table.lines
  }

  private func table(of output: OutputResult) -> [String] {
    let quantity = result.model[output.output.quantity]
    let order = RowOrder(of: quantity.cells, in: result.model)
    let shown = Abbreviation(of: order.cells.count, limit: Self.rowLimit, keeping: Self.rowsKept)
    let cells = shown.kept.map { order.cells[$0] }
    var table = TextTable()
    order.addColumns(for: cells, to: &table)
    addFigures(of: cells.map { output.cells[$0] }, to: &table)
    var lines = table.lines
    if shown.omitted > 0 {
      let pointer = fullTable.map { ": see \($0)" } ?? ""
      lines.insert("… \(shown.omitted) more rows\(pointer)", at: 1 + shown.head.count)
    }
    return ["\(quantity.name), \(output.output.unit.text)"] + lines
  }

  private func addFigures(of cells: [CellSummary], to table: inout TextTable) {
    func quantiles(_ probability: Double) -> [String] {
      TextTable.alignedAtPoint(cells.map { $0.quantile(probability).map { NumberText.estimate($0) } ?? "" })
    }
    table.add("median", quantiles(0.5), .left)
    table.add("90 % interval", zip(quantiles(0.05), quantiles(0.95)).map { "\($0) to \($1)" }, .left)
    table.add(
      "mean", cells.map { $0.momentWarning == nil ? NumberText.estimate($0.mean) : "does not settle" }, .decimal)
  }
}
