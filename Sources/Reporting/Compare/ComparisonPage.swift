import Analysis
import Modeling
import Simulation
import TextFormats

/// A comparison of two scenarios as one page, in the style of a run's report: the difference in a sentence, every common
/// output of both, the changes and what each contributes.
struct ComparisonPage {
  let report: ComparisonReport

  /// The whole page.
  var html: Markup {
    let (a, b) = (report.comparison.a, report.comparison.b)
    let settings = a.settings
    let title = a.title == b.title ? "\(a.title): two versions compared" : "\(b.title), compared with \(a.title)"
    return PageShell(
      title: title,
      header: """
        \(headline)<p class="made">\(NumberText.draws(settings.draws, "paired ")), seed \(String(settings.seed)), design \
        \(settings.design)</p>
        """,
      sections: [scenarios, outputs, changes].compactMap(\.self)
    ).html
  }

  private var model: Model { report.model }
  private var interval: IntervalWidth { model.settings.interval }

  /// The cells of each common output, in the first scenario's order.
  private var groups: [(output: Output, cells: [ModelComparison.Cell])] {
    model.outputs.indices.compactMap { position in
      let cells = report.cells.filter { $0.a.output == position }
      return cells.isEmpty ? nil : (model.outputs[position], cells)
    }
  }

  // MARK: - Headline

  /// The first output's default cell: how much higher or lower it is in the second scenario.
  private var headline: Markup {
    guard let (output, cells) = groups.first else { return .none }
    let wanted = model.defaultCell(of: output.quantity)
    guard let cell = cells.first(where: { $0.a.cell == wanted }) ?? cells.last else { return .none }
    let name = model.phrase(output.quantity, cell: cell.a.cell)
    if model.isCondition(output.quantity) {
      return """
        <p class="headline">The second scenario puts the probability of \(name) at \
        <strong>\(cell.inB.conditionText(in: output.unit))</strong>, the first at \
        <strong>\(cell.inA.conditionText(in: output.unit))</strong>.</p>

        """
    }
    guard let ratio = cell.ratio.shownQuantile(0.5), ratio.value.isFinite, ratio.value > 0 else { return .none }
    if cell.difference.isConstant, cell.difference.max == 0 {
      return "<p class=\"headline\">Both scenarios give the same value of \(name).</p>\n"
    }
    let text = CellText(cell: cell.ratio, interval)
    let change = abs(ratio.value - 1) * 100
    let (words, conjunction) =
      change < 100
      ? ("\(NumberText.significant(change, digits: 2)) % \(ratio.value > 1 ? "higher" : "lower")", "than")
      : ("\(text.median) times as high", "as")
    let range = cell.ratio.isConstant ? "" : " (ratio \(text.interval), \(interval.text) interval)"
    return """
      <p class="headline">The second scenario puts \(name) <strong>\(words)</strong> \(conjunction) the first\(range).</p>

      """
  }

  // MARK: - Sections

  private var scenarios: PageSection {
    let sides = [("A", report.comparison.a, report.names.a), ("B", report.comparison.b, report.names.b)]
    let rows = sides.map { side, model, path -> [Markup] in
      ["<b>\(side)</b>", "\(model.title)", "\(TerminalText.path(path))", "<code class=\"long\">\(model.digest)</code>"]
    }
    let table = PageTable(
      caption: "The scenarios",
      columns: [("scenario", false), ("title", false), ("file", false), ("digest of files and flags", false)],
      rows: rows)
    let unmatched = [("A", report.comparison.unmatched.a), ("B", report.comparison.unmatched.b)]
      .filter { !$0.1.isEmpty }.map { side, names -> Markup in
        let cut = Abbreviation(of: names.count, limit: 12, keeping: 5)
        let more = cut.omitted > 0 ? " and \(cut.omitted) more" : ""
        return "<p class=\"remark\">Only in \(side): \(cut.kept.map { names[$0] }.joined(separator: ", "))\(more)</p>\n"
      }
    return PageSection(
      id: "scenarios", title: "Scenarios",
      content: """
        <p>Both scenarios are computed on the same random numbers, so that a difference is due to what was changed and not \
        to chance.</p>
        \(table.markup)\(unmatched)
        """)
  }

  private var outputs: PageSection? {
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

  // MARK: - Changes

  private var changes: PageSection? {
    if report.parts.isEmpty {
      return PageSection(
        id: "changes", title: "Changes",
        content: "<p>The scenarios do not differ in anything that affects the results.</p>\n")
    }
    let list: Markup = """
      <ul>
      \(report.parts.map { "<li>\($0.text) <span class=\"unit\">\($0.kind)</span></li>\n" as Markup })</ul>

      """
    let problem: Markup =
      report.attributionProblem.map { "<p>The difference could not be attributed: \($0)</p>\n" } ?? .none
    let tables = shownAttributions.map(table)
    let way: Markup =
      tables.isEmpty
      ? .none
      : "<p>Contributions are Shapley values: averages over the orders of the changes. They add up to the difference of the means.</p>\n"
    return PageSection(
      id: "changes", title: "Changes",
      content:
        "\(problem)\(way)\(tables)<details class=\"inner\"\(tables.isEmpty ? " open" : .none)><summary>All changes</summary>\n\(list)</details>\n"
    )
  }

  /// One attribution for each output: that of its default cell, or of the last that both scenarios have.
  private var shownAttributions: [ModelComparison.Attribution] {
    var shown: [Int: ModelComparison.Attribution] = [:]
    for attribution in report.attributions {
      let standing = model.defaultCell(of: report.output(attribution.output).quantity)
      if shown[attribution.output]?.cell != standing { shown[attribution.output] = attribution }
    }
    return shown.sorted { $0.key < $1.key }.map(\.value)
  }

  private func table(_ attribution: ModelComparison.Attribution) -> Markup {
    let output = report.output(attribution.output)
    let name = model.title(output.quantity, cell: attribution.cell)
    let unit = output.unit.shown
    let cell = report.cells.first { $0.a == (attribution.output, attribution.cell) }
    guard cell?.difference.isMeanStable != false else {
      return "<p>The difference of \(name) is not attributed: the mean is not stable.</p>\n"
    }
    let total = attribution.total
    let sorted = attribution.contributions.sorted { $0.value.value.magnitude > $1.value.value.magnitude }
    var rows = sorted.prefix(20).map { contribution -> [String] in
      let share = contribution.value.value / total.value
      let hasShare = share.isFinite && total.value.magnitude > 3 * total.error
      return [
        report.parts[contribution.part].text, report.parts[contribution.part].kind,
        SweepScreen.signed(contribution.value), hasShare ? NumberText.significant(share * 100, digits: 2) + " %" : "",
      ]
    }
    rows.append(["total", "", SweepScreen.signed(total), ""])
    return PageTable(
      caption: "Contributions to the difference of means of \(name)\(unit.isEmpty ? "" : ", \(unit)")",
      columns: [("change", false), ("kind", false), ("contribution", true), ("share", true)],
      rows: rows.map { $0.map { Markup(escaping: $0) } }
    ).markup
  }
}
