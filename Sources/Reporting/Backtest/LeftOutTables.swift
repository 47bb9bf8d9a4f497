import Evidence
import Modeling
import TextFormats

/// The files of a back-test of published figures.
package struct LeftOutTables {
  private let result: LeftOutResult

  /// The tables of a back-test.
  package init(of result: LeftOutResult) { self.result = result }

  /// `left_out.csv`, and `left-out-record.json` of everything needed to reproduce it.
  package var files: [ReportFile] { [figures, content.file] }

  /// `left_out.csv`: a row for each published figure, in full precision.
  private var figures: ReportFile {
    ReportFile(name: "left_out.csv") { [result] sink in
      try sink.write(
        CSVRow.text([
          "observation", "publisher", "year", "output", "observed", "p05", "p25", "p50", "p75", "p95", "percentile",
          "log_score", "crps", "baseline_crps", "unit", "left_out", "formula_p05", "formula_p50", "formula_p95",
        ]))
      for figure in result.figures {
        let values = [
          figure.observed, figure.p05, figure.p25, figure.p50, figure.p75, figure.p95, figure.percentile,
          figure.logScore, figure.crps, figure.baselineCrps,
        ]
        try sink.write(
          CSVRow.text(
            [figure.name, figure.publisher, CSVRow.number(figure.label), figure.formula] + values.map(CSVRow.number)
              + [figure.unit, result.groups[figure.group].name]
              + [figure.read.p05, figure.read.p50, figure.read.p95].map(CSVRow.number)))
      }
    }
  }

  private var content: RecordContent {
    let model = result.model
    return RecordContent(
      model: model, command: .leftOut, draws: result.draws,
      data: [("leave_out", .string(result.leftOut.rawValue))], statesConditioning: false,
      settings: [RecordContent.origins(of: model), RecordContent.timing(seconds: result.seconds)],
      parts: [("equations", QuantityGraph(of: model).json)])
  }
}
