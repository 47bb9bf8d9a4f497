import Evidence
import Modeling
import Simulation

/// `verdicts.csv`: a row for each claim, in the order of the outputs; written only if the scenario has verdicts.
///
/// `verdict` has the scenario's words, `holds` is `yes`, `no` or `undecided`, and `probability` is that of the condition:
/// under the posterior if the scenario has observations. Its Monte Carlo standard error is in `results.json`.
enum VerdictTable {
  /// `verdicts.csv`
  static let name = "verdicts.csv"

  /// The columns.
  static let columns = ["output", "claim", "quote", "verdict", "holds", "probability", "source", "url"]

  /// The file; none without verdicts.
  static func files(of result: ScenarioResult) -> [ReportFile] {
    let verdicts = result.decidedVerdicts
    guard !verdicts.isEmpty else { return [] }
    let file = ReportFile(name: name) { sink in
      try sink.write(CSVRow.text(columns))
      for decided in verdicts {
        let verdict = decided.verdict
        try sink.write(
          CSVRow.text([
            result.model[decided.output].name, verdict.claim, verdict.quote ?? "", decided.word,
            decided.decision.rawValue, CSVRow.number(decided.probability.value), verdict.source ?? "",
            verdict.url ?? "",
          ]))
      }
    }
    return [file]
  }
}
