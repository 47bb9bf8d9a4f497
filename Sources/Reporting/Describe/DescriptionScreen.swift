import Modeling
import TextFormats
import Units

/// The screen of `describe`: the register of assumptions and the graph of equations.
package struct DescriptionScreen {
  /// Inputs with more values than this are cut to their first and last ones.
  static let valueLimit = 24
  /// Values kept at either end of an input that is cut.
  static let valuesKept = 5

  private let model: Model
  private let register: AssumptionRegister
  private let graph: QuantityGraph
  private let sources: SourceList

  /// The description of a model.
  package init(of model: Model) {
    self.model = model
    register = AssumptionRegister(of: model)
    graph = QuantityGraph(of: model)
    sources = SourceList(of: register)
  }

  /// The screen, ended by a newline.
  package var text: String {
    var sections = [[model.title] + (model.about.map { ["", $0.trimmedAtEnd] } ?? [])]
    if !model.indexes.isEmpty { sections.append(["Indexes"] + indexes) }
    let inputs = register.assumptions.filter { !$0.isReference }
    let references = register.assumptions.filter(\.isReference)
    if !inputs.isEmpty { sections.append(["Inputs"] + table(of: inputs)) }
    if !references.isEmpty { sections.append(["References"] + table(of: references)) }
    if !sources.entries.isEmpty || !sources.unstated.isEmpty {
      sections.append(["Sources, oldest first"] + sourceLines)
    }
    if !model.correlations.isEmpty { sections.append(["Correlations"] + correlations) }
    if !graph.equations.isEmpty { sections.append(["Equations"] + equations) }
    sections.append(["Outputs"] + outputs)
    if !verdicts.isEmpty { sections.append(["Verdicts"] + verdicts) }
    if !evidence.isEmpty { sections.append(["Evidence"] + evidence) }
    sections.append(["Run"] + settings)
    return sections.map(ScreenText.of).joined(separator: "\n")
  }

  private var correlations: [String] {
    let repairs = RepairDescription(model: model).lines(limit: 24, others: "--json lists all")
    return (model.correlations + repairs).map { "  \($0)" }
  }

  private var indexes: [String] {
    var table = TextTable()
    table.add("  name", model.indexes.map { "  \($0.name)" }, .left)
    table.add("labels", model.indexes.map { "\($0.labels.count)" }, .right)
    table.add(
      "",
      model.indexes.map { index in
        let shown = Abbreviation(of: index.labels.count, limit: 12, keeping: 3)
        let head = index.labels[shown.head].joined(separator: ", ")
        return shown.omitted == 0 ? head : "\(head), … \(index.labels[shown.tail].joined(separator: ", "))"
      }, .left)
    return table.lines
  }

  private func table(of assumptions: [AssumptionRegister.Assumption]) -> [String] {
    var rows: [(name: String, value: String, unit: String, origin: String, source: String)] = []
    for assumption in assumptions {
      let shown = Abbreviation(of: assumption.values.count, limit: Self.valueLimit, keeping: Self.valuesKept)
      let texts = assumption.shownTexts
      for (row, position) in shown.kept.enumerated() {
        if row == shown.head.count, shown.omitted > 0 {
          rows.append(("  …", "\(shown.omitted) more: --format csv lists all", "", "", ""))
        }
        let value = assumption.values[position]
        let labels = value.labels.map(\.label).joined(separator: ",")
        let statements = row == 0 ? Self.statements(of: assumption) : []
        rows.append(
          (
            "  " + assumption.name + (labels.isEmpty ? "" : "[\(labels)]"), texts[position],
            assumption.unit == Unit.one.text ? "" : assumption.unit, value.origin,
            (statements + Self.statements(value.provenance)).joined(separator: "; ")
          ))
      }
    }
    var table = TextTable()
    table.add("  name", rows.map(\.name), .left)
    table.add("value", rows.map(\.value), .left)
    table.add("unit", rows.map(\.unit), .left)
    table.add("origin", rows.map(\.origin), .left)
    table.add("source", rows.map(\.source), .left)
    return table.lines
  }

  private static func statements(of assumption: AssumptionRegister.Assumption) -> [String] {
    let dependence = assumption.dependence.map { "\($0.text) across \($0.index)" }
    let scope = assumption.scope.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    return (assumption.label.map { [DirectionalText.isolated($0)] } ?? []) + statements(assumption.provenance)
      + dependence + scope
  }

  private static func statements(_ provenance: Provenance) -> [String] {
    [
      provenance.source, provenance.note.map { "note: \($0)" }, provenance.quality.map { "quality: \($0)" },
      provenance.disclosableBy.map { "disclosable by \($0)" },
    ].compactMap { $0 }
  }

  /// The sources to check again, oldest first; then the values based on judgement or without a source.
  private var sourceLines: [String] {
    let dated = sources.entries.filter { $0.evidenceBasis == .source }
    let shown = Abbreviation(of: dated.count, limit: Self.valueLimit, keeping: Self.valuesKept * 2)
    var lines: [String] = []
    for (row, position) in shown.kept.enumerated() {
      if row == shown.head.count, shown.omitted > 0 {
        lines.append("  …     \(shown.omitted) more: --format markdown lists all")
      }
      let entry = dated[position]
      let year = entry.year.map(String.init) ?? "    "
      lines += Self.listed("  \(year)  ", "\(ScreenText.onOneLine(entry.text)): ", entry.names)
    }
    var seen: Set<String> = []
    let judged = sources.entries.filter { $0.evidenceBasis == .judgement }.flatMap(\.names)
      .filter { seen.insert($0).inserted }
    if !judged.isEmpty { lines += Self.listed("  ", "Based wholly or partly on judgement: ", judged) }
    if !sources.unstated.isEmpty { lines += Self.listed("  ", "No source: ", sources.unstated) }
    return lines
  }

  /// Names after a text, on as many lines as needed.
  private static func listed(_ margin: String, _ text: String, _ names: [String]) -> [String] {
    let indent = String(repeating: " ", count: margin.count)
    return ScreenText.wrapped(text + names.joined(separator: ", ")).enumerated().map { line, words in
      (line == 0 ? margin : indent) + words
    }
  }

  private var equations: [String] {
    graph.equations.flatMap { node in
      let indexes = node.indexes.isEmpty ? "" : "[\(node.indexes.joined(separator: ","))]"
      let unit = node.unit == Unit.one.text ? "" : ", \(node.unit)"
      let head = "  \(node.name)\(indexes)\(unit)" + (node.isOutput ? ", output" : "")
      let formula = node.formula.map { ["    = \($0)"] } ?? []
      let uses = node.uses.isEmpty ? [] : ["    uses \(node.uses.joined(separator: ", "))"]
      return [head] + formula + uses
    }
  }

  private var outputs: [String] {
    model.outputs.map { output in
      let scope = output.scope.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      let compared = output.comparisons.map(\.text).joined(separator: ", ")
      let parts = [model.heading(output.quantity), output.unit.shown].filter { !$0.isEmpty } + scope
      return "  " + parts.joined(separator: ", ") + (compared.isEmpty ? "" : ", compared with \(compared)")
    }
  }

  private var verdicts: [String] {
    model.verdicts.flatMap { output, verdict in
      let certainty = NumberText.significant(verdict.certainty * 100)
      return ScreenText.wrapped("\(model[output].name): \(verdict.claim)", width: 98).map { "  " + $0 } + [
        "    if \(verdict.conditionText) (\(certainty) %)", "    then \(verdict.word(for: .yes))",
        "    else \(verdict.word(for: .no))",
      ]
    }
  }

  private var evidence: [String] {
    let observed = model.observations.map {
      "  \($0.text) measured as \($0.distributionText)" + Self.aside($0.provenance)
    }
    let estimated = model.triangulations.map { triangulation in
      let routes = triangulation.routes.map { EvidenceRegister.text(of: $0, in: model) }.joined(separator: ", ")
      let unit = triangulation.unit.shown.isEmpty ? "" : ", \(triangulation.unit.shown),"
      return "  \(triangulation.name)\(unit) by \(routes); pooled: "
        + triangulation.pools.map(\.rawValue).joined(separator: ", ") + Self.aside(triangulation.provenance)
    }
    let latent = model.latents.flatMap { LatentRegister($0, in: model).lines.map { "  " + $0 } }
    return latent + observed + estimated
  }

  private static func aside(_ provenance: Provenance) -> String {
    statements(provenance).map { "; \($0)" }.joined()
  }

  private var settings: [String] {
    let settings = model.settings
    return [
      ("draws", NumberText.count(settings.draws)), ("seed", "\(settings.seed)"), ("design", settings.design),
    ].map { key, value in "  \(key) \(value) (\(settings.origins[key]?.text ?? Origin.builtIn.text))" }
  }
}
