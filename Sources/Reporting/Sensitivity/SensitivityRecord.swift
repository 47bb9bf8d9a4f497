import Modeling
import Sensitivity

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// `record.json` of an analysis: what made its figures.
///
/// Two analyses of the same scenario with the same settings differ in `time` and `workers` alone.
public struct SensitivityRecord {
  private let analysis: SensitivityAnalysis
  private let files: [String]

  /// The record of an analysis and of the files that it wrote beside the record.
  public init(of analysis: SensitivityAnalysis, files: [String]) {
    self.analysis = analysis
    self.files = files
  }

  /// `record.json`
  public var file: ReportFile { ReportFile(name: "record.json", text: { content(at: time(nil)).text + "\n" }) }

  private func content(at now: time_t) -> JSON {
    let problem = analysis.problem
    let model = problem.model
    let options = problem.options
    return .object([
      ("engine", .string("loadcast \(EngineVersion.current)")),
      ("command", .string("sensitivity")),
      ("title", .string(model.title)),
      ("digest", .string(model.digest)),
      (
        "scenario_files",
        .array(model.files.map { .object([("path", .string($0.path)), ("sha256", .string($0.sha256))]) })
      ),
      ("files", .array(files.map(JSON.string))),
      ("targets", .array(model.targets.map { .string($0.text) })),
      ("methods", .array(analysis.results.filter { $0.target == 0 }.map { .string($0.method) })),
      ("effort", .array(analysis.results.filter { $0.target == 0 }.map { .string($0.effort) })),
      ("factors", .array(problem.factors.map { .string($0.name) })),
      ("base", .integer(options.base)),
      ("draws", .integer(options.draws)),
      ("bootstraps", .integer(options.bootstraps)),
      ("coverage", .number(SensitivityProblem.coverage)),
      ("seed", .unsigned(model.settings.seed)),
      ("design", .string(model.settings.design)),
      ("workers", .integer(analysis.workers)),
      ("time", .object([("finished", .string(RunRecord.utc(now))), ("seconds", .number(analysis.seconds))])),
      ("inputs", AssumptionRegister(of: model).json),
      ("correlations", .array(model.correlations.map(JSON.string))),
    ])
  }
}
