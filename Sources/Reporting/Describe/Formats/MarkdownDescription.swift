import Modeling
import TextFormats

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
  package static func text(of model: Model) -> String { page(of: model).text }

  private static func page(of model: Model) -> MarkdownText {
    let register = AssumptionRegister(of: model)
    var parts: [MarkdownText] = ["# \(model.title)"]
    if let about = model.about { parts.append(MarkdownText.lines(about.trimmedAtEnd)) }
    if !model.indexes.isEmpty {
      parts.append("## Indexes")
      parts.append(
        table(["index", "labels"], model.indexes.map { [cell($0.name), cell($0.labels.joined(separator: ", "))] }))
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
          sources.entries.map {
            [cell($0.year.map(String.init) ?? ""), cell($0.text), cell($0.names.joined(separator: ", "))]
          }))
    }
    if !sources.unstated.isEmpty {
      parts.append("Without a source: \(sources.unstated.joined(separator: ", ")).")
    }
    if !model.correlations.isEmpty {
      parts.append("## Correlations")
      parts.append(MarkdownText(separated: model.correlations.map { "- \($0)" as MarkdownText }, by: "\n"))
    }
    let graph = QuantityGraph(of: model)
    if !graph.equations.isEmpty {
      parts.append("## Equations")
      parts.append(
        table(
          ["name", "unit", "formula"],
          graph.equations.map {
            [
              cell(name($0.name, $0.indexes)), cell($0.unit),
              $0.formula.map { MarkdownText.code($0) } ?? "(its distribution's arguments)",
            ]
          }))
      parts.append(MarkdownText.fenced("mermaid", MermaidDescription.text(of: model)))
    }
    parts.append("## Outputs")
    parts.append(
      table(
        ["output", "unit", "scope", "compared with"],
        model.outputs.map { output in
          [
            cell(
              model[output.quantity].name
                + (model[output.quantity].label.map { ": \(DirectionalText.isolated($0))" } ?? "")),
            cell(output.unit.shown),
            cell(output.scope.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")),
            cell(output.comparisons.map(\.text).joined(separator: ", ")),
          ]
        }))
    if !model.verdicts.isEmpty {
      parts.append("## Verdicts")
      parts.append(
        table(
          ["output", "claim", "if", "then", "else", "certainty", "source"],
          model.verdicts.map { output, verdict in
            [
              cell(model[output].name), cell(verdict.claim), MarkdownText.code(verdict.conditionText),
              cell(verdict.word(for: .yes)), cell(verdict.word(for: .no)),
              cell(NumberText.significant(verdict.certainty * 100) + " %"),
              cell([verdict.source, verdict.url].compactMap(\.self).joined(separator: ", ")),
            ]
          }))
    }
    let evidence = EvidenceRegister(of: model)
    for total in model.latents {
      let register = LatentRegister(total, in: model)
      parts.append("## Latent total: \(model[total.quantity].name)")
      parts.append(cell(register.prior))
      if !total.routes.isEmpty { parts.append(table(["route", "formula"], register.routes.map { $0.map(cell) })) }
      if !total.figures.isEmpty {
        parts.append(table(LatentRegister.figureColumns.map(cell), register.figures.map { $0.map(cell) }))
      }
    }
    if !model.observations.isEmpty {
      parts.append("## Observations")
      parts.append(table(["observed", "measured", "source"], evidence.observationRows.map { $0.map(cell) }))
    }
    if !model.triangulations.isEmpty {
      parts.append("## Estimates by several routes")
      parts.append(
        table(["estimate", "unit", "routes", "pooled", "source"], evidence.estimateRows.map { $0.map(cell) }))
    }
    return MarkdownText(separated: parts, by: "\n\n") + "\n"
  }

  private static func rows(of assumption: AssumptionRegister.Assumption) -> [[MarkdownText]] {
    assumption.values.map { value in
      let statement = assumption.statement(for: value)
      let labels = value.labels.map(\.label)
      let statements = [
        assumption.label.map(DirectionalText.isolated), statement.source, statement.note.map { "note: \($0)" },
      ].compactMap { $0 }.joined(
        separator: "; ")
      return [name(assumption.name, labels), value.text, EvidenceBasis(statement).rawValue, statements, value.origin]
        .map(cell)
    }
  }

  private static func name(_ name: String, _ indexes: [String]) -> String {
    indexes.isEmpty ? name : "\(name)[\(indexes.joined(separator: ","))]"
  }

  private static func cell(_ plain: String) -> MarkdownText { MarkdownText(escaping: plain) }

  private static func table(_ header: [MarkdownText], _ rows: [[MarkdownText]]) -> MarkdownText {
    let body: [MarkdownText] = rows.map { "| \(MarkdownText(separated: $0, by: " | ")) |" }
    let rule: MarkdownText = "|\(header.map { _ in " --- |" as MarkdownText })"
    return MarkdownText(separated: ["| \(MarkdownText(separated: header, by: " | ")) |", rule] + body, by: "\n")
  }
}
