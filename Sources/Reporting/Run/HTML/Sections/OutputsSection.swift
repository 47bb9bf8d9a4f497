import Evidence
import Modeling
import Simulation
import TextFormats

/// Every output with its charts and statistics, each in a part that folds.
struct OutputsSection {
  let result: ScenarioResult

  var section: PageSection? {
    guard !result.outputs.isEmpty else { return nil }
    let model = result.model
    let names = result.outputs.map { (model[$0.output.quantity].name, model.title($0.output.quantity)) }
    var content = Markup.none
    for (position, output) in result.outputs.enumerated() {
      content += OutputPart(output: output, result: result, isOpen: position == 0).markup
    }
    return PageSection(
      id: "outputs", title: "Outputs", parts: names.map { ("output-\($0)", $1) }, content: content)
  }
}

/// One output.
struct OutputPart {
  let output: OutputResult
  let result: ScenarioResult
  let isOpen: Bool

  /// Maximum number of charts of one kind on a page; the table has all cells.
  private static let facetLimit = 12
  private static let intervalLimit = 24
  /// Maximum number of references in one chart; the comparisons have all.
  private static let referenceLimit = 6
  /// Maximum rows of a table; the files have all.
  private static let rowLimit = 400
  private static let rowsKept = 150

  private var model: Model { result.model }
  private var interval: IntervalWidth { model.settings.interval }
  private var quantity: Quantity { model[output.output.quantity] }
  private var layout: OutputLayout { OutputLayout(of: output, in: model) }

  var markup: Markup {
    let unit = isCondition ? "" : output.output.unit.shown
    let shown: Markup = unit.isEmpty ? .none : " <span class=\"unit\">\(unit)</span>"
    return """
      <details class="part" id="output-\(quantity.name)"\(isOpen ? " open" : .none)>
      <summary><h3>\(title)\(shown)</h3> <span class="gist">\(gist)</span></summary>
      \(statements)<div class="charts">
      \(charts.map(\.figure))\(table)</div>
      </details>

      """
  }

  /// The output in words, or its name.
  private var title: String { model.title(output.output.quantity) }

  /// The statistics of the default cell, shown next to the name while the part is folded.
  private var gist: Markup {
    let cell = layout.defaultCell
    let labels = model.wordsText(ofCell: cell, in: quantity.cells)
    let figures =
      isCondition
      ? "probability \(output.cells[cell].conditionText(in: output.output.unit))"
      : CellText(cell: output.cells[cell], interval, style: output.style(interval)).short
    return "\(labels.isEmpty ? "" : "\(labels): ")\(figures)"
  }

  private var isCondition: Bool { model.isCondition(output.output.quantity) }
  private var probabilities: ProbabilityParts { ProbabilityParts(output: output, model: model) }

  private var statements: Markup {
    let scope = output.output.scope.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    let tags: Markup =
      scope.isEmpty ? .none : "<p class=\"remark\"><b>Scope:</b> \(scope.joined(separator: ", "))</p>\n"
    let note: Markup = output.output.note.map { "<p class=\"remark\">\($0)</p>\n" } ?? .none
    let identifier: Markup =
      quantity.label == nil ? .none : "; its name in files and commands is <code>\(quantity.name)</code>"
    let kind: Markup = quantity.input == nil ? "its equation" : "its entry in the register"
    return
      "\(tags)\(note)\(ScenarioText.provenance(quantity.provenance))<p class=\"remark\"><a href=\"#q-\(quantity.name)\">See \(kind)</a>\(identifier)</p>\n"
  }

  // MARK: - Charts

  private var charts: [PageChart] {
    let layout = layout
    if isCondition { return [probabilities.conditionChart] }
    if layout.along != nil {
      let fans = layout.facets.prefix(Self.facetLimit).compactMap { fan(of: $0, isOnly: layout.facets.count == 1) }
      guard layout.facets.count == 1 else {
        return output.hasOutcomeTable ? fans + [probabilities.outcomeChart(of: layout.defaultCell)] : fans
      }
      // Outputs with references are shown at both ends and in the middle of the index, others only at its end.
      let isCompared = output.comparisons.contains { !$0.isEmpty }
      return fans + (isCompared ? layout.focus.reversed() : layout.focus.suffix(1)).compactMap(distribution)
    }
    if output.cells.count == 1 { return [distribution(of: 0)].compactMap(\.self) }
    return [intervals].compactMap(\.self)
      + (output.hasOutcomeTable ? [probabilities.outcomeChart(of: layout.defaultCell)] : [])
  }

  private func fan(of facet: OutputLayout.Facet, isOnly: Bool) -> PageChart? {
    guard let along = layout.along else { return nil }
    let alongName = along.title.map(DirectionalText.isolated) ?? along.name
    let points = facet.cells.compactMap { cell in
      layout.place(of: cell).map { place in
        let figures = CellText(cell: output.cells[cell], interval, style: output.style(interval))
        return FanChart.Point(
          x: place.number, label: place.label, quantiles: figures.fan,
          text: "\(place.label): \(output.output.withUnit(figures.short))")
      }
    }
    guard points.filter(\.isFinite).count > 1, points.count == facet.cells.count else { return nil }
    let marks = Array(output.referenceMarks(at: facet.cells, in: model).prefix(Self.referenceLimit))
    let chart = FanChart(
      points: points, references: marks, unit: output.output.unit.shown, interval: interval, isSmall: !isOnly)
    let of = ([title] + facet.labels).joined(separator: ", ")
    let ends = [points.first, points.last].compactMap(\.self).map(\.text).joined(separator: "; ")
    let held = marks.isEmpty ? "" : " Compared with \(marks.map(\.name).joined(separator: ", "))."
    let names = quantity.cells.indexes.filter { model[$0].name != along.name }.map { model.words($0) }
    let labels = zip(names, facet.labels).map { "\($0)=\($1)" }.joined(separator: ", ")
    let caption: Markup = isOnly ? "<b>\(of)</b> by \(alongName)." : "<b>\(labels)</b>"
    return PageChart(
      name: ([quantity.name] + facet.labels).joined(separator: "-"),
      description: "Fan chart of \(of) by \(alongName): median and 50 and \(interval.text) intervals. \(ends).\(held)",
      caption: caption
    ) { chart.drawing(width: $0) }
  }

