import Modeling
import Simulation

/// The parts of a page on outputs that are conditions or take few values: bars and tables of probabilities.
struct ProbabilityParts {
  let output: OutputResult
  let model: Model

  /// Maximum number of bars in a chart and rows in a table; the files have all.
  private static let barLimit = 24
  private static let rowLimit = 400
  private static let rowsKept = 150

  private var quantity: Quantity { model[output.output.quantity] }
  private var title: String { model.title(output.output.quantity) }

  // MARK: - Conditions

  /// The probability of a condition in each cell, as bars.
  var conditionChart: PageChart {
    let order = RowOrder(of: quantity.cells, in: model)
    let rows = order.cells.prefix(Self.barLimit).map { cell in
      ProbabilityChart.Row(
        name: model.words(ofCell: cell, in: quantity.cells).joined(separator: ", "),
        probability: output.cells[cell].conditionProbability(in: output.output.unit).value,
        text: output.cells[cell].conditionText(in: output.output.unit))
    }
    let more = quantity.cells.count - rows.count
    return chart(
      rows, name: quantity.name, of: title,
      caption:
        "<b>\(title)</b>: the probability that it holds.\(more > 0 ? " \(more) more cells in the table." : "")")
  }

  /// The probability of a condition in each cell, as a table.
  var conditionTable: Markup {
    table(
      caption: "\(title): the probability that it holds", columns: ["probability", "standard error"],
      file: "outcomes.csv"
    ) { cell in
      let probability = output.cells[cell].conditionProbability(in: output.output.unit)
      return [output.cells[cell].probabilityText(probability), Self.error(probability)]
    }
  }

  /// A standard error in percent, to two digits.
  private static func error(_ probability: Estimate) -> String {
    probability.error.isFinite ? "\(NumberText.significant(100 * probability.error, digits: 2)) %" : "unknown"
  }

  // MARK: - Outcomes

  /// The outcomes of one cell, as bars.
  func outcomeChart(of cell: Int) -> PageChart {
    let summary = output.cells[cell]
    let groups = OutcomeGroups(of: [summary], limit: Self.barLimit)
    let rows = groups.groups.map { group in
      let probability = groups.probability(group, in: summary)
      return ProbabilityChart.Row(
        name: group.text, probability: probability.value, text: summary.probabilityText(probability))
    }
    let name = model.title(output.output.quantity, cell: cell)
    let unit = output.output.unit.shown
    return chart(
      rows,
      name: ([quantity.name] + model.labels(ofCell: cell, in: quantity.cells) + ["outcomes"]).joined(separator: "-"),
      of: name,
      caption: "<b>\(name)</b>\(unit.isEmpty ? "" : ", \(unit)"): the probability of each value.")
  }

  /// The outcomes of all cells: a row for each value of a scalar, or a row for each cell with a column for each value.
  var outcomeTable: Markup {
    let unit = output.output.unit.shown
    let caption = "\(title)\(unit.isEmpty ? "" : ", \(unit)"): the probability of each value"
    let groups = OutcomeGroups(of: output.cells)
    guard quantity.cells.count > 1 else {
      let summary = output.cells[0]
      let rows = groups.groups.map { group -> [Markup] in
        let probability = groups.probability(group, in: summary)
        return [group.text, summary.probabilityText(probability), Self.error(probability)].map { Markup(escaping: $0) }
      }
      return PageTable(
        caption: caption, columns: [("value", true), ("probability", true), ("standard error", true)], rows: rows
      ).markup
    }
    return table(caption: "\(caption), %", columns: groups.groups.map(\.text), file: "outcomes.csv") { cell in
      groups.groups.map { groups.text($0, in: output.cells[cell]) }
    }
  }

  // MARK: - Parts

  private func chart(_ rows: [ProbabilityChart.Row], name: String, of: String, caption: Markup) -> PageChart {
    let chart = ProbabilityChart(rows: rows)
    return PageChart(
      name: name,
      description: "Probabilities of \(of): "
        + rows.map { $0.name.isEmpty ? $0.text : "\($0.name) \($0.text)" }.joined(separator: "; ") + ".",
      caption: caption
    ) { chart.drawing(width: $0) }
  }

  /// A table with a row for each cell; if there are very many, only the first and the last.
  private func table(
    caption: String, columns: [String], file: String, _ fields: (_ cell: Int) -> [String]
  ) -> Markup {
    let order = RowOrder(of: quantity.cells, in: model)
    let shown = Abbreviation(of: order.cells.count, limit: Self.rowLimit, keeping: Self.rowsKept)
    let rows = shown.kept.map { row -> [Markup] in
      let positions = quantity.cells.positions(ofCell: order.cells[row])
      let labels = order.indexes.map { index in
        quantity.cells.indexes.firstIndex(of: index).map { model.words(index, at: positions[$0]) } ?? ""
      }
      return (labels + fields(order.cells[row])).map { Markup(escaping: $0) }
    }
    let more: Markup =
      shown.omitted == 0
      ? .none : "<p class=\"remark\">\(shown.omitted) rows omitted; see \(file).</p>\n"
    return PageTable(
      caption: caption,
      columns: order.indexes.map { (name: model.words($0), isNumeric: model[$0].isNumeric) }
        + columns.map { (name: $0, isNumeric: true) }, rows: rows, headers: order.indexes.count
    ).markup + more
  }
}
