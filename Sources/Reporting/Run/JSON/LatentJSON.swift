import Evidence
import Modeling
import TextFormats

/// A latent total as JSON.
struct LatentJSON {
  let result: LatentResult
  let model: Model

  var value: JSON {
    .object([
      ("latent", .string(model[result.total.quantity].name)), ("unit", .string(result.total.unit.text)),
      ("effective_points", .number(result.effectivePoints)), ("log_evidence", .number(result.logEvidence)),
      ("kept_by_limits", .number(result.kept)),
      (
        "errors",
        .array(
          result.parameters.map { parameter in
            .object([
              ("parameter", .string(parameter.name)), ("prior", Self.interval(parameter.prior)),
              ("posterior", Self.interval(parameter.posterior)),
            ])
          })
      ),
      ("readings", .array(result.readings.map(reading))),
    ])
  }

  private func reading(_ reading: LatentResult.Reading) -> JSON {
    .object([
      ("kind", .string(reading.kind)), ("name", .string(reading.name)), ("publisher", .optional(reading.publisher)),
      ("label", .number(reading.label)), ("formula", .string(reading.formula)), ("unit", .string(reading.unit)),
      ("reading", reading.value.map(JSON.number) ?? .null), ("prior", Self.interval(reading.prior)),
      ("posterior", Self.interval(reading.posterior)), ("ratio", Self.interval(reading.ratio)),
      ("predicted", reading.predicted.map(Self.interval) ?? .null),
      ("percentile", reading.percentile.map(JSON.number) ?? .null), ("curvature", .number(reading.curvature)),
    ])
  }

  private static func interval(_ interval: LatentResult.Percentiles) -> JSON {
    .object([("p05", .number(interval.p05)), ("p50", .number(interval.p50)), ("p95", .number(interval.p95))])
  }
}
