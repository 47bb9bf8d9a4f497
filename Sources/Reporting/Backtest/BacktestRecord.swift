import Evidence
import Modeling

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// `record.json` of a back-test: everything needed to reproduce its results.
///
/// Two back-tests of the same scenario and cases with the same settings differ only in `time`.
public struct BacktestRecord {
  private let result: BacktestResult
  private let files: [String]

  /// The record of a back-test and of the files that it wrote next to the record.
  public init(of result: BacktestResult, files: [String]) {
    self.result = result
    self.files = files
  }

  /// `record.json`
  public var file: ReportFile { ReportFile(name: "record.json", text: { content(at: time(nil)).text + "\n" }) }

  private func content(at now: time_t) -> JSON {
    let model = result.model
    return .object([
      ("engine", .string("loadcast \(EngineVersion.current)")),
      ("command", .string("backtest")),
      ("title", .string(model.title)),
      ("digest", .string(model.digest)),
      (
        "scenario_files",
        .array(model.files.map { .object([("path", .string($0.path)), ("sha256", .string($0.sha256))]) })
      ),
      (
        "cases",
        .object([
          ("path", .string(result.table.path)), ("sha256", .string(result.table.sha256)),
          ("count", .integer(result.table.cases.count)),
        ])
      ),
      ("files", .array(files.map(JSON.string))),
      ("draws", .integer(result.draws)),
      ("seed", .unsigned(model.settings.seed)),
      ("design", .string(model.settings.design)),
      ("origins", .sorted(model.settings.origins.mapValues(\.text))),
      (
        "time",
        .object([("finished", .string(RunRecord.utc(now))), ("seconds", .number(result.seconds))])
      ),
      ("inputs", AssumptionRegister(of: model).json),
      ("correlations", .array(model.correlations.map(JSON.string))),
      ("equations", EquationGraph(of: model).json),
    ])
  }
}
