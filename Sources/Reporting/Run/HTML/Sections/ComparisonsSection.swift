import Evidence
import Modeling
import Simulation

/// Every output with references: probabilities, ratios, and the periods in which it exceeds them.
struct ComparisonsSection {
  let result: ScenarioResult

  /// Maximum rows of a comparison, and the rows kept at either end of a longer one; the files have all.
  private static let rowLimit = 60
  private static let rowsKept = 12

  var section: PageSection? {
    let compared = result.outputs.filter { $0.comparisons.contains { !$0.isEmpty } }
    guard !compared.isEmpty else { return nil }
    let intro: Markup = """
      <p>Output and reference are divided draw by draw, so uncertainty that they share cancels in the ratio. The \
      probability is the share of draws in which the output exceeds the reference.</p>

      """
    return PageSection(
      id: "comparisons", title: "Comparisons",
      parts: compared.map { ("compared-\(name(of: $0))", title(of: $0)) },
      content: "\(intro)<div class=\"compared\">\(compared.map(part))</div>\n")
  }

  private func name(of output: OutputResult) -> String { result.model[output.output.quantity].name }

  private func title(of output: OutputResult) -> String { result.model.title(output.output.quantity) }

  private func part(of output: OutputResult) -> Markup {
    let model = result.model
    let space = model[output.output.quantity].cells
    let isScalar = space.indexes.isEmpty
    var groups: [(name: String?, rows: [[Markup]])] = []
    var exceedancePeriods: [ExceedancePeriod] = []
    var remarks: [String] = []
    var omitted = 0
    for (comparison, compared) in zip(output.output.comparisons, output.comparisons) where !compared.isEmpty {
      let shown = Abbreviation(of: compared.count, limit: Self.rowLimit, keeping: Self.rowsKept)
      omitted += shown.omitted
      for position in shown.kept {
        let verdict = ComparisonVerdict(row: compared[position], comparison: comparison, output: output, result: result)
        let texts =
          model.words(ofCell: compared[position].cell, in: space)
          + [verdict.hasRatio ? verdict.ratio : "none", verdict.hasRatio ? verdict.interval : "", verdict.probability]
        // An output with several cells has a group of rows for each reference, a scalar output one row.
        let name = isScalar ? nil : verdict.reference
        if !groups.contains(where: { $0.name == name }) { groups.append((name, [])) }
        let row = (isScalar ? [verdict.reference] : []) + texts
        if let group = groups.firstIndex(where: { $0.name == name }) {
          groups[group].rows.append(row.map { Markup(escaping: $0) })
        }
      }
      exceedancePeriods += ExceedancePeriod.all(of: compared, comparison, in: space, of: model)
      remarks += ComparisonRemarks(comparison: comparison, rows: compared, output: output, model: model).lines
    }
    let columns =
      (isScalar ? [(name: "reference", isNumeric: false)] : [])
      + space.indexes.map { (name: model.words($0), isNumeric: model[$0].isNumeric) }
      + ["ratio, median", "90 % interval", "probability of exceeding"].map { (name: $0, isNumeric: true) }
    let table = PageTable(
      caption: "\(title(of: output)) compared draw by draw", columns: columns, groups: groups,
      headers: max(1, space.indexes.count))
    if omitted > 0 { remarks.append("\(omitted) rows omitted; see comparisons.csv") }
    let statements = exceedancePeriods.map { "<li><strong>\($0.sentence)</strong></li>\n" as Markup }
    let further = remarks.map { "<li>\($0)</li>\n" as Markup }
    let list: Markup = statements.isEmpty && further.isEmpty ? .none : "<ul>\n\(statements)\(further)</ul>\n"
    return """
      <section class="block" id="compared-\(name(of: output))">
      <h3>\(title(of: output))</h3>
      \(list)\(table.markup)</section>

      """
  }
}
