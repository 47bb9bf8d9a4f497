import Distributions
import Reporting

/// The time to build tables of quantile functions.
enum TableSuite: Suite {
  static let name = "tables"
  static let title = "Tables"

  /// Typical shapes, and shapes with a singular density, with their target times in milliseconds.
  private static let distributions: [(name: String, arguments: [Double], threshold: Double)] = [
    ("beta", [4, 6, 0, 1], 3), ("beta", [1000, 3, 0, 1], 3), ("gamma", [3, 1], 3), ("gamma", [500, 1], 3),
    ("pert", [1, 2, 5, 4], 3), ("chi_squared", [7], 3), ("student", [3, 0, 1], 3), ("cauchy", [0, 1], 3),
    ("inverse_gaussian", [1, 1], 3), ("skew_normal", [0, 1, 3], 3), ("beta", [0.5, 0.5, 0, 1], 20),
    ("beta", [0.05, 3, 0, 1], 20), ("beta", [0.05, 0.05, 0, 1], 20), ("gamma", [0.05, 1], 20),
    ("gamma", [0.5, 2], 20), ("student", [0.4, 0, 1], 20),
  ]

  static func lines(_ bench: Bench) throws -> [String] {
    var table = Table(["distribution", "table of a probability", "table of a normal score", "target", ""])
    for (name, arguments, threshold) in distributions {
      guard let family = DistributionCatalogue.family(named: name) else { continue }
      let distribution = try family.distribution(arguments, parameterisation: 0)
      var times = [Double.infinity, .infinity]
      for _ in 0..<(bench.quick ? 2 : 7) {
        times[0] = min(times[0], seconds { _ = QuantileTable(distribution) })
        times[1] = min(times[1], seconds { _ = ScoreTable(distribution) })
      }
      table.append(
        [
          "`\(name)(\(arguments.map(DistributionSuite.text).joined(separator: ", ")))`", NumberText.seconds(times[0]),
          NumberText.seconds(times[1]), NumberText.seconds(threshold / 1000),
          Threshold.verdict(max(times[0], times[1]) * 1000, atMost: threshold),
        ])
    }
    return [
      "The minimum of several repeats on one core. The lower rows are singular shapes: their density is unbounded, or their "
        + "tails are so heavy that the table must extend further.", "",
    ] + table.lines
  }

  private static func seconds(_ work: () -> Void) -> Double {
    let elapsed = ContinuousClock().measure(work).components
    return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
  }
}
