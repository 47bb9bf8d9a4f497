import Analysis
import Modeling

/// `indices.csv` and `heatmap.csv`: every index of an analysis, one per row; and the main indices as a table with a
/// column for each cell.
package enum SensitivityTables {
  /// The files of an analysis.
  package static func files(of analysis: SensitivityAnalysis) -> [ReportFile] {
    var files = [ReportFile(name: "indices.csv") { sink in try indices(of: analysis, to: sink) }]
    if analysis.problem.targets.count > 1 {
      files.append(ReportFile(name: "heatmap.csv") { sink in try heatmap(of: analysis, to: sink) })
    }
    return files
  }

  private static func indices(of analysis: SensitivityAnalysis, to sink: any TextSink) throws {
    try sink.write(
      CSVRow.text([
        "output", "input", "method", "index", "value", "low", "high", "distinguishable", "standard_error",
        "noise_floor", "unit",
      ]))
    for result in analysis.results {
      for estimate in result.estimates {
        try sink.write(
          CSVRow.text([
            analysis.problem.targets[result.target].name, estimate.name, result.method, estimate.index,
            CSVRow.number(estimate.value), CSVRow.number(estimate.low), CSVRow.number(estimate.high),
            estimate.distinguishable.map { "\($0)" } ?? "", CSVRow.number(estimate.error),
            CSVRow.number(result.noiseFloors[estimate.index] ?? .nan), estimate.unit,
          ]))
      }
    }
  }

  /// One row per input, method and index; one column per target cell.
  private static func heatmap(of analysis: SensitivityAnalysis, to sink: any TextSink) throws {
    let names = analysis.problem.targets.map(\.name)
    try sink.write(CSVRow.text(["input", "method", "index"] + names))
    let byMethod = Dictionary(grouping: analysis.results, by: \.method)
    var seen: Set<String> = []
    for method in analysis.results.map(\.method) where seen.insert(method).inserted {
      guard let results = byMethod[method], let first = results.first else { continue }
      for (position, estimate) in first.estimates.enumerated() where estimate.isSingle {
        let values = analysis.problem.targets.indices.map { target in
          results.first { $0.target == target }.map { $0.estimates[position].value } ?? .nan
        }
        try sink.write(CSVRow.text([estimate.name, method, estimate.index] + values.map(CSVRow.number)))
      }
    }
  }
}
