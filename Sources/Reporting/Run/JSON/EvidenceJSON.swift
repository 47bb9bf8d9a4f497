import Evidence
import Modeling
import Simulation
import TextFormats

/// The evidence of a run as JSON.
struct EvidenceJSON {
  let evidence: EvidenceResult
  let model: Model

  /// The evidence of a run of a model.
  init(of evidence: EvidenceResult, in model: Model) {
    self.evidence = evidence
    self.model = model
  }

  /// Posterior outputs, observations, and estimates by several routes.
  var value: JSON {
    .object([
      ("posterior", evidence.posterior.map(posterior) ?? .null),
      ("estimates", .array(evidence.triangulations.map(estimate))),
    ])
  }

  private func posterior(_ posterior: PosteriorResult) -> JSON {
    let method: JSON =
      switch posterior.method {
      case .weighting: .object([("name", .string("weighting"))])
      case .tempering(let stages, let moves, let acceptance):
        .object([
          ("name", .string("tempering")), ("stages", .integer(stages)), ("moves", .integer(moves)),
          ("acceptance", .number(acceptance)),
          ("largest_rank_correlation", posterior.unsettled.map { .number($0.correlation) } ?? .null),
        ])
      case .linearUpdate: .object([("name", .string("linear update"))])
      }
    let latents: [(key: String, value: JSON)] =
      posterior.latents.isEmpty
      ? [] : [("latents", .array(posterior.latents.map { LatentJSON(result: $0, model: model).value }))]
    return .object(
      [
        ("method", method), ("draws", .integer(posterior.draws)), ("effective_draws", .number(posterior.effective)),
        ("information_bits", JSONFormat.estimate(posterior.information)),
        ("observations", .array(posterior.observations.map(observation))),
        ("learning", posterior.learning.map { LearningJSON(learning: $0, model: model).value } ?? .null),
        ("outputs", .array(posterior.outputs.map { JSONFormat.output($0, in: model) })),
      ] + latents)
  }

  private func observation(_ observed: ObservationResult) -> JSON {
    func figures(_ cell: CellSummary) -> JSON {
      .object(
        [("p05", 0.05), ("p50", 0.5), ("p95", 0.95)].map { name, probability in
          (name, cell.quantile(probability).map(JSONFormat.estimate) ?? .null)
        })
    }
    return .object([
      ("observe", .string(observed.observation.text)), ("measured", .string(observed.observation.distributionText)),
      ("unit", .string(observed.observation.unit.text)),
      (
        "observed",
        .object([
          ("p05", .number(observed.observed.p05)), ("p50", .number(observed.observed.p50)),
          ("p95", .number(observed.observed.p95)),
        ])
      ),
      ("prior", figures(observed.prior)), ("posterior", figures(observed.posterior)),
      ("p_value", JSONFormat.estimate(observed.pValue)),
      ("surprise_bits", JSONFormat.estimate(observed.surprise)), ("non_finite", .integer(observed.nonFinite)),
    ])
  }

  private func estimate(_ compared: TriangulationResult) -> JSON {
    let triangulation = compared.triangulation
    return .object([
      ("estimate", .string(triangulation.name)), ("unit", .string(triangulation.unit.text)),
      ("draws", .integer(compared.draws)), ("shift_draws", .integer(compared.shiftDraws)),
      ("cells", .array(compared.cells.enumerated().map { cell($1, at: $0, of: triangulation) })),
    ])
  }

  private func cell(_ cell: TriangulationResult.Cell, at position: Int, of triangulation: Triangulation) -> JSON {
    let labels = model.labels(ofCell: position, in: triangulation.cells)
    func interval(_ values: (p05: Double, p50: Double, p95: Double)) -> JSON {
      .object([("p05", .number(values.p05)), ("p50", .number(values.p50)), ("p95", .number(values.p95))])
    }
    let routes = zip(zip(triangulation.routes, cell.weights), cell.routes).map { route, summary in
      distribution(summary, [("route", .string(route.0.label)), ("weight", .number(route.1))])
    }
    let pools = zip(triangulation.pools, cell.pools).map { distribution($1, [("pool", .string($0.rawValue))]) }
    let conflicts = cell.conflicts.map { conflict in
      JSON.object([
        ("first", .string(triangulation.routes[conflict.first].label)),
        ("second", .string(triangulation.routes[conflict.second].label)),
        (
          "ratio",
          .object([
            ("p05", JSONFormat.estimate(conflict.ratio.p05)), ("p50", JSONFormat.estimate(conflict.ratio.p50)),
            ("p95", JSONFormat.estimate(conflict.ratio.p95)),
          ])
        ),
        ("probability_exceeds", JSONFormat.estimate(conflict.exceeds)), ("p_value", .number(conflict.pValue)),
        ("z", .number(conflict.z)),
      ])
    }
    return .object([
      ("labels", .object(zip(triangulation.cells.indexes, labels).map { (model[$0].name, .string($1)) })),
      ("routes", .array(routes)), ("pools", .array(pools)), ("route_differences", .array(conflicts)),
      (
        "route_heterogeneity",
        .object([
          ("cochran_q", .number(cell.consistency.cochranQ)), ("p_value", .number(cell.consistency.pValue)),
          ("heterogeneity", interval(cell.consistency.heterogeneity)),
        ])
      ),
      ("reconciled", interval(cell.reconciled)),
      (
        "shifts",
        .array(
          cell.shifts.map { shift in
            .object([
              ("input", .string(shift.input)), ("standardised_shift", JSONFormat.estimate(shift.standardisedShift)),
              ("posterior_sd_ratio", .number(shift.posteriorSDRatio)),
            ])
          })
      ),
      ("non_finite", .integer(cell.nonFinite)),
    ])
  }

  private func distribution(_ summary: CellSummary, _ first: [(key: String, value: JSON)]) -> JSON {
    .object(
      first + [
        ("mean", JSONFormat.estimate(summary.mean)), ("sd", .number(summary.sd)),
        (
          "quantiles",
          .array(
            zip(CellSummary.probabilities, summary.quantiles).map { probability, quantile in
              .object([
                ("probability", .number(probability)), ("value", .number(quantile.value)),
                ("standard_error", .number(quantile.error)),
              ])
            })
        ), ("non_finite", .integer(summary.nonFinite)),
      ])
  }
}
