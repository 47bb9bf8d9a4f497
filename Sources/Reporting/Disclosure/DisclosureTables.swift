import Analysis
import Modeling

/// `disclosure.csv` and `disclosure_order.csv`: the gain from each disclosure, and the recommended order; and the
/// record needed to reproduce them.
package enum DisclosureTables {
  /// The files of an analysis, the record last.
  package static func files(of analysis: DisclosureAnalysis) -> [ReportFile] {
    let tables = [
      ReportFile(name: "disclosure.csv") { sink in
        try write(
          analysis, to: sink, first: "revealed",
          sets: { $0.singles.map { ("single", $0) } + ($0.pair.map { [("pair", $0)] } ?? []) })
      },
      ReportFile(name: "disclosure_order.csv") { sink in
        try write(
          analysis, to: sink, first: "step",
          sets: { result in result.questions.enumerated().map { ("\($0.offset + 1)", $0.element) } })
      },
    ]
    let record = SensitivityRecord.file(
      of: analysis.problem, command: .disclosure, seconds: analysis.seconds,
      further: [("effort", .string(analysis.effort))])
    return tables + [record]
  }

  private static func write(
    _ analysis: DisclosureAnalysis, to sink: any TextSink, first: String,
    sets: (DisclosureAnalysis.Result) -> [(String, DisclosureAnalysis.Gain)]
  ) throws {
    try sink.write(
      CSVRow.text([
        "output", first, "inputs", "disclosable_by", "width_before", "width_after", "reduction", "standard_error",
        "percent",
        "distinguishable", "noise_floor", "unit",
      ]))
    for result in analysis.results {
      let target = analysis.problem.targets[result.target]
      let scale = target.unit.scale
      for (kind, gain) in sets(result) {
        let figures = [result.prior / scale, gain.width / scale, gain.gain / scale, gain.error / scale]
        try sink.write(
          CSVRow.text(
            [
              target.name, kind, gain.factors.map { analysis.problem.factors[$0].name }.joined(separator: "; "),
              DisclosureHolders.text(of: gain.factors, in: analysis.problem),
            ] + figures.map(CSVRow.number) + [
              CSVRow.number(100 * gain.gain / result.prior), gain.distinguishable.map { "\($0)" } ?? "",
              CSVRow.number(result.floor / scale), target.unit.text,
            ]))
      }
    }
  }
}
