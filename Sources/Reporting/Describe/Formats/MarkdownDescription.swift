import Modeling

/// The description as a Markdown page for a repository, a wiki or a paper's appendix: the register of assumptions,
/// sources, equations with their graph, outputs.
///
/// Tables and the fence `mermaid` are those of GitHub Flavored Markdown, https://github.github.com/gfm/
package enum MarkdownDescription: DescriptionFormat {
  /// `markdown`
  package static let name = "markdown"

  /// One line for help.
  package static let summary = "a page with the register, sources, equations and their graph"

  /// The page.
  package static func text(of model: Model) -> String {
    let register = AssumptionRegister(of: model)
    var parts = ["# \(escaped(model.title))"]
    if let about = model.about { parts.append(about.trimmedAtEnd) }
    if !model.indexes.isEmpty {
      parts.append("## Indexes")
      parts.append(table(["index", "labels"], model.indexes.map { [$0.name, $0.labels.joined(separator: ", ")] }))
    }
    for (title, isReference) in [("Inputs", false), ("References", true)] {
      let own = register.assumptions.filter { $0.isReference == isReference }
      if own.isEmpty { continue }
      parts.append("## \(title)")
      parts.append(table(["name", "value", "basis", "source", "origin"], own.flatMap(rows)))
    }
    let sources = SourceList(of: register)
    if !sources.entries.isEmpty {
      parts.append("## Sources, oldest first")
      parts.append(
        table(
          ["year", "source", "serves"],
          sources.entries.map { [$0.year.map(String.init) ?? "", $0.text, $0.names.joined(separator: ", ")] }))
    }
    if !sources.unstated.isEmpty {
      parts.append("Without a source: \(sources.unstated.joined(separator: ", ")).")
    }
    if !model.correlations.isEmpty {
      parts.append("## Correlations")
      parts.append(model.correlations.map { "- \(escaped($0))" }.joined(separator: "\n"))
    }
    let graph = QuantityGraph(of: model)
    if !graph.equations.isEmpty {
      parts.append("## Equations")
      parts.append(
        table(
          ["name", "unit", "formula"],
          graph.equations.map {
            [name($0.name, $0.indexes), $0.unit, $0.formula.map { "`\($0)`" } ?? "(its distribution's arguments)"]
          }))
      parts.append("```mermaid\n\(MermaidDescription.text(of: model))```")
    }
    parts.append("## Outputs")
    parts.append(
      table(
        ["output", "unit", "scope", "compared with"],
        model.outputs.map { output in
          [
            model[output.quantity].name, output.unit.shown,
            output.scope.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "),
            output.comparisons.map(\.text).joined(separator: ", "),
          ]
        }))
    if !model.verdicts.isEmpty {
      parts.append("## Verdicts")
      parts.append(
        table(
          ["output", "claim", "if", "then", "else", "certainty", "source"],
          model.verdicts.map { output, verdict in
            [
              model[output].name, verdict.claim, "`\(verdict.conditionText)`", verdict.word(for: .yes),
              verdict.word(for: .no), NumberText.significant(verdict.certainty * 100) + " %",
              [verdict.source, verdict.url].compactMap(\.self).joined(separator: ", "),
            ]
          }))
    }
    let evidence = EvidenceRegister(of: model)
    for total in model.latents {
      let register = LatentRegister(total, in: model)
      parts.append("## Latent total: \(escaped(model[total.quantity].name))")
      parts.append(escaped(register.prior))
      if !total.routes.isEmpty { parts.append(table(["route", "formula"], register.routes)) }
      if !total.figures.isEmpty { parts.append(table(LatentRegister.figureColumns, register.figures)) }
    }
    if !model.observations.isEmpty {
      parts.append("## Observations")
      parts.append(table(["observed", "measured", "source"], evidence.observationRows))
    }
    if !model.triangulations.isEmpty {
      parts.append("## Estimates by several routes")
      parts.append(table(["estimate", "unit", "routes", "pooled", "source"], evidence.estimateRows))
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func rows(of assumption: AssumptionRegister.Assumption) -> [[String]] {
    assumption.values.map { value in
      let statement = assumption.statement(for: value)
      let labels = value.labels.map(\.label)
      let statements = [statement.source, statement.note.map { "note: \($0)" }].compactMap { $0 }.joined(
        separator: "; ")
      return [name(assumption.name, labels), value.text, EvidenceBasis(statement).rawValue, statements, value.origin]
    }
  }

  private static func name(_ name: String, _ indexes: [String]) -> String {
    indexes.isEmpty ? name : "\(name)[\(indexes.joined(separator: ","))]"
  }

  private static func table(_ header: [String], _ rows: [[String]]) -> String {
    let body = rows.map { "| \($0.map(escaped).joined(separator: " | ")) |" }
    return (["| \(header.joined(separator: " | ")) |", "|\(header.map { _ in " --- |" }.joined())"] + body)
      .joined(separator: "\n")
  }

  /// Text of a scenario on one line, escaped so that it neither ends a field nor acts as markup outside code.
  private static func escaped(_ text: String) -> String {
    let line = ScreenText.onOneLine(text)
    if line.hasPrefix("`"), line.hasSuffix("`"), line.count > 2 { return line.replacing("|", with: "\\|") }
    var result = ""
    for character in line {
      if "\\`*_{}[]<>#|~".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
