/// The scenario that the project is for.
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
    func append(_ name: String, _ pairs: Pairs, bar: Double?) {
      table.append([
        Figure.count(draws), name, Figure.seconds(pairs.secondSeconds.median),
        Figure.seconds(pairs.firstSeconds.median), pairs.ratio.text, bar.map(Figure.text) ?? "",
        Bar.verdict(pairs.ratio.median, atLeast: bar),
      ])
    }
    append("our flat sector", pairs, bar: nil)
    if let baseline = bench.baseline {
      let older = try Pairs(
        bench.pairs, first: bench.run(scenario, draws: draws),
        second: bench.run(scenario, draws: draws, program: baseline))
      append("the older build", older, bar: 2)
    }
    return ["No peer computes it; the flat sector, ours too, gives the scale. `--baseline` compares builds.", ""]
      + table.lines
  }
}
