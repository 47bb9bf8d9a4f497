import Evidence
import Modeling
import Simulation
import TextFormats

/// The record of a run, a sweep or a comparison: everything needed to reproduce its results and trace each of them.
///
/// Two runs of the same scenario with the same settings differ only in `time` and `workers`.
package struct RunRecord {
  private let result: ScenarioResult
  private let command: RecordContent.Command
  private let further: [(key: String, value: JSON)]
  private let isTimed: Bool

  /// The record of a run and of the files that it wrote next to the record.
  ///
  /// - Parameters:
  ///   - result: the run's result.
  ///   - isTimed: true to include the time and the number of workers, which differ from run to run.
  ///   - parts: the parts from which the run was merged, if it was.
  package init(of result: ScenarioResult, isTimed: Bool = true, parts: JSON? = nil) {
    self.init(of: result, command: .run, isTimed: isTimed, further: parts.map { [("parts", $0)] } ?? [])
  }

  /// The record of a sweep.
  ///
  /// - Parameters:
  ///   - base: the base scenario's result, of which only the settings matter.
  ///   - sweep: what was varied.
  ///   - parts: the parts from which the sweep was merged, if it was.
  package static func sweep(of base: ScenarioResult, sweep: JSON, parts: JSON? = nil) -> RunRecord {
    RunRecord(
      of: base, command: .sweep, isTimed: true, further: [("sweep", sweep)] + (parts.map { [("parts", $0)] } ?? []))
  }

  /// The record of a comparison.
  ///
  /// - Parameters:
  ///   - first: the first scenario's result, of which only the settings matter.
  ///   - report: the comparison.
  package static func comparison(of first: ScenarioResult, report: ComparisonReport) -> RunRecord {
    RunRecord(of: first, command: .compare, isTimed: true, further: report.record)
  }

  private init(
    of result: ScenarioResult, command: RecordContent.Command, isTimed: Bool,
    further: [(key: String, value: JSON)]
  ) {
    self.isTimed = isTimed
    self.result = result
    self.command = command
    self.further = further
  }

  /// The record's file, `record.json` of a run.
  package var file: ReportFile { content.file }

  private var content: RecordContent {
    let model = result.model
    let options: RecordContent.Entries = [
      ("tolerance", JSONFormat.tolerance(result.tolerance)),
      ("exact_quantiles", .bool(model.settings.isExact)),
      RecordContent.origins(of: model),
    ]
    // The entries that differ from run to run.
    let work: RecordContent.Entries =
      isTimed ? [("workers", .integer(result.workers)), RecordContent.timing(seconds: result.seconds)] : []
    let indexes = model.indexes.map {
      JSON.object([("name", .string($0.name)), ("labels", .array($0.labels.map(JSON.string)))] + $0.wordEntries)
    }
    let published: RecordContent.Entries = model.publication?.date.map { [("published", .string($0))] } ?? []
    let parts: RecordContent.Entries =
      published + [
        ("repairs", RepairDescription(model: model).json),
        ("equations", QuantityGraph(of: model).json),
        ("outputs", .array(model.outputs.map { output($0, in: model) })),
        ("evidence", EvidenceRegister(of: model).json),
      ]
    return RecordContent(
      model: model, command: command, draws: result.draws, statesAbout: true,
      settings: options + work + [("indexes", .array(indexes))], parts: parts + further)
  }

  private func output(_ output: Output, in model: Model) -> JSON {
    .object(
      model[output.quantity].nameEntries + [
        ("unit", .string(output.unit.text)),
        ("indexes", .array(model[output.quantity].cells.indexes.map { .string(model[$0].name) })),
        ("scope", .sorted(output.scope)), ("compare", .array(output.comparisons.map { .string($0.text) })),
        ("note", .optional(output.note)),
        ("origin", .string(Origin.file(output.place).text)),
      ] + output.verdictEntries)
  }
}
