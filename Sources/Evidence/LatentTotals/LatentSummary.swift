import Modeling
import Simulation

/// Makes the tables of latent totals from the updated draws.
struct LatentSummary {
  let model: Model
  let readings: LatentReadings
  let state: LatentState
  let moments: LatentMoments
  let moved: LatentUpdate.Draws
  /// The logarithms of formulas in the updated draws, before what is added beyond today.
  let read: [[Double]]
  /// The positions of published figures that are not limits.
  let figures: [Int]
  /// For each of them.
  let leftOut: [LeftOutReading]

  func results(
    _ posterior: HyperparameterPosterior, _ components: [VarianceComponents.Component], kept: Double, workers: Int
  ) -> [LatentResult] {
    let rows = concurrentMap(readings.readings.count, workers: workers, reading)
    return model.latents.indices.map { total in
      LatentResult(
        total: model.latents[total],
        parameters: zip(components, posterior.summaries).filter { $0.0.group == total }.map {
          LatentResult.ErrorDeviation(name: $1.name, prior: $1.prior, posterior: $1.posterior)
        },
        readings: readings.readings.indices.filter { readings.readings[$0].total == total }.map { rows[$0] },
        effectivePoints: posterior.effective, logEvidence: posterior.logEvidence, kept: kept)
    }
  }

  private func reading(_ position: Int) -> LatentResult.Reading {
    let own = readings.readings[position]
    let total = model.latents[own.total]
    let figure = own.figure.map { total.figures[$0] }
    var route: LatentTotal.Route?
    if case .route(let number) = own.source.kind { route = total.routes[number] }
    let scale = log((figure?.unit ?? total.unit).reportScale.value)
    let draws = moments.draws
    let latent = state.coordinates.count
    let slopes = own.routeLabel == nil ? moments.slopes[position] : [Double](repeating: 0, count: latent)
    // The formula's logarithm before the readings; `rests` of a route is relative to the latent total's prior mean.
    let offset = own.routeLabel.map { total.path.mean[$0] } ?? 0
    let prior = (0..<draws).map { draw in
      slopes.indices.reduce(moments.rests[position][draw] + offset) { $0 + slopes[$1] * moments.scores[$1][draw] }
    }
    let after = read[position]
    var ratio = after.map { own.value - $0 }
    var predicted = (0..<draws).map { moved.predicted[position][$0] }
    if let label = own.routeLabel {
      let row = state.row(total: own.total, label: label)
      for draw in 0..<draws {
        let x = row.indices.reduce(total.path.mean[label]) { $0 + row[$1] * moved.scores[$1][draw] }
        ratio[draw] = after[draw] - x
        predicted[draw] += x
      }
    }
    let others = figures.firstIndex(of: position).map { leftOut[$0].readings[0] }
    return LatentResult.Reading(
      name: figure?.name ?? route?.label ?? "", kind: figure?.kind.rawValue ?? "route", publisher: figure?.publisher,
      label: own.source.label, formula: figure?.text ?? route.map { model[$0.quantity].name } ?? "",
      unit: (figure?.unit ?? total.unit).text, value: figure.map { $0.value / $0.unit.reportScale.value },
      prior: Self.exponentials(prior, scale), posterior: Self.exponentials(after, scale),
      ratio: Self.exponentials(ratio, 0),
      predicted: others.map { other in
        let (p05, p50, p95) = (other.quantile(0.05), other.quantile(0.5), other.quantile(0.95))
        return .init(exp(own.value + p05 - scale), exp(own.value + p50 - scale), exp(own.value + p95 - scale))
      },
      percentile: others.map { $0.probability(below: 0) },
      curvature: Self.curvature(after, predicted))
  }

  /// The root mean square difference of two columns over the standard deviation of the first.
  private static func curvature(_ exact: [Double], _ linear: [Double]) -> Double {
    let finite = exact.indices.filter { exact[$0].isFinite }
    let n = Double(finite.count)
    let mean = finite.reduce(0.0) { $0 + exact[$1] } / n
    let variance = finite.reduce(0.0) { $0 + (exact[$1] - mean) * (exact[$1] - mean) } / n
    let missed = finite.reduce(0.0) { $0 + (exact[$1] - linear[$1]) * (exact[$1] - linear[$1]) } / n
    return variance > 0 ? (missed / variance).squareRoot() : 0
  }

  private static func exponentials(_ logs: [Double], _ scale: Double) -> LatentResult.Percentiles {
    let own = interval(logs, scale)
    return .init(exp(own.p05), exp(own.p50), exp(own.p95))
  }

  private static func interval(_ values: [Double], _ shift: Double) -> LatentResult.Percentiles {
    let sorted = SortedDraws(values)
    return .init(sorted.quantile(0.05) - shift, sorted.quantile(0.5) - shift, sorted.quantile(0.95) - shift)
  }
}
