import Analysis
import Modeling
import Simulation

/// What was changed, and what each change contributes.
extension ComparisonPage {
  /// The differing parts of the scenarios, with their contributions.
  var changes: PageSection? {
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
