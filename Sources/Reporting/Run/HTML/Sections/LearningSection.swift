import Evidence
import Modeling
import Simulation

/// What the observations reveal about the inputs: a table, and charts of prior and posterior.
struct LearningSection {
  let result: ScenarioResult

  /// Maximum number of inputs in the table.
  private static let mostRows = 20

  var section: PageSection? {
    guard let learning = result.evidence?.posterior?.learning else { return nil }
    let model = result.model
    let lines = LearningLines(learning: learning, model: model)
    let rows = lines.rows(limit: Self.mostRows).map { row in row.map { Markup(escaping: $0) } }
    let table =
      rows.isEmpty
      ? Markup.none
      : PageTable(
        caption: "Inputs before and after the observations, those about which most was learned first",
        columns: zip(LearningLines.columns, [false, false, true, true, true, true, true])
          .map { (name: $0, isNumeric: $1) },
        rows: rows
      ).markup
    let sentences = lines.sentences.map { "<p>\($0)</p>\n" as Markup }
    let charts = learning.marginals.compactMap { marginals -> PageChart? in
      let name = model.name(of: marginals.input)
      return Self.chart(
        file: "learned-\(model[marginals.input.quantity].name)-\(marginals.input.cell)", name: name,
        prior: marginals.prior, posterior: marginals.posterior, unit: model[marginals.input.quantity].unit.shown)
    }
    return PageSection(
      id: "learning", title: "What was learned about the inputs",
      content: """
        \(table)\(sentences)<p><code>learning.csv</code> has every input, <code>learned_correlations.csv</code> every \
        changed correlation.</p>
        <div class="charts">
        \(charts.map(\.figure))</div>

        """)
  }

  /// Prior and posterior of a value in one chart; nil if either has no width.
  static func chart(
    file: String, name: String, prior: CellSummary, posterior: CellSummary, unit: String
  ) -> PageChart? {
    OverlayChart(prior: prior, posterior: posterior, unit: unit).map { overlay in
      let (before, after) = (EvidenceLines.interval(prior), EvidenceLines.interval(posterior))
      return PageChart(
        name: file,
        description: "Density of \(name) before and after the observations: prior \(before), posterior \(after).",
        caption: "\(name): prior \(before), posterior \(after).", drawing: overlay.drawing)
    }
  }
}
