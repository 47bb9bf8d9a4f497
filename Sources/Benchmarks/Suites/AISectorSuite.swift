/// The project's main scenario.
enum AISectorSuite: Suite {
  static let name = "ai-sector"
  static let title = "AI sector"

  static func lines(_ bench: Bench) throws -> [String] {
    let scenario = "scenarios/ai-sector.yaml"
    let draws = bench.draws(1_000_000)
    let pairs = try Pairs(
      bench.pairs, first: bench.run(scenario, draws: draws),
      second: bench.run(bench.workload("flat-sector"), draws: draws))
    var table = Table(["draws", "beside", "its time", "ours", "times faster", "bar", ""])
    func append(_ name: String, _ pairs: Pairs, threshold: Double?) {
      table.append([
        NumberText.count(draws), name, NumberText.seconds(pairs.secondSeconds.median),
        NumberText.seconds(pairs.firstSeconds.median), pairs.ratio.text, threshold.map(NumberText.text) ?? "",
        Threshold.verdict(pairs.ratio.median, atLeast: threshold),
      ])
    }
    append("our flat sector", pairs, threshold: nil)
    if let baseline = bench.baseline {
      let common = bench.baselineScenario ?? scenario
      for design in ["mc", "sobol"] {
        let older = try Pairs(
          bench.pairs, first: bench.run(common, draws: draws, ["--design", design]),
          second: bench.run(common, draws: draws, ["--design", design], program: baseline))
        append("the older build, `\(design)`", older, threshold: 2)
      }
    }
    return [
      "No peer computes it; the flat sector, ours too, gives the scale. `--baseline` compares builds, both on the scenario of",
      "`--baseline-scenario`, which is smaller than today's where it is the one that the older build came with.", "",
    ] + table.lines
  }
}
