import Modeling
import Units

/// The register of assumptions: every value of the scenario, with its chart, source and origin.
struct RegisterSection {
  let model: Model

  /// Inputs with more values than the first limit are folded; those with more than the second show only the ends.
  private static let openLimit = 4
  private static let valueLimit = 60
  private static let valuesKept = 20

  var section: PageSection? {
    let register = AssumptionRegister(of: model)
    guard !register.assumptions.isEmpty else { return nil }
    let inputs = register.assumptions.filter { !$0.isReference }
    let references = register.assumptions.filter(\.isReference)
    var content = summary(of: register) + Self.search
    var parts: [(id: String, name: String)] = []
    for (id, name, assumptions) in [("inputs", "Inputs", inputs), ("references", "References", references)]
    where !assumptions.isEmpty {
      parts.append((id, name))
      content += """
        <section class="block" id="\(id)"><h3>\(name)</h3>
        <ul class="register">
        \(assumptions.map(item))</ul></section>

        """
    }
    if !model.correlations.isEmpty {
      parts.append(("correlations", "Correlations"))
      content += """
        <section class="block" id="correlations"><h3>Correlations</h3>
        <ul>\(model.correlations.map { "<li><code>\($0)</code></li>\n" as Markup })</ul></section>

        """
    }
    return PageSection(id: "register", title: "Assumptions", parts: parts, content: content)
  }

  /// The number of values, and how many of them have a source.
  private func summary(of register: AssumptionRegister) -> Markup {
    let values = register.assumptions.flatMap { assumption in
      assumption.values.map { $0.provenance.source ?? assumption.provenance.source }
    }
    let unsourced = values.filter { $0 == nil }.count
    let judged = values.compactMap(\.self).filter { $0.lowercased().contains("judgement") }.count
    var text = "\(values.count) \(values.count == 1 ? "value" : "values"): "
    text += "\(values.count - unsourced - judged) with a source, \(judged) with judgement among their sources, "
    text +=
      "\(unsourced) without a source. The small charts show each distribution's density from its 0.5th to its 99.5th percentile."
    return "<p>\(text)</p>\n"
  }

  /// A search field for names, values and sources, shown by the page's script.
  private static let search: Markup = """
    <p class="search" hidden><label>Find in the register <input type="search" id="register-search"></label></p>

    """

  private func item(_ assumption: AssumptionRegister.Assumption) -> Markup {
    guard let id = model.quantity(named: assumption.name), let input = model[id].input else { return .none }
    let indexes = assumption.indexes.isEmpty ? "" : "[\(assumption.indexes.joined(separator: ", "))]"
    let unit: Markup =
      assumption.unit == Unit.one.text ? .none : " <span class=\"unit\">\(assumption.unit)</span>"
    let dependence = assumption.dependence.map { "\($0.text) across \($0.index)" }
    let scope = assumption.scope.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    let further = dependence + scope
    let statements: Markup = further.isEmpty ? .none : "<p class=\"remark\">\(further.joined(separator: "; "))</p>"
    return """
      <li id="q-\(assumption.name)"><h4>\(assumption.name)<span class="unit">\(indexes)</span>\(unit)</h4>
      \(ScenarioText.label(of: model[id]))\(values(of: assumption, input))\(statements)\(ScenarioText.provenance(assumption.provenance))</li>

      """
  }

  private func values(of assumption: AssumptionRegister.Assumption, _ input: Input) -> Markup {
    let shown = Abbreviation(of: assumption.values.count, limit: Self.valueLimit, keeping: Self.valuesKept)
    var items = Markup.none
    let texts = assumption.shownTexts
    for (row, position) in shown.kept.enumerated() {
      if row == shown.head.count, shown.omitted > 0 {
        items += "<li class=\"remark\">… \(shown.omitted) more: loadcast describe --json lists all</li>\n"
      }
      items += value(assumption.values[position], texts[position], input.supportPoints[position], input)
    }
    let list: Markup = "<ul class=\"values\">\n\(items)</ul>\n"
    guard assumption.values.count > Self.openLimit else { return list }
    return "<details class=\"inner\"><summary>\(assumption.values.count) values</summary>\n\(list)</details>\n"
  }

  private func value(
    _ value: AssumptionRegister.Value, _ text: String, _ supportPoint: SupportPoint, _ input: Input
  ) -> Markup {
    let labels = value.labels.map(\.label).joined(separator: ", ")
    let name: Markup = labels.isEmpty ? .none : "<b>\(labels)</b> "
    let chart = DensityChart.markup(of: supportPoint, in: input) ?? "<span class=\"distribution\"></span>"
    return """
      <li>\(chart)<div>\(name)<code>\(text)</code> <span class="origin">\(value.origin)</span>\
      \(ScenarioText.provenance(value.provenance))</div></li>

      """
  }
}
