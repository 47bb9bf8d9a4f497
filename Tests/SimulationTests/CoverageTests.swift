import Foundation
import Modeling
import Sampling
import ScenarioFiles
import Simulation
import Testing

/// How often 95 % confidence intervals hold the true values of outputs of many shapes.
///
/// A few seeds here, where an interval that holds in 95 % of runs is refused with a probability of 2e-9 (60 of 80 or fewer
/// hold), 4e-8 over the 72 statistics. With COVERAGE_SEEDS=200 in the environment, some minutes, shares are refused that a binomial test at
/// 1e-4 rejects; `Benchmarks designs --coverage` writes the same as tables.
@Suite("Confidence intervals hold") struct CoverageTests {
  private static let designs = ["lhs", "mc", "owen", "sobol"]
  private static let folder = ShippedScenarios.folder.appending(path: "benchmarks")
  private static let longSeeds = ProcessInfo.processInfo.environment["COVERAGE_SEEDS"].flatMap(Int.init)

  /// Output names and, by the names of statistics, their true values; see scenarios/benchmarks/coverage.py.
  private static func truth() throws -> [(name: String, values: [(statistic: String, value: Double)])] {
    let rows = try String(contentsOf: folder.appending(path: "coverage.csv"), encoding: .utf8).split(separator: "\n")
      .map {
        $0.split(separator: ",").map(String.init)
      }
    let header = try #require(rows.first)
    return rows.dropFirst().map { row in (row[0], zip(header, row).dropFirst().map { ($0, Double($1) ?? .nan) }) }
  }

  private static func estimate(_ statistic: String, _ cell: CellSummary) -> Estimate? {
    switch Tolerance.Statistic(named: statistic) {
    case .mean: cell.mean
    case .quantile(let probability): cell.quantile(probability)
    case nil: nil
    }
  }

  /// The greatest count that a binomial test of a probability of 0.95 rejects.
  private static func rejected(of trials: Int, level: Double) -> Int {
    var (term, sum, k) = (pow(0.05, Double(trials)), 0.0, 0)
    while sum + term <= level {
      sum += term
      term *= Double(trials - k) / Double(k + 1) * 19
      k += 1
    }
    return k - 1
  }

  @Test("of means and quantiles: smooth, steps, rare events, atoms' edges, heavy tails", arguments: [1 << 12, 1 << 14])
  func intervals(draws: Int) throws {
    let truth = try Self.truth()
    let seeds = Self.longSeeds ?? 20
    var held: [String: Int] = [:]
    for design in Self.designs {
      for seed in 1...UInt64(seeds) {
        let options = Scenario.Options(draws: draws, seed: seed, design: design)
        let model = try Scenario.model(ofFileAt: Self.folder.appending(path: "coverage.yaml").path, options: options)
        let outputs = try Engine(model: model).run().outputs
        let replicates = design == "mc" ? 1 : min(16, draws / AddressBlock.draws)
        let multiple = ConfidenceInterval.multiple(replicates: replicates)
        for (output, expected) in zip(outputs, truth) {
          for (statistic, value) in expected.values {
            let estimate = try #require(Self.estimate(statistic, output.cells[0]))
            // The long version counts each design separately.
            let key = "\(expected.name) \(statistic)" + (Self.longSeeds == nil ? "" : " \(design)")
            let isHeld = abs(estimate.value - value) <= multiple * estimate.error + 1e-12 * value.magnitude
            held[key, default: 0] += isHeld ? 1 : 0
          }
        }
      }
    }
    let trials = Self.longSeeds ?? seeds * Self.designs.count
    let rejected = Self.rejected(of: trials, level: Self.longSeeds == nil ? 2e-9 : 1e-4)
    for (key, count) in held.sorted(by: { $0.key < $1.key }) {
      #expect(count > rejected, "\(key), \(draws) draws: \(count) of \(trials)")
    }
  }

  /// 40 runs a design: that 95 % or more of them keep it and 26 or fewer are seen has a probability of 2e-8.
  @Test("and a tolerance that is met is kept, however often the run looked", arguments: ["mc", "sobol"])
  func tolerances(design: String) throws {
    // A sum with a tail of index 2.5, whose mean is 10 / 3.
    var (met, kept) = (0, 0)
    for seed in 1...UInt64(40) {
      var options = Scenario.Options(draws: 1 << 20, seed: seed, design: design)
      options.tolerance = "power=0.8%"
      let model = try Scenario.model(ofFileAt: Self.folder.appending(path: "coverage.yaml").path, options: options)
      let result = try Engine(model: model).run()
      let outcome = try #require(result.tolerance)
      #expect(outcome.confidence == 0.95)
      guard outcome.isMet else { continue }
      // Half the interval, wider than 95 % at one look.
      #expect(outcome.worstShare > 2.1 * outcome.worstError && outcome.worstShare <= 0.008)
      met += 1
      let output = try #require(result.outputs.first { model[$0.output.quantity].name == "power" })
      if abs(output.cells[0].mean.value / (10.0 / 3) - 1) <= 0.008 { kept += 1 }
    }
    #expect(met >= 30 && kept > met - 14, "\(kept) of \(met)")
  }
}
