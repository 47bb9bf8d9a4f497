import Analysis
import Modeling
import Simulation

/// Every common output in both scenarios: a chart and a table.
extension ComparisonPage {
  /// A part for each common output.
  var outputs: PageSection? {
    guard !groups.isEmpty else { return nil }
    let parts = groups.enumerated().map { position, group in part(group.output, group.cells, isOpen: position == 0) }
    return PageSection(
      id: "outputs", title: "Outputs",
      parts: groups.map { ("output-\(model[$0.output.quantity].name)", model.title($0.output.quantity)) },
      content: Markup(parts))
  }

  private func part(_ output: Output, _ cells: [ModelComparison.Cell], isOpen: Bool) -> Markup {
    let quantity = model[output.quantity]
    let unit = model.isCondition(output.quantity) ? "probability" : output.unit.shown
    let shown: Markup = unit.isEmpty ? .none : " <span class=\"unit\">\(unit)</span>"
    let figure = model.isCondition(output.quantity) ? Markup.none : chart(output, cells)?.figure ?? .none
    return """
      <details class="part" id="output-\(quantity.name)"\(isOpen ? " open" : .none)>
      <summary><h3>\(model.title(output.quantity))\(shown)</h3></summary>
      <div class="charts">
      \(figure)\(table(output, cells))</div>
      </details>

      """
  }

  /// Maximum number of rows of a table, and the rows kept at either end of a longer one; `compare.csv` has all.
  private static let rowLimit = 120
  private static let rowsKept = 40

  private func table(_ output: Output, _ cells: [ModelComparison.Cell]) -> Markup {
    let space = model[output.quantity].cells
    let cut = Abbreviation(of: cells.count, limit: Self.rowLimit, keeping: Self.rowsKept)
    let rows = cut.kept.map { position -> [Markup] in
      let cell = cells[position]
      return (model.words(ofCell: cell.a.cell, in: space) + fields(output, cell)).map { Markup(escaping: $0) }
    }
    let columns =
      model.isCondition(output.quantity)
      ? ["A", "B", "B - A, percentage points"]
      : [
        "A, median", "B, median", "B - A, median", "\(interval.text) interval", "B / A, median",
        "\(interval.text) interval",
        "B above A",
      ]
    let more: Markup =
      cut.omitted == 0 ? .none : "<p class=\"remark\">\(cut.omitted) rows omitted; see compare.csv.</p>\n"
    return PageTable(
      caption: "\(model.title(output.quantity)) in both scenarios",
      columns: space.indexes.map { (name: model.words($0), isNumeric: model[$0].isNumeric) }
        + columns.map { (name: $0, isNumeric: true) },
      rows: rows, headers: space.indexes.count
    ).markup + more
  }

  private func fields(_ output: Output, _ cell: ModelComparison.Cell) -> [String] {
    if model.isCondition(output.quantity) {
      let scale = 100 * output.unit.scale
      let mean = cell.difference.mean
      return [
        cell.inA.conditionText(in: output.unit), cell.inB.conditionText(in: output.unit),
        SweepScreen.signed(Estimate(mean.value * scale, error: mean.error * scale)),
      ]
    }
    func median(_ summary: CellSummary) -> String { CellText(cell: summary, interval).median }
    func ends(_ summary: CellSummary) -> String {
      summary.isConstant ? "constant" : CellText(cell: summary, interval).interval
    }
    let difference = cell.difference.shownQuantile(0.5).map { SweepScreen.signed($0) } ?? "none"
    return [
      median(cell.inA), median(cell.inB), difference, ends(cell.difference), median(cell.ratio), ends(cell.ratio),
      NumberText.probability(cell.exceeds, draws: cell.difference.draws - cell.difference.nonFinite),
    ]
  }

  /// Both scenarios along years, or their intervals one above the other.
  private func chart(_ output: Output, _ cells: [ModelComparison.Cell]) -> PageChart? {
    let space = model[output.quantity].cells
    let title = model.title(output.quantity)
    func fan(_ summary: CellSummary) -> [Double] { CellText(cell: summary, interval).fan }
    let description = "\(title) in both scenarios: medians and \(interval.text) intervals; the table has the numbers."
    if space.indexes.count == 1, let numbers = model[space.indexes[0]].numbers, cells.count > 1,
      cells.count == numbers.count
    {
      let points = cells.map { cell in
        FanChart.Point(
          x: numbers[cell.a.cell], label: model.words(space.indexes[0], at: cell.a.cell), quantiles: fan(cell.inB),
          text:
            "\(model.words(space.indexes[0], at: cell.a.cell)): \(CellText(cell: cell.inB, interval).short) in B, \(CellText(cell: cell.inA, interval).short) in A"
        )
      }
      guard points.filter(\.isFinite).count > 1 else { return nil }
      let first = ReferenceMark(
        name: "A: \(report.comparison.a.title)", look: 0,
        levels: cells.map { cell in
          let figures = fan(cell.inA)
          return figures.allSatisfy(\.isFinite)
            ? ReferenceLevels.Level(low: figures[0], median: figures[2], high: figures[4]) : nil
        })
      let chart = FanChart(
        points: points, references: [first], unit: output.unit.shown, interval: interval,
        seriesName: "B: \(report.comparison.b.title)")
      return PageChart(
        name: "\(model[output.quantity].name)-compared", description: description,
        caption: "<b>\(title)</b>: B as a fan, A as a line with its interval.", drawing: chart.drawing)
    }
    let rows = cells.prefix(12).flatMap { cell -> [IntervalChart.Row] in
      let labels = model.words(ofCell: cell.a.cell, in: space).joined(separator: ", ")
      return [("A", cell.inA), ("B", cell.inB)].map { side, summary in
        IntervalChart.Row(
          name: labels.isEmpty ? side : "\(labels), \(side)", quantiles: fan(summary),
          text: CellText(cell: summary, interval).short)
      }
    }
    guard rows.contains(where: { $0.quantiles.allSatisfy(\.isFinite) }) else { return nil }
    let chart = IntervalChart(rows: rows, references: [], unit: output.unit.shown)
    return PageChart(
      name: "\(model[output.quantity].name)-compared", description: description,
      caption: "<b>\(title)</b>: medians, 50 and \(interval.text) intervals.", drawing: chart.drawing)
  }
}
