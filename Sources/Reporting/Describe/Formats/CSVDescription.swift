import Modeling

/// The register of assumptions as a tidy table: one row per value, with its source.
///
/// Columns: name, kind (`input`, `reference`, `observation` or `figure`), unit, a column for each index (blank if a value applies to all
/// labels), value as written, basis (`judgement`, `source`, `unstated`), source_year (the latest year that the source
/// names), source, note, quality, disclosable_by, dependence, scope, origin. RFC 4180;
/// text that a spreadsheet would run as a formula begins with an apostrophe.
package enum CSVDescription: DescriptionFormat {
  /// `csv`
  package static let name = "csv"

  /// One line for help.
  package static let summary = "the register of assumptions as a table"

  private static let own = [
    "value", "basis", "source_year", "source", "note", "quality", "disclosable_by", "dependence", "scope", "origin",
  ]

  /// The table.
  package static func text(of model: Model) -> String {
    SpreadsheetText(separated: records(of: model).map(SpreadsheetText.record), by: "").text
  }

  /// The header and the rows, in which nothing is escaped.
  static func records(of model: Model) -> [[String]] {
    let register = AssumptionRegister(of: model)
    let used = Set(register.assumptions.flatMap { $0.values.flatMap { $0.labels.map(\.index) } })
    let indexes = model.indexes.map(\.name).filter(used.contains).sorted()
    let first = ["name", "kind", "unit"]
    // An index may have the same name as another column.
    let headers = indexes.map { (first + own).contains($0) ? "\($0)_label" : $0 }
    var records = [first + headers + own]
    for assumption in register.assumptions {
      let dependence = assumption.dependence.map { "\($0.index): \($0.text)" }.joined(separator: "; ")
      let scope = assumption.scope.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "; ")
      for value in assumption.values {
        let labels = Dictionary(value.labels.map { ($0.index, $0.label) }) { first, _ in first }
        let statement = assumption.statement(for: value)
        let year = statement.source.flatMap(EvidenceBasis.year).map(String.init) ?? ""
        records.append(
          [assumption.name, assumption.isReference ? "reference" : "input", assumption.unit]
            + indexes.map { labels[$0] ?? "" }
            + [
              value.text, EvidenceBasis(statement).rawValue, year, statement.source ?? "", statement.note ?? "",
              statement.quality ?? "", statement.disclosableBy ?? "", dependence, scope, value.origin,
            ])
      }
    }
    for observation in model.observations {
      let statement = observation.provenance
      let year = statement.source.flatMap(EvidenceBasis.year).map(String.init) ?? ""
      records.append(
        [observation.text, "observation", observation.unit.shown] + indexes.map { _ in "" }
          + [
            observation.distributionText, EvidenceBasis(statement).rawValue, year, statement.source ?? "",
            statement.note ?? "", statement.quality ?? "", statement.disclosableBy ?? "", "", "",
            Origin.file(observation.place).text,
          ])
    }
    for total in model.latents {
      for figure in total.figures {
        let statement = figure.provenance
        let year = statement.source.flatMap(EvidenceBasis.year).map(String.init) ?? ""
        records.append(
          [figure.name, "figure", figure.unit.shown] + indexes.map { _ in "" }
            + [
              LatentRegister.value(of: figure), EvidenceBasis(statement).rawValue, year, statement.source ?? "",
              statement.note ?? "", "", figure.publisher, "", "", Origin.file(figure.place).text,
            ])
      }
    }
    return records
  }
}
