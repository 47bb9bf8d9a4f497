import Reporting

/// Peak memory of a run by number of draws.
enum MemorySuite: Suite {
  static let name = "memory"
  static let title = "Peak memory"

  static func lines(_ bench: Bench) throws -> [String] {
    var table = Table(["scenario", "workers", "draws", "peak", "target", ""])
    let sizes = bench.quick ? [1_000_000] : [100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000]
    for draws in sizes {
      try append(bench.workload("flat-sector"), draws: draws, workers: 2, threshold: draws >= 1_000_000 ? 64 : nil)
    }
    for scenario in [bench.workload("years"), "scenarios/ai-sector.yaml"] {
      for workers in [1, 2] {
        for draws in bench.quick ? [100_000] : [100_000, 1_000_000, 4_000_000] {
          try append(scenario, draws: draws, workers: workers, threshold: nil)
        }
      }
    }

    func append(_ scenario: String, draws: Int, workers: Int, threshold: Double?) throws {
      bench.note("  \(scenario), \(NumberText.count(draws)) draws")
      let run = try ProcessRun.run(bench.run(scenario, draws: draws, ["--workers", "\(workers)"]))
      let name = scenario.split(separator: "/").last.map(String.init) ?? scenario
      table.append([
        name, "\(workers)", NumberText.count(draws), NumberText.mebibytes(run.peakBytes),
        threshold.map { "\(NumberText.text($0)) MiB" } ?? "",
        threshold.map { Threshold.verdict(Double(run.peakBytes) / 1_048_576, atMost: $0) } ?? "",
      ])
    }
    return [
      "One run each. The system counts a child's peak from that of its parent, so peaks below "
        + "\(NumberText.mebibytes(ProcessRun.ownPeakBytes)) cannot be measured.", "",
    ] + table.lines
  }
}
