import Modeling
import Simulation

/// Tables of probabilities for a screen: conditions, and outputs with few values.
struct OutcomeTables {
  let model: Model
  /// The file with all rows, for tables that are cut.
  let fullTable: String?

  /// One row for each of some conditions without indexes.
  func conditions(_ outputs: [OutputResult], given posterior: [OutputResult]?) -> [String] {
    var table = TextTable()
    table.add("output", outputs.map { model.heading($0.output.quantity) }, .left)
    func column(_ outputs: [OutputResult]) -> [String] {
      outputs.map { output in output.cells.first.map { $0.conditionText(in: output.output.unit) } ?? "" }
    }
    table.add("probability", column(outputs), .right)
    if let posterior { table.add("posterior probability", column(posterior), .right) }
    return table.lines
  }

  /// One row for each cell of a condition over indexes.
  func condition(_ output: OutputResult, given posterior: OutputResult?) -> [String] {
    rows(of: output, heading: "\(model.heading(output.output.quantity)), probability") { cells, table in
      let unit = output.output.unit
      table.add("probability", cells.map { output.cells[$0].conditionText(in: unit) }, .right)
      if let posterior {
        table.add("posterior probability", cells.map { posterior.cells[$0].conditionText(in: unit) }, .right)
      }
    }
  }

  /// The outcomes of an output with few: a row for each value or, if there are several cells, a column for each.
  func outcomes(_ output: OutputResult, given posterior: OutputResult?) -> [String] {
    let unit = output.output.unit.shown
    let name = model.heading(output.output.quantity) + (unit.isEmpty ? "" : ", \(unit)")
    if output.cells.count == 1 {
      let groups = OutcomeGroups(of: output.cells + (posterior?.cells ?? []))
      var table = TextTable()
      table.add("value", groups.groups.map(\.text), .right)
      table.add("probability, %", groups.groups.map { groups.text($0, in: output.cells[0]) }, .decimal)
      if let posterior {
        table.add("posterior probability, %", groups.groups.map { groups.text($0, in: posterior.cells[0]) }, .decimal)
      }
      return ["\(name): the probability of each value"] + table.lines
    }
    let shown = posterior ?? output
    let groups = OutcomeGroups(of: shown.cells)
    let given = posterior == nil ? "" : ", given the observations"
    return rows(of: output, heading: "\(name): the probability of each value, %\(given)") { cells, table in
      for group in groups.groups {
        table.add(group.text, cells.map { groups.text(group, in: shown.cells[$0]) }, .decimal)
      }
    }
  }

  /// A table with a row for each cell; if there are many, only the first and the last.
  private func rows(
    of output: OutputResult, heading: String, columns: (_ cells: [Int], inout TextTable) -> Void
  ) -> [String] {
    let order = RowOrder(of: model[output.output.quantity].cells, in: model)
    let shown = Abbreviation(of: order.cells.count, limit: OutputTables.rowLimit, keeping: OutputTables.rowsKept)
    let cells = shown.kept.map { order.cells[$0] }
    var table = TextTable()
    order.addColumns(for: cells, resumingAt: shown.omitted > 0 ? shown.head.count : nil, to: &table)
    columns(cells, &table)
    var lines = table.lines
    if shown.omitted > 0 {
      lines.insert(
        "… \(shown.omitted) more rows" + (fullTable.map { ": see \($0)" } ?? ""), at: 1 + shown.head.count)
    }
    return [heading] + lines
  }
}
