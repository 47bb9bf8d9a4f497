import Analysis
import Modeling
import TextFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// `record.json` of an analysis: everything needed to reproduce its results.
///
/// Two analyses of the same scenario with the same settings differ only in `time` and `workers`.
public struct SensitivityRecord {
  private let analysis: SensitivityAnalysis
  private let files: [String]

  /// The record of an analysis and of the files that it wrote next to the record.
  public init(of analysis: SensitivityAnalysis, files: [String]) {
    self.analysis = analysis
    self.files = files
  }

  /// `record.json`
  public var file: ReportFile {
    ReportFile(
      name: "record.json",
      text: {
        let options = analysis.problem.options
        return Self.content(
          of: analysis.problem, command: "sensitivity", files: files, seconds: analysis.seconds,
          further: [
            ("methods", .array(analysis.results.filter { $0.target == 0 }.map { .string($0.method) })),
            ("effort", .array(analysis.results.filter { $0.target == 0 }.map { .string($0.effort) })),
            ("base_samples", .integer(options.base)),
            ("bootstraps", .integer(options.bootstraps)),
            ("coverage", .number(SensitivityProblem.coverage)),
            ("workers", .integer(analysis.workers)),
          ]
        ).text + "\n"
      })
  }

  /// The record of a problem's analysis: the common entries, and those specific to the command.
  static func content(
    of problem: SensitivityProblem, command: String, files: [String], seconds: Double,
    further: [(key: String, value: JSON)]
  ) -> JSON {
    let model = problem.model
    let general: [(key: String, value: JSON)] = [
      ("engine", .string("loadcast \(EngineVersion.current)")),
      ("command", .string(command)),
      ("title", .string(model.title)),
      ("digest", .string(model.digest)),
      (
        "scenario_files",
        .array(model.files.map { .object([("path", .string($0.path)), ("sha256", .string($0.sha256))]) })
      ),
      ("files", .array(files.map(JSON.string))),
      ("targets", .array(model.targets.map { .string($0.text) })),
      ("factors", .array(problem.factors.map { .string($0.name) })),
      ("draws", .integer(problem.options.draws)),
      ("seed", .unsigned(model.settings.seed)),
      ("design", .string(model.settings.design)),
    ]
    return .object(
      general + further + [
        ("time", .object([("finished", .string(RunRecord.utc(time(nil)))), ("seconds", .number(seconds))])),
        ("inputs", AssumptionRegister(of: model).json),
        ("correlations", .array(model.correlations.map(JSON.string))),
      ])
  }
}