  private func distribution(of cell: Int) -> PageChart? {
    // An output with few values has no density.
    if output.hasOutcomeTable { return probabilities.outcomeChart(of: cell) }
    let verdicts = zip(output.output.comparisons, output.comparisons).flatMap { comparison, rows in
      rows.filter { $0.cell == cell }.map {
        ComparisonVerdict(row: $0, comparison: comparison, output: output, result: result)
      }
    }
    let marks = output.referenceMarks(at: [cell], in: model)
    let comparisonMarks = verdicts.compactMap { verdict in
      marks.first { $0.name == verdict.reference }.map { mark in
        let ratio = verdict.hasRatio ? "\(verdict.ratio) times; " : ""
        return DistributionChart.ComparisonMark(mark: mark, text: "\(ratio)exceeding it: \(verdict.probability)")
      }
    }
    guard
      let chart = DistributionChart(
        of: output.cells[cell], unit: output.output.unit.shown, comparisonMarks: comparisonMarks)
    else {
      return nil
    }
    let labels = model.labels(ofCell: cell, in: quantity.cells)
    let of = model.title(output.output.quantity, cell: cell)
    let figures = CellText(cell: output.cells[cell], interval, style: output.style(interval))
    let held = verdicts.map { " \($0.sentence)." }.joined()
    return PageChart(
      name: ([quantity.name] + labels + ["distribution"]).joined(separator: "-"),
      description: """
        Density and cumulative curve of \(of): median \(output.output.withUnit(figures.median)), \(interval.text) interval \
        \(figures.interval).\(held)
        """,
      caption: "<b>\(of)</b>: density and cumulative probability; the dark area is the middle half of the draws."
    ) { chart.drawing(width: $0) }
  }

  private var intervals: PageChart? {
    let order = RowOrder(of: quantity.cells, in: model)
    let rows = order.cells.prefix(Self.intervalLimit).map { cell in
      let figures = CellText(cell: output.cells[cell], interval, style: output.style(interval))
      return IntervalChart.Row(
        name: model.words(ofCell: cell, in: quantity.cells).joined(separator: ", "), quantiles: figures.fan,
        text: figures.short)
    }
    guard rows.contains(where: { $0.quantiles.allSatisfy(\.isFinite) }) else { return nil }
    let marks = output.referenceMarks(at: [0], in: model).prefix(Self.referenceLimit)
    // A reference that differs between cells has no single position on the axis.
    let chart = IntervalChart(
      rows: rows, references: quantity.cells.count == 1 ? Array(marks) : [], unit: output.output.unit.shown)
    let more = quantity.cells.count - rows.count
    return PageChart(
      name: quantity.name,
      description: "Intervals of \(title): "
        + rows.map { "\($0.name) \($0.text)" }.joined(separator: "; ") + ".",
      caption:
        "<b>\(title)</b>: medians, 50 and \(interval.text) intervals.\(more > 0 ? " \(more) more cells in the table." : "")"
    ) { chart.drawing(width: $0) }
  }

  // MARK: - Figures

  private var table: Markup {
    let figures = isCondition ? probabilities.conditionTable : quantileTable
    let outcomes: Markup = !isCondition && output.hasOutcomeTable ? probabilities.outcomeTable : .none
    let isShown = isOpen || quantity.cells.indexes.isEmpty
    return
      "<details class=\"inner\"\(isShown ? " open" : .none)><summary>Table</summary>\n\(figures)\(outcomes)</details>\n"
  }

  /// Medians, intervals and means of all cells.
  private var quantileTable: Markup {
    let order = RowOrder(of: quantity.cells, in: model)
    let shown = Abbreviation(of: order.cells.count, limit: Self.rowLimit, keeping: Self.rowsKept)
    let unit = output.output.unit.shown
    let names = order.indexes.map { (name: model.words($0), isNumeric: model[$0].isNumeric) }
    let style = NumberStyle(of: shown.kept.flatMap { output.cells[order.cells[$0]].shownEstimates(interval) })
    let errors = NumberText.column(
      shown.kept.map { output.cells[order.cells[$0]].shownQuantile(0.5)?.error ?? .nan }, digits: 2)
    let rows = zip(shown.kept, errors).map { row, error -> [Markup] in
      let cell = order.cells[row]
      let positions = quantity.cells.positions(ofCell: cell)
      let labels = order.indexes.map { index -> Markup in
        guard let axis = quantity.cells.indexes.firstIndex(of: index) else { return .none }
        return Markup(escaping: model.words(index, at: positions[axis]))
      }
      let figures = CellText(cell: output.cells[cell], interval, style: style)
      return labels
        + [figures.median, figures.interval, figures.mean, error == "nan" ? "unknown" : error].map {
          Markup(escaping: $0)
        }
    }
    let columns = ["median", "\(interval.text) interval", "mean", "standard error of the median"].map {
      (name: $0, isNumeric: true)
    }
    let more: Markup =
      shown.omitted == 0
      ? .none : "<p class=\"remark\">\(shown.omitted) rows omitted; see summary.csv.</p>\n"
    let table = PageTable(
      caption: title + (unit.isEmpty ? "" : ", \(unit)"), columns: names + columns, rows: rows,
      headers: names.count)
    return table.markup + more
  }
}
