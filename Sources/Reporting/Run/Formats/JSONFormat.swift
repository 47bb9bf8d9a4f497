import Evidence
import Modeling
import Simulation
import TextFormats

/// All results except the histograms in one machine-readable file, `results.json`; `--json` prints the same.
package enum JSONFormat: OutputFormat {
  /// `json`
  package static let name = "json"

  /// One line for help.
  package static let summary = "all results except histograms in one machine-readable file"

  /// `results.json`
  package static func files(of result: ScenarioResult) -> [ReportFile] {
    [ReportFile(name: "results.json", text: { JSON.object(content(of: result)).text + "\n" })]
  }

  /// The results: every output cell with its statistics and comparisons, and the draws that were not finite.
  static func content(of result: ScenarioResult) -> [(key: String, value: JSON)] {
    let model = result.model
    return [
      ("title", .string(model.title)),
      ("digest", .string(model.digest)),
      ("draws", .integer(result.draws)),
      ("seed", .unsigned(model.settings.seed)),
      ("design", .string(model.settings.design)),
      ("tolerance", tolerance(result.tolerance)),
      ("exact_quantiles", .bool(model.settings.isExact)),
      ("outputs", .array(result.outputs.map { output($0, in: model) })),
      ("failures", .array(result.failures.map(failure))),
    ]
      + (result.decidedVerdicts.isEmpty
        ? [] : [("verdicts", .array(result.decidedVerdicts.map { verdict($0, in: model) }))])
      + (result.evidence.map { [("evidence", EvidenceJSON(of: $0, in: model).value)] } ?? [])
  }

  /// The result of a tolerance; null if none was requested.
  static func tolerance(_ outcome: ToleranceResult?) -> JSON {
    guard let outcome else { return .null }
    return .object([
      ("asked", .string(outcome.tolerance.text)), ("met", .bool(outcome.isMet)),
      ("least_known", .string(outcome.worstCell)), ("relative_standard_error", .number(outcome.worstError)),
      ("relative_half_width", .number(outcome.worstShare)), ("confidence", .number(outcome.confidence)),
    ])
  }

  static func output(_ result: OutputResult, in model: Model) -> JSON {
    let quantity = model[result.output.quantity]
    return .object(
      quantity.nameEntries + [
        ("unit", .string(result.output.unit.text)),
        ("indexes", .array(quantity.cells.indexes.map { .string(model[$0].name) })),
        ("condition", .bool(model.isCondition(result.output.quantity))),
        ("scope", .sorted(result.output.scope)),
        ("note", .optional(result.output.note)),
        ("cells", .array(result.cells.indices.map { cell(result.cells[$0], at: $0, of: quantity, in: model) })),
        (
          "comparisons",
          .array(
            zip(result.output.comparisons, result.comparisons).map { comparison, rows in
              .object([
                ("reference", .string(comparison.text)),
                ("convert", .optional(comparison.convert.map { model[$0].name })),
                ("not_stated", .array(comparison.unstatedTags.map(JSON.string))),
                ("rows", .array(rows.map { row($0, of: quantity, in: model) })),
              ])
            })
        ),
      ])
  }

  static func cell(_ cell: CellSummary, at position: Int, of quantity: Quantity, in model: Model) -> JSON {
    let outcomes = cell.outcomes.map { outcome in
      JSON.object([("value", .number(outcome.value)), ("probability", estimate(outcome.probability))])
    }
    return .object([
      ("labels", labels(ofCell: position, of: quantity, in: model)),
      ("mean", estimate(cell.mean)),
      ("mean_warning", .optional(cell.momentWarning)),
      ("sd", .number(cell.sd)),
      ("min", .number(cell.min)),
      ("max", .number(cell.max)),
      ("draws", .integer(cell.draws)),
      ("non_finite", .integer(cell.nonFinite)),
      (
        "quantiles",
        .array(
          zip(CellSummary.probabilities, cell.quantiles).map { probability, quantile in
            .object([
              ("probability", .number(probability)), ("value", .number(quantile.value)),
              ("standard_error", .number(quantile.error)),
            ])
          })
      ),
      ("outcomes", .array(outcomes)),
    ])
  }

  private static func row(_ row: ComparisonRow, of quantity: Quantity, in model: Model) -> JSON {
    let further = row.referenceLabels.map { (model[$0.key].name, model[$0.key].labels[$0.value]) }
    func quantile(_ value: Double, _ error: Double) -> JSON { estimate(Estimate(value, error: error)) }
    return .object([
      ("labels", labels(ofCell: row.cell, of: quantity, in: model)),
      ("reference_labels", .sorted(Dictionary(uniqueKeysWithValues: further))),
      (
        "ratio",
        .object([
          ("p05", quantile(row.ratio.p05, row.ratioErrors.p05)), ("p50", quantile(row.ratio.p50, row.ratioErrors.p50)),
          ("p95", quantile(row.ratio.p95, row.ratioErrors.p95)),
        ])
      ),
      ("probability_exceeds", estimate(row.exceeds)),
      ("non_finite", .integer(row.nonFinite)),
    ])
  }

  static func labels(ofCell cell: Int, of quantity: Quantity, in model: Model) -> JSON {
    let labels = model.labels(ofCell: cell, in: quantity.cells)
    return .object(zip(quantity.cells.indexes, labels).map { (model[$0].name, .string($1)) })
  }

  static func estimate(_ estimate: Estimate) -> JSON {
    .object([("value", .number(estimate.value)), ("standard_error", .number(estimate.error))])
  }

  private static func verdict(_ decided: VerdictResult, in model: Model) -> JSON {
    let verdict = decided.verdict
    return .object([
      ("output", .string(model[decided.output].name)), ("claim", .string(verdict.claim)),
      ("quote", .optional(verdict.quote)), ("verdict", .string(decided.word)),
      ("holds", .string(decided.decision.rawValue)), ("condition", .string(verdict.conditionText)),
      ("probability", estimate(decided.probability)), ("certainty", .number(verdict.certainty)),
      ("non_finite", .integer(decided.nonFinite)), ("source", .optional(verdict.source)),
      ("url", .optional(verdict.url)),
    ])
  }

  private static func failure(_ failure: Failure) -> JSON {
    .object([
      ("cell", .string(failure.cellName)), ("count", .integer(failure.count)),
      ("first_draw", .integer(failure.firstDraw)), ("not_finite", .string(failure.culprit)),
      ("operation", failure.operation.map { JSON.string(FailureText.text($0)) } ?? JSON.null),
      ("formula", failure.formula.map(JSON.string) ?? JSON.null),
    ])
  }
}
