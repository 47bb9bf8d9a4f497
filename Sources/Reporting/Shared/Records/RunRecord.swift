import Evidence
import Modeling
import Simulation
import TextFormats

/// `record.json`: everything needed to reproduce a run's results and trace each of them.
///
/// Two runs of the same scenario with the same settings differ only in `time` and `workers`.
package struct RunRecord {
  private let result: ScenarioResult
  private let files: [String]
  private let name: String
  private let further: [(key: String, value: JSON)]
  private let isTimed: Bool

  /// The record of a run and of the files that it wrote next to the record.
  ///
  /// - Parameters:
  ///   - result: the run's result.
  ///   - files: the files, the record among them.
  ///   - name: the record's file name; commands other than `run` use different names, as a folder may hold several
  ///     records.
  ///   - further: further requests of the command.
  ///   - isTimed: true to include the time and the number of workers, which differ from run to run.
  package init(
    of result: ScenarioResult, files: [String], name: String = "record.json",
    further: [(key: String, value: JSON)] = [],
    isTimed: Bool = true
  ) {
    self.isTimed = isTimed
    self.result = result
    self.files = files
    self.name = name
    self.further = further
  }

  /// `record.json`
  package var file: ReportFile { ReportFile(name: name, text: { content.json.text + "\n" }) }

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
      JSON.object([("name", .string($0.name)), ("labels", .array($0.labels.map(JSON.string)))])
    }
    let parts: RecordContent.Entries = [
      ("repairs", RepairDescription(model: model).json),
      ("equations", QuantityGraph(of: model).json),
      ("outputs", .array(model.outputs.map { output($0, in: model) })),
      ("evidence", EvidenceRegister(of: model).json),
    ]
    return RecordContent(
      model: model, files: files, draws: result.draws, settings: options + work + [("indexes", .array(indexes))],
      parts: parts + further)
  }

  private func output(_ output: Output, in model: Model) -> JSON {
    .object(
      [
        ("name", .string(model[output.quantity].name)), ("unit", .string(output.unit.text)),
        ("indexes", .array(model[output.quantity].cells.indexes.map { .string(model[$0].name) })),
        ("scope", .sorted(output.scope)), ("compare", .array(output.comparisons.map { .string($0.text) })),
        ("note", .optional(output.note)),
        ("origin", .string(Origin.file(output.place).text)),
      ] + output.verdictEntries)
  }
}
