import Evidence
import Modeling
import Simulation

/// What the observations reveal about the inputs, as tables.
struct LearningTables {
  let learning: Learning
  let model: Model

  /// The names of the tables.
  static let names = ["learning.csv", "learned_correlations.csv"]

  /// Both files, in full precision; the second has no rows if no correlation changed.
  var files: [ReportFile] { [inputs, correlations] }

  /// `learning.csv`: a row for each uncertain cell of an input, those about which most was learned first.
  private var inputs: ReportFile {
    ReportFile(name: Self.names[0]) { sink in
      let versions = ["prior", "posterior"]
      try sink.write(
        CSVRow.text(
          ["input", "unit"] + versions.flatMap { [$0 + "_p05", $0 + "_p50", $0 + "_p95"] }
            + ["standardised_shift", "width_ratio", "bits", "standard_error"]))
      for row in learning.rows {
        let values = [
          row.prior.p05, row.prior.p50, row.prior.p95, row.posterior.p05, row.posterior.p50, row.posterior.p95,
          row.standardisedShift, row.widthRatio, row.bits.value, row.bits.error,
        ]
        try sink.write(
          CSVRow.text([model.name(of: row.input), model.unitText(of: row.input)] + values.map(CSVRow.number)))
      }
    }
  }

  /// `learned_correlations.csv`: a row for each pair of input cells whose rank correlation changed beyond its error.
  private var correlations: ReportFile {
    ReportFile(name: Self.names[1]) { sink in
      try sink.write(
        CSVRow.text([
          "first_input", "second_input", "prior_rank_correlation", "posterior_rank_correlation", "change",
          "standard_error",
        ]))
      for row in learning.correlations {
        let values = [row.prior, row.posterior, row.change.value, row.change.error]
        try sink.write(
          CSVRow.text([model.name(of: row.first), model.name(of: row.second)] + values.map(CSVRow.number)))
      }
    }
  }
}

extension Model {
  /// The unit of an input's cell as tables write it; blank for labels.
  func unitText(of input: Learning.InputCell) -> String {
    self[input.quantity].input?.categories == nil ? self[input.quantity].unit.text : ""
  }
}
