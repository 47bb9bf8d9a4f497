import Evidence
import Modeling

/// The files of a run's latent totals.
struct LatentTables {
  let results: [LatentResult]
  let model: Model

  /// The names of all tables, in the order of `files`.
  static let names = ["latent_errors.csv", "latent_readings.csv"]

  /// The files, in full precision.
  var files: [ReportFile] { [errors, readings] }

  private static let levels = ["p05", "p50", "p95"]

  /// `latent_errors.csv`: a row for each standard deviation of errors, before and after.
  private var errors: ReportFile {
    ReportFile(name: "latent_errors.csv") { sink in
      try sink.write(
        CSVRow.text(
          ["latent", "parameter"] + ["prior", "posterior"].flatMap { kind in Self.levels.map { "\(kind)_\($0)" } }))
      for result in results {
        for parameter in result.parameters {
          try sink.write(
            CSVRow.text(
              [model[result.total.quantity].name, parameter.name]
                + (Self.fields(parameter.prior) + Self.fields(parameter.posterior))))
        }
      }
    }
  }

  /// `latent_readings.csv`: a row for each route at each label and each published figure.
  private var readings: ReportFile {
    ReportFile(name: "latent_readings.csv") { sink in
      let versions = ["prior", "posterior", "ratio", "predicted"]
      try sink.write(
        CSVRow.text(
          ["latent", "kind", "name", "publisher", "label", "formula", "unit", "reading"]
            + versions.flatMap { kind in Self.levels.map { "\(kind)_\($0)" } } + ["percentile", "curvature"]))
      for result in results {
        for reading in result.readings {
          let first = [
            model[result.total.quantity].name, reading.kind, reading.name, reading.publisher ?? "",
            CSVRow.number(reading.label), reading.formula, reading.unit, CSVRow.number(reading.value ?? .nan),
          ]
          let predicted = reading.predicted ?? .init(.nan, .nan, .nan)
          let rest = [reading.prior, reading.posterior, reading.ratio, predicted].flatMap(Self.fields)
          try sink.write(
            CSVRow.text(
              first + rest + [CSVRow.number(reading.percentile ?? .nan), CSVRow.number(reading.curvature)]))
        }
      }
    }
  }

  private static func fields(_ interval: LatentResult.Percentiles) -> [String] {
    [interval.p05, interval.p50, interval.p95].map(CSVRow.number)
  }
}
