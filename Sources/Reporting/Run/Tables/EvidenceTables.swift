import Evidence
import Modeling
import Simulation

/// The files of a run's evidence: observations, and the agreement of routes to one quantity.
struct EvidenceTables {
  let result: ScenarioResult

  /// The evidence of a result.
  init(of result: ScenarioResult) { self.result = result }

  /// The names of all tables, in the order of `files`.
  static let names =
    ["observations.csv"] + LearningTables.names
    + ["routes.csv", "route_differences.csv", "route_heterogeneity.csv", "reconciliation.csv"]
    + LatentTables.names

  /// The files, in full precision; none without evidence.
  var files: [ReportFile] {
    guard let evidence = result.evidence else { return [] }
    var files: [ReportFile] = []
    if let posterior = evidence.posterior {
      if !posterior.observations.isEmpty { files.append(observations(posterior)) }
      if let learning = posterior.learning { files += LearningTables(learning: learning, model: result.model).files }
      if !posterior.latents.isEmpty { files += LatentTables(results: posterior.latents, model: result.model).files }
    }
    if !evidence.triangulations.isEmpty {
      let all = evidence.triangulations
      files += [routes(all), conflicts(all), consistency(all), reconciliation(all)]
    }
    return files
  }

  /// `observations.csv`: a row for each observation, with the formula's 5th, 50th and 95th percentile before and after.
  private func observations(_ posterior: PosteriorResult) -> ReportFile {
    ReportFile(name: "observations.csv") { sink in
      let versions = ["observed", "prior", "posterior"]
      try sink.write(
        CSVRow.text(
          ["observation", "unit"] + versions.flatMap { [$0 + "_p05", $0 + "_p50", $0 + "_p95"] }
            + ["p_value", "p_value_standard_error", "surprise_bits", "surprise_standard_error", "non_finite"]))
      for observed in posterior.observations {
        let values = [observed.observed.p05, observed.observed.p50, observed.observed.p95]
        let quantiles = [observed.prior, observed.posterior].flatMap { cell in
          [0.05, 0.5, 0.95].map { cell.quantile($0)?.value ?? .nan }
        }
        let measures = [
          observed.pValue.value, observed.pValue.error, observed.surprise.value, observed.surprise.error,
        ]
        try sink.write(
          CSVRow.text(
            [observed.observation.text, observed.observation.unit.text]
              + (values + quantiles + measures).map(CSVRow.number) + ["\(observed.nonFinite)"]))
      }
    }
  }

  /// `routes.csv`: a row for each route and each pool, in every cell; statistics in the columns of `summary.csv`.
  private func routes(_ all: [TriangulationResult]) -> ReportFile {
    table("routes.csv", ["kind", "name", "weight"] + OutputCellTable.summaryColumns, all) { compared, cell, row in
      for (route, summary) in zip(compared.triangulation.routes.indices, cell.routes) {
        try row(
          ["route", compared.triangulation.routes[route].label, CSVRow.number(cell.weights[route])]
            + OutputCellTable.summaryFields(of: summary))
      }
      for (pool, summary) in zip(compared.triangulation.pools, cell.pools) {
        try row(["pool", pool.rawValue, ""] + OutputCellTable.summaryFields(of: summary))
      }
    }
  }

  /// `route_differences.csv`: a row for each pair of routes in every cell.
  private func conflicts(_ all: [TriangulationResult]) -> ReportFile {
    let columns = [
      "first", "second", "ratio_p05", "ratio_p50", "ratio_p95", "probability_exceeds", "standard_error", "p_value",
      "z",
    ]
    return table("route_differences.csv", columns, all) { compared, cell, row in
      for conflict in cell.conflicts {
        let figures = [
          conflict.ratio.p05.value, conflict.ratio.p50.value, conflict.ratio.p95.value, conflict.exceeds.value,
          conflict.exceeds.error, conflict.pValue, conflict.z,
        ]
        try row(
          [conflict.first, conflict.second].map { compared.triangulation.routes[$0].label }
            + figures.map(CSVRow.number))
      }
    }
  }

  /// `route_heterogeneity.csv`: a row for each cell, all routes together.
  private func consistency(_ all: [TriangulationResult]) -> ReportFile {
    let columns = [
      "cochran_q", "p_value", "heterogeneity_p05", "heterogeneity_p50", "heterogeneity_p95", "reconciled_p05",
      "reconciled_p50", "reconciled_p95", "non_finite",
    ]
    return table("route_heterogeneity.csv", columns, all) { _, cell, row in
      let spread = cell.consistency.heterogeneity
      let figures = [
        cell.consistency.cochranQ, cell.consistency.pValue, spread.p05, spread.p50, spread.p95, cell.reconciled.p05,
        cell.reconciled.p50, cell.reconciled.p95,
      ]
      try row(figures.map(CSVRow.number) + ["\(cell.nonFinite)"])
    }
  }

  /// `reconciliation.csv`: a row for each input that would have to move, in every cell, ordered by the size of the
  /// move.
  private func reconciliation(_ all: [TriangulationResult]) -> ReportFile {
    table("reconciliation.csv", ["rank", "input", "standardised_shift", "standard_error", "posterior_sd_ratio"], all) {
      _, cell, row in
      for (position, shift) in cell.shifts.enumerated() {
        let figures = [shift.standardisedShift.value, shift.standardisedShift.error, shift.posteriorSDRatio]
        try row(["\(position + 1)", shift.input] + figures.map(CSVRow.number))
      }
    }
  }

  /// A table of cells of estimates: `estimate`, `unit`, the indexes, then the given columns.
  private func table(
    _ name: String, _ columns: [String], _ all: [TriangulationResult],
    _ rows: @escaping (TriangulationResult, TriangulationResult.Cell, ([String]) throws -> Void) throws -> Void
  ) -> ReportFile {
    let model = result.model
    let indexes = Set(all.flatMap(\.triangulation.cells.indexes)).sorted { model[$0].name < model[$1].name }
    let first = ["estimate", "unit"]
    let headers = indexes.map { index in
      (first + columns).contains(model[index].name) ? "index.\(model[index].name)" : model[index].name
    }
    return ReportFile(name: name) { sink in
      try sink.write(CSVRow.text(first + headers + columns))
      for compared in all {
        let space = compared.triangulation.cells
        for (position, cell) in compared.cells.enumerated() {
          let labels = Dictionary(uniqueKeysWithValues: zip(space.indexes, model.labels(ofCell: position, in: space)))
          let start =
            [compared.triangulation.name, compared.triangulation.unit.text] + indexes.map { labels[$0] ?? "" }
          try rows(compared, cell) { try sink.write(CSVRow.text(start + $0)) }
        }
      }
    }
  }
}
