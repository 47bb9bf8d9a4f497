import Reporting

/// The project's main scenario.
enum AISectorSuite: Suite {
  static let name = "ai-sector"
  static let title = "AI sector"

  static func lines(_ bench: Bench) throws -> [String] {
    let scenario = "scenarios/ai-sector.yaml"
    let draws = bench.draws(1_000_000)
    let pairs = try Pairs.run(
      bench.pairs, first: bench.run(scenario, draws: draws),
      second: bench.run(bench.workload("flat-sector"), draws: draws))
    var table = Table(["draws", "peer", "peer's time", "loadcast", "speed-up", "target", ""])
    func append(_ name: String, _ pairs: Pairs, threshold: Double?) {
      table.append([
        NumberText.count(draws), name, NumberText.seconds(pairs.secondSeconds.median),
        NumberText.seconds(pairs.firstSeconds.median), pairs.ratio.text, threshold.map(NumberText.text) ?? "",
        Threshold.verdict(pairs.ratio.median, atLeast: threshold),
      ])
    }
    append("flat sector, by loadcast", pairs, threshold: nil)
    if let baseline = bench.baseline {
      let common = bench.baselineScenario ?? scenario
      for design in ["mc", "sobol"] {
        let older = try Pairs.run(
          bench.pairs, first: bench.run(common, draws: draws, ["--design", design]),
          second: bench.run(common, draws: draws, ["--design", design], program: baseline))
        append("older build, `\(design)`", older, threshold: 2)
      }
    }
    return [
      "No peer computes this scenario; loadcast's time for the flat sector gives the scale. `--baseline` compares two builds,",
      "both on the scenario of `--baseline-scenario`, which may be an older and smaller version of today's.", "",
    ] + table.lines
  }
}
