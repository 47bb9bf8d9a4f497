import Evidence
import Modeling
import Simulation

/// Routes to one quantity: their estimates, their differences, and their pooled estimates.
struct RoutesSection {
  let result: ScenarioResult

  private var interval: IntervalWidth { result.model.settings.interval }

  var section: PageSection? {
    guard let evidence = result.evidence, !evidence.triangulations.isEmpty else { return nil }
    let lines = EvidenceLines(evidence: evidence, result: result, selection: .all, pointer: { $0 })
    let intro: Markup = """
      <p>Each route estimates the same quantity from different evidence. Routes are compared draw by draw, so an input \
      that two of them share is not counted twice. A pool combines them: as a mixture (linear), as a weighted \
      geometric mean (logarithmic), or with a variance between routes (hierarchical).</p>

      """
    return PageSection(
      id: "routes", title: "Routes",
      parts: evidence.triangulations.map { ("routes-\($0.triangulation.name)", $0.triangulation.name) },
      content: "\(intro)\(evidence.triangulations.map { part($0, lines) })")
  }

  private func part(_ compared: TriangulationResult, _ lines: EvidenceLines) -> Markup {
    let triangulation = compared.triangulation
    let space = triangulation.cells
    let unit = triangulation.unit.shown
    let shownOutputs = lines.shownOutputs(Array(compared.cells.indices), in: triangulation)
    let names = triangulation.routes.map(\.label) + triangulation.pools.map { "pool: \($0.rawValue)" }
    let columns =
      space.indexes.map { (name: result.model[$0].name, isNumeric: result.model[$0].isNumeric) }
      + names.map { (name: $0, isNumeric: true) }
    let rows = compared.cells.enumerated().map { position, cell in
      (result.model.labels(ofCell: position, in: space)
        + (cell.routes + cell.pools).map { EvidenceLines.interval($0, interval) })
        .map { Markup(escaping: $0) }
    }
    let table = PageTable(
      caption: "\(triangulation.name) by route: median and \(interval.text) interval\(unit.isEmpty ? "" : ", \(unit)")",
      columns: columns,
      rows: rows, headers: max(1, space.indexes.count))
    let sentences = shownOutputs.flatMap { lines.sentences(compared, $0) }
    let statements = Self.joined(sentences).map { "<li>\($0)</li>\n" as Markup }
    return """
      <section class="block" id="routes-\(triangulation.name)">
      <h3>\(triangulation.name)</h3>
      \(shownOutputs.isEmpty ? .none : chart(compared, cell: shownOutputs[shownOutputs.count / 2], names, unit))<ul>
      \(statements)</ul>
      \(table.markup)</section>

      """
  }

  /// Routes and pools of one cell on one axis.
  private func chart(_ compared: TriangulationResult, cell: Int, _ names: [String], _ unit: String) -> Markup {
    let labels = result.model.labels(ofCell: cell, in: compared.triangulation.cells).joined(separator: ",")
    let title = compared.triangulation.name + (labels.isEmpty ? "" : ", \(labels)")
    let summaries = compared.cells[cell].routes + compared.cells[cell].pools
    let chart = IntervalChart(
      rows: zip(names, summaries).map { name, summary in
        IntervalChart.Row(
          name: name,
          quantiles: [interval.probabilities.low, 0.25, 0.5, 0.75, interval.probabilities.high].map {
            summary.quantile($0)?.value ?? .nan
          },
          text: EvidenceLines.interval(summary, interval))
      }, references: [], unit: unit)
    return PageChart(
      name: "routes-\(compared.triangulation.name)",
      description:
        "\(title) by route and pool: medians, 50 % and \(interval.text) intervals; the table below has the numbers.",
      caption: "\(title): median, 50 % and \(interval.text) interval.", drawing: chart.drawing
    ).figure
  }

  /// Sentences that were wrapped for a screen, joined again: an indented line continues the sentence.
  private static func joined(_ lines: [String]) -> [String] {
    var sentences: [String] = []
    for line in lines {
      let text = line.drop { $0 == " " }
      let isNew = text.contains(": ") && text.first.map { $0.isNumber } == true
      if isNew || sentences.isEmpty {
        sentences.append(String(text))
      } else {
        sentences[sentences.count - 1] += " " + text
      }
    }
    return sentences
  }
}
