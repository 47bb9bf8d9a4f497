import Evidence
import Modeling
import Simulation
import TextFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// `record.json`: everything needed to reproduce a run's results and trace each of them.
///
/// Two runs of the same scenario with the same settings differ only in `time` and `workers`.
public struct RunRecord {
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
  public init(
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
  public var file: ReportFile { ReportFile(name: name, text: { content(at: time(nil)).text + "\n" }) }

  private func content(at now: time_t) -> JSON {
    let model = result.model
    let settings = model.settings
    let settingOrigins = settings.origins.mapValues(\.text)
    return .object(
      [
        ("engine", .string("loadcast \(EngineVersion.current)")),
        ("title", .string(model.title)),
        ("about", .optional(model.about)),
        ("digest", .string(model.digest)),
        (
          "scenario_files",
          .array(model.files.map { .object([("path", .string($0.path)), ("sha256", .string($0.sha256))]) })
        ),
        ("files", .array(files.map(JSON.string))),
        ("draws", .integer(result.draws)),
        ("seed", .unsigned(settings.seed)),
        ("design", .string(settings.design)),
        ("tolerance", JSONFormat.tolerance(result.tolerance)),
        ("exact_quantiles", .bool(settings.isExact)),
        ("origins", .sorted(settingOrigins)),
      ] + (isTimed ? work(at: now) : []) + [
        (
          "indexes",
          .array(
            model.indexes.map {
              .object([("name", .string($0.name)), ("labels", .array($0.labels.map(JSON.string)))])
            })
        ),
        ("inputs", AssumptionRegister(of: model).json),
        ("correlations", .array(model.correlations.map(JSON.string))),
        ("repairs", RepairDescription(model: model).json),
        ("equations", EquationGraph(of: model).json),
        ("outputs", .array(model.outputs.map { output($0, in: model) })),
        ("evidence", EvidenceRegister(of: model).json),
      ] + further)
  }

  /// The entries that differ from run to run.
  private func work(at now: time_t) -> [(key: String, value: JSON)] {
    [
      ("workers", .integer(result.workers)),
      ("time", .object([("finished", .string(Self.utc(now))), ("seconds", .number(result.seconds))])),
    ]
  }

  private func output(_ output: Output, in model: Model) -> JSON {
    .object([
      ("name", .string(model[output.quantity].name)), ("unit", .string(output.unit.text)),
      ("indexes", .array(model[output.quantity].cells.indexes.map { .string(model[$0].name) })),
      ("scope", .sorted(output.scope)), ("compare", .array(output.comparisons.map { .string($0.text) })),
      ("note", .optional(output.note)),
      ("origin", .string(Origin.file(output.place).text)),
    ])
  }

  /// A moment in universal time, ISO 8601: `2026-01-31T12:00:00Z`.
  static func utc(_ moment: time_t) -> String {
    var moment = moment
    var parts = tm()
    guard gmtime_r(&moment, &parts) != nil else { return "" }
    func padded(_ number: Int32, _ width: Int = 2) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let date = "\(padded(parts.tm_year + 1900, 4))-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
    return date + "T\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec))Z"
  }
}
