import Analysis
import Modeling

/// `boxes.csv`, the restrictions and statistics of each box; `tradeoff.csv`, every box examined; and the record needed
/// to reproduce them.
package enum DiscoveryTables {
  /// The files of an analysis, the record last.
  package static func files(of analysis: DiscoveryAnalysis) -> [ReportFile] {
    let tables = [
      ReportFile(name: "boxes.csv") { try boxes(analysis, to: $0) },
      ReportFile(name: "tradeoff.csv") { try tradeoff(analysis, to: $0) },
    ]
    let record = SensitivityRecord.file(
      of: analysis.problem, command: .discover, seconds: analysis.seconds,
      further: [("effort", .string(analysis.effort))])
    return tables + [record]
  }

  private static func boxes(_ analysis: DiscoveryAnalysis, to sink: any TextSink) throws {
    try sink.write(
      CSVRow.text([
        "condition", "share", "box", "density", "density_standard_error", "coverage", "coverage_standard_error", "mass",
        "input", "least",
        "largest", "labels", "unit", "below", "above", "density_without", "coverage_without",
      ]))
    for result in analysis.results {
      for (number, box) in result.boxes.enumerated() {
        let figures = [
          box.density.value, box.density.error, box.coverage.value, box.coverage.error, box.mass,
        ]
        for restriction in box.restrictions {
          let range = [restriction.least, restriction.largest].map { $0.map(CSVRow.number) ?? "" }
          let rest = [
            restriction.below, restriction.above, restriction.without.density, restriction.without.coverage,
          ]
          try sink.write(
            CSVRow.text(
              [
                analysis.problem.targets[result.target].name, CSVRow.number(result.share.value), "\(number + 1)",
              ] + figures.map(CSVRow.number) + [restriction.name] + range + [
                restriction.labels?.joined(separator: "; ") ?? "",
                analysis.problem.model[restriction.quantity].unit.text,
              ] + rest.map(CSVRow.number)))
        }
      }
    }
  }

  private static func tradeoff(_ analysis: DiscoveryAnalysis, to sink: any TextSink) throws {
    try sink.write(
      CSVRow.text(["condition", "box", "step", "taken", "inputs", "restricted", "density", "coverage", "mass"]))
    for result in analysis.results {
      for (number, box) in result.boxes.enumerated() {
        for step in box.tradeoff {
          try sink.write(
            CSVRow.text(
              [
                analysis.problem.targets[result.target].name, "\(number + 1)",
                step.isPeeled ? "peeled" : "simplified", "\(step.isTaken)", "\(step.inputs.count)",
                step.inputs.joined(separator: "; "),
              ] + [step.density, step.coverage, step.mass].map(CSVRow.number)))
        }
      }
    }
  }
}
