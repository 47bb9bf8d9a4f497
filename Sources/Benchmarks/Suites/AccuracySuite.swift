import Foundation
import Reporting
import TextFormats

/// The time to reach a given accuracy: the default design compared with plain Monte Carlo in NumPy.
enum AccuracySuite: Suite {
  static let name = "accuracy"
  static let title = "Time to accuracy"

  static func lines(_ bench: Bench) throws -> [String] {
    let plain = try errors(bench, design: "mc", draws: bench.draws(1_000_000))
    var table = Table([
      "statistic of the flat sector's fleet", "accuracy", "`mc` draws", "`numpy`", "`sobol` draws", "loadcast",
      "speed-up",
      "target",
      "",
    ])
    let easier = bench.quick ? 10.0 : 1
    let goals = [
      ("mean", \Errors.mean, 1e-4 * easier, 50.0), ("95th percentile", \Errors.p95, 1e-3 * easier, 5.0),
    ]
    for (figure, error, wanted, threshold) in goals {
      // The error of plain Monte Carlo falls with the square root of the draws.
      let ratio = plain[keyPath: error] / wanted
      let plainDraws = Int((Double(plain.draws) * ratio * ratio).rounded(.up))
      var reached: Errors?
      var draws = 1 << 14
      while reached == nil, draws <= 1 << 27 {
        let made = try errors(bench, design: "sobol", draws: draws)
        if made[keyPath: error] <= wanted { reached = made } else { draws *= 2 }
      }
      guard let reached else {
        table.append([
          figure, "\(NumberText.text(wanted * 100)) %", NumberText.count(plainDraws), "", "not reached", "", "", "",
          "missed",
        ])
        continue
      }
      let pairs = try Pairs.run(
        bench.pairs,
        first: bench.run(bench.workload("flat-sector"), draws: reached.draws, ["--design", "sobol"]),
        second: bench.peer(["numpy"], "sector", draws: plainDraws))
      table.append([
        figure, "\(NumberText.text(wanted * 100)) %", "\(plainDraws)", NumberText.seconds(pairs.secondSeconds.median),
        "\(reached.draws)", NumberText.seconds(pairs.firstSeconds.median), pairs.ratio.text, NumberText.text(threshold),
        Threshold.verdict(pairs.ratio.median, atLeast: threshold),
      ])
    }
    return [
      "The accuracy is one standard error, as the program estimates it; the draws of the `sobol` design are doubled from 16,384 until it is reached.",
      "",
    ] + table.lines
  }

  /// Relative standard errors.
  private struct Errors {
    var draws: Int
    var mean: Double
    var p95: Double
  }

  private static func errors(_ bench: Bench, design: String, draws: Int) throws -> Errors {
    _ = try ProcessRun.run(bench.run(bench.workload("flat-sector"), draws: draws, ["--design", design]))
    let path = bench.scratch + "/summary.csv"
    let rows = try CSVTokenizer.records(of: String(contentsOfFile: path, encoding: .utf8))
    guard let header = rows.first, let row = rows.first(where: { $0.first == "fleet" }), row.count == header.count,
      let mean = header.firstIndex(of: "mean").flatMap({ Double(row[$0]) }),
      let error = header.firstIndex(of: "mean_standard_error").flatMap({ Double(row[$0]) }),
      let p95 = try QuantileFile(ofFileAt: bench.scratch + "/quantiles.csv").quantile("fleet", [], 0.95)
    else { throw BenchmarkError.unreadable(path) }
    return Errors(draws: draws, mean: error / mean, p95: p95.error / p95.value)
  }
}
