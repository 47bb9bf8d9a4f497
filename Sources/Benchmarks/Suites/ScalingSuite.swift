import Reporting

/// Checks that a second worker halves the time, and that the cost per draw does not depend on the number of draws.
enum ScalingSuite: Suite {
  static let name = "scaling"
  static let title = "Scaling"

  static func lines(_ bench: Bench) throws -> [String] {
    let scenario = bench.workload("flat-sector")
    var table = Table(["flat sector", "first", "second", "ratio", "target", ""])
    for draws in [10_000_000, 100_000_000].map(bench.draws) {
      let pairs = try Pairs.run(
        bench.pairs, first: bench.run(scenario, draws: draws, ["--workers", "2"]),
        second: bench.run(scenario, draws: draws, ["--workers", "1"]))
      let hasThreshold = draws == 100_000_000
      table.append([
        "\(NumberText.count(draws)) draws: 2 workers, 1 worker", NumberText.seconds(pairs.firstSeconds.median),
        NumberText.seconds(pairs.secondSeconds.median), pairs.ratio.text, hasThreshold ? "1.8" : "",
        Threshold.verdict(pairs.ratio.median, atLeast: hasThreshold ? 1.8 : nil),
      ])
    }

    // Each triple gives two marginal costs: of the draws from few to some, and from some to many.
    let (few, some, many) = (bench.draws(10_000_000), bench.draws(100_000_000), bench.draws(1_000_000_000))
    var costs: [(early: Double, late: Double)] = []
    for _ in 0..<max(1, (bench.pairs + 1) / 2) {
      let seconds = try [few, some, many].map { try ProcessRun.run(bench.run(scenario, draws: $0)).seconds }
      costs.append(
        ((seconds[1] - seconds[0]) / Double(some - few), (seconds[2] - seconds[1]) / Double(many - some)))
    }
    let ratio = Spread(costs.map { $0.late / $0.early })
    table.append([
      "cost per draw from \(NumberText.count(few)): to \(NumberText.count(some)), to \(NumberText.count(many))",
      "\(NumberText.text(Spread(costs.map { $0.early * 1e9 }).median)) ns",
      "\(NumberText.text(Spread(costs.map { $0.late * 1e9 }).median)) ns", ratio.text, "0.85 to 1.15",
      abs(ratio.median - 1) <= 0.15 ? "met" : "missed",
    ])
    return table.lines
  }
}
