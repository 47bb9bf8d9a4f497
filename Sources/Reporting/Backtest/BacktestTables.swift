import Evidence
import Modeling
import TextFormats

/// The files of a back-test.
package struct BacktestTables {
  private let result: BacktestResult

  /// The tables of a back-test.
  package init(of result: BacktestResult) { self.result = result }

  /// `backtest.csv` and `backtest_summary.csv`, in full precision.
  package var files: [ReportFile] { [cases, summary] }

  /// `backtest.csv`: a row for each observed value.
  private var cases: ReportFile {
    ReportFile(name: "backtest.csv") { [result] sink in
      try sink.write(
        CSVRow.text([
          "case", "output", "observed", "p05", "p50", "p95", "percentile", "crps", "inside_90", "unit", "group", "p25",
          "p75", "inside_50", "percentile_standard_error", "log_crps", "baseline_log_crps", "ratio_to_median",
          "non_finite",
        ]))
      for output in result.outputs {
        for (score, baseline) in zip(output.cases, output.baseline) {
          let first = [score.observed, score.p05, score.p50, score.p95, score.percentile, score.crps]
          let last = [score.percentileError, score.logCrps, baseline, score.ratio]
          try sink.write(
            CSVRow.text(
              [score.name, score.cell] + first.map(CSVRow.number) + ["\(score.isInside90)"]
                + [output.output.unit.text, score.group ?? ""] + [score.p25, score.p75].map(CSVRow.number)
                + ["\(score.isInside50)"] + last.map(CSVRow.number) + ["\(score.nonFinite)"]))
        }
      }
    }
  }

  /// `backtest_summary.csv`: rows of each output for all cases, for each group alone and for all others.
  private var summary: ReportFile {
    ReportFile(name: "backtest_summary.csv") { [result] sink in
      let coverage = ["inside_50", "inside_90"].flatMap {
        [$0, "\($0)_share", "\($0)_low", "\($0)_high", "\($0)_p_value"]
      }
      let bars = (1...OutputScore.bars).map { "percentiles_\($0)" }
      try sink.write(
        CSVRow.text(
          ["output", "unit", "cases", "group", "count"] + coverage
            + ["bias", "bias_low", "bias_high", "width", "crps", "log_crps", "baseline_log_crps", "skill"] + bars))
      for output in result.outputs {
        let name = result.model[output.output.quantity].name
        func row(_ kind: String, _ group: String, _ figures: OutputScore.Statistics) throws {
          let inside = [figures.inside50, figures.inside90].flatMap { coverage in
            ["\(coverage.inside)"]
              + [coverage.share, coverage.interval.low, coverage.interval.high, coverage.probability].map(
                CSVRow.number)
          }
          let rest = [
            figures.bias.value, figures.bias.low, figures.bias.high, figures.width, figures.crps, figures.logCrps,
            figures.baselineLogCrps, figures.skill,
          ]
          try sink.write(
            CSVRow.text(
              [name, output.output.unit.text, kind, group, "\(figures.count)"] + inside + rest.map(CSVRow.number)
                + figures.percentiles.map { "\($0)" }))
        }
        try row("all", "", output.all)
        for group in output.groups {
          try row("group", group.group, group.inside)
          try row("others", group.group, group.others)
        }
      }
    }
  }
}

/// The record of a back-test: everything needed to reproduce its results.
///
/// Two back-tests of the same scenario and cases with the same settings differ only in `time`.
package struct BacktestRecord {
  private let result: BacktestResult
  private let parts: JSON?

  /// The record of a back-test and of the files that it wrote next to the record.
  ///
  /// - Parameters:
  ///   - result: the result.
  ///   - parts: the parts from which it was merged, if it was.
  package init(of result: BacktestResult, parts: JSON? = nil) { (self.result, self.parts) = (result, parts) }

  /// `backtest-record.json`
  package var file: ReportFile { content.file }

  private var content: RecordContent {
    let model = result.model
    return RecordContent(
      model: model, command: .backtest, draws: result.draws,
      data: [
        (
          "cases",
          .object([
            ("path", .string(result.table.publishedPath)), ("sha256", .string(result.table.sha256)),
            ("count", .integer(result.table.cases.count)),
          ])
        )
      ],
      settings: [RecordContent.origins(of: model), RecordContent.timing(seconds: result.seconds)]
        + (parts.map { [("parts", $0)] } ?? []),
      parts: [("equations", QuantityGraph(of: model).json)])
  }
}
