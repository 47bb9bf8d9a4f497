import Evidence
import Modeling
import Simulation
import TextFormats

/// What the observations reveal about the inputs, as JSON.
struct LearningJSON {
  let learning: Learning
  let model: Model

  var value: JSON {
    .object([
      ("inputs", .array(learning.rows.map(row))), ("correlated_inputs", .integer(learning.correlatedCells)),
      ("correlations", .array(learning.correlations.map(correlation))),
    ])
  }

  private func row(_ row: Learning.Row) -> JSON {
    func interval(_ values: (p05: Double, p50: Double, p95: Double)) -> JSON {
      .object([("p05", .number(values.p05)), ("p50", .number(values.p50)), ("p95", .number(values.p95))])
    }
    return .object([
      ("input", .string(model.name(of: row.input))), ("unit", .string(model.unitText(of: row.input))),
      ("prior", interval(row.prior)), ("posterior", interval(row.posterior)),
      ("standardised_shift", .number(row.standardisedShift)), ("width_ratio", .number(row.widthRatio)),
      ("bits", JSONFormat.estimate(row.bits)),
    ])
  }

  private func correlation(_ row: Learning.ChangedCorrelation) -> JSON {
    .object([
      ("first", .string(model.name(of: row.first))), ("second", .string(model.name(of: row.second))),
      ("prior", .number(row.prior)), ("posterior", .number(row.posterior)),
      ("change", JSONFormat.estimate(row.change)),
    ])
  }
}
