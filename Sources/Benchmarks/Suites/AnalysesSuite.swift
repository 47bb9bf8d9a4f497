import Reporting

/// Analyses of the fixed main scenario, in processor time relative to the run of as many draws.
enum AnalysesSuite: Suite {
  static let name = "analyses"
  static let title = "Analyses"

  /// The most that an analysis and an HTML report may take, relative to the run.
  private static let mostOfAnalysis = 1.0
  private static let mostOfReport = 1.15
  /// The most memory of an analysis, in MiB.
  private static let mostMemory = 200.0

  static func lines(_ bench: Bench) throws -> [String] {
    let scenario = bench.workload("ai-sector-2026-11/ai-sector")
    let draws = bench.draws(1_000_000)
    let cell = "electricity[year=2025]"
    let run = bench.run(scenario, draws: draws)
    func analysis(_ command: String, _ options: [String], draws: Int? = draws) -> [String] {
      [bench.loadcast, command, scenario, "--out", bench.scratch] + options
        + (draws.map { ["--draws", "\($0)"] } ?? [])
    }
    let commands: [(name: String, command: [String], threshold: Double)] = [
      ("disclosure", analysis("disclosure", ["--output", cell]), mostOfAnalysis),
      ("disclosure, default draws and cell", analysis("disclosure", [], draws: nil), mostOfAnalysis),
      ("discover", analysis("discover", ["--when", "electricity[year=2030] > 4 * \(cell)"]), mostOfAnalysis),
      (
        "sensitivity, given data, default draws",
        analysis("sensitivity", ["--output", cell, "--method", "given-data"], draws: nil), mostOfAnalysis
      ),
      (
        "sensitivity, all, default draws", analysis("sensitivity", ["--output", cell, "--all"], draws: nil),
        mostOfAnalysis
      ),
      ("run, html", run + ["--format", "html"], mostOfReport),
    ]
    var table = Table(["command", "CPU", "the run's CPU", "ratio", "target", "", "peak", "target", ""])
    for (name, command, threshold) in commands {
      bench.note("  \(name)")
      let pairs = try Pairs.run(bench.pairs, first: run, second: command)
      let ratio = Spread(zip(pairs.first, pairs.second).map { $1.processorSeconds / $0.processorSeconds })
      let peak = pairs.second.map(\.peakBytes).max() ?? 0
      table.append([
        name, NumberText.seconds(Spread(pairs.second.map(\.processorSeconds)).median),
        NumberText.seconds(Spread(pairs.first.map(\.processorSeconds)).median), ratio.text, NumberText.text(threshold),
        Threshold.verdict(ratio.median, atMost: threshold), NumberText.mebibytes(peak),
        "\(NumberText.text(mostMemory)) MiB", Threshold.verdict(Double(peak) / 1_048_576, atMost: mostMemory),
      ])
    }
    return [
      "On `ai-sector-2026-11/ai-sector.yaml`, in processor seconds of all threads, analysis and run alternately; the run makes "
        + "\(NumberText.count(draws)) draws, and so do analyses that do not say otherwise.", "",
    ] + table.lines
  }
}
