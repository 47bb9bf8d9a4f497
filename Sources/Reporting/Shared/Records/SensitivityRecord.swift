import Analysis
import Modeling
import TextFormats

/// The record of an analysis: everything needed to reproduce its results.
///
/// Two analyses of the same scenario with the same settings differ only in `time` and `workers`.
package struct SensitivityRecord {
  private let analysis: SensitivityAnalysis
  private let parts: JSON?

  /// The record of an analysis and of the files that it wrote next to the record.
  ///
  /// - Parameters:
  ///   - analysis: the analysis.
  ///   - parts: the parts from which it was merged, if it was.
  package init(of analysis: SensitivityAnalysis, parts: JSON? = nil) { (self.analysis, self.parts) = (analysis, parts) }

  /// `sensitivity-record.json`
  package var file: ReportFile {
    let options = analysis.problem.options
    return Self.file(
      of: analysis.problem, command: .sensitivity, seconds: analysis.seconds,
      further: [
        ("methods", .array(analysis.results.filter { $0.target == 0 }.map { .string($0.method) })),
        ("effort", .array(analysis.results.filter { $0.target == 0 }.map { .string($0.effort) })),
        ("base_samples", .integer(options.base)),
        ("bootstraps", .integer(options.bootstraps)),
        ("coverage", .number(SensitivityProblem.coverage)),
        ("workers", .integer(analysis.workers)),
      ] + (parts.map { [("parts", $0)] } ?? []))
  }

  /// The record of a problem's analysis: the common entries, and those specific to the command.
  static func file(
    of problem: SensitivityProblem, command: RecordContent.Command, seconds: Double,
    further: [(key: String, value: JSON)]
  ) -> ReportFile {
    let model = problem.model
    return RecordContent(
      model: model, command: command, draws: problem.options.draws,
      subjects: [
        ("targets", .array(model.targets.map { .string($0.text) })),
        ("factors", .array(problem.factors.map { .string($0.name) })),
      ],
      settings: further + [RecordContent.timing(seconds: seconds)]
    ).file
  }
}
