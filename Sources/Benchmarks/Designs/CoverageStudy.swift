import Foundation
import Modeling
import Reporting
import Sampling
import ScenarioFiles
import Simulation
import TextFormats

/// Coverage of confidence intervals over many seeds, by output, statistic, design and number of draws.
///
/// The outputs are those of `coverage.yaml`, their true values those of `coverage.csv`.
struct CoverageStudy {
  /// Seeds per design and number of draws.
  let seeds: Int

  private static let folder = "scenarios/benchmarks/"
  private static let sizes = [1 << 12, 1 << 14, 1 << 16]
  /// Coverages outside these limits are rejected by a two-sided binomial test at 1e-4 with 200 seeds, if the true
  /// coverage is 0.95: the probability of at most 174 covering intervals is 3e-5, that of at most 175 is 8e-5.
  private static let least = 0.88, most = 0.99

  /// The intervals of one statistic of an output in all runs of a design.
  private struct Count {
    var held = 0, stated = 0
    /// Empty if no run reported an error; if only some did, the text includes their number.
    func text(seeds: Int) -> String {
      if stated == 0 { return "–" }
      let share = Double(held) / Double(stated)
      let text = String(format: "%.3f", share)
      return (share < CoverageStudy.least ? "**\(text)**" : text) + (stated < seeds ? " (of \(stated))" : "")
    }
  }

  /// The section of the page.
  func lines() throws -> [String] {
    let (statistics, truth) = try Self.truth()
    let names = truth.map(\.name)
    var counts: [[[[Count]]]] = []
    let designs = SamplingDesignCatalogue.all.map { $0.name }
    for design in designs {
      FileHandle.standardError.write(Data("coverage, \(design) …\n".utf8))
      counts.append(try Self.sizes.map { try count(design, draws: $0, statistics, truth.map(\.values)) })
    }
    var lines = [
      "", "## Coverage of 95 % intervals", "",
      "Measured by `Benchmarks designs --coverage`. The share of \(seeds) seeds whose interval, estimate ± z standard errors, covers the true value: z is 1.96 under `mc` "
        + "and in runs of fewer than 8,192 draws, otherwise the quantile of Student's distribution with 15 degrees of freedom, "
        + "2.13. The outputs are those of [`coverage.yaml`](coverage.yaml), the true values come from closed forms and SciPy "
        + "([`coverage.py`](coverage.py)): smooth, a kink, a step, a rare event (2.3 in 10,000), counts, an atom whose "
        + "edge is the median, a rare loss (1 in 1,000, so that the 99.9th percentile is the edge of an atom), sums with a "
        + "tail of index 2.5, and a lognormal distribution with σ = 2.06. A binomial test at 1e-4 rejects shares below 0.88, "
        + "in bold. Shares above 0.99 are conservative intervals: "
        + "quantiles at an atom have an interval of width 0 that is always right, and intervals of quantiles in a tail "
        + "are symmetric, with the width required by the farther of the two order statistics. –: no error is stated, because fewer than "
        + "four draws are expected outside the quantile. The standard deviation has no stated error, and therefore no "
        + "interval.",
    ]
    for (statistic, title) in statistics.enumerated() {
      lines += ["", "### \(title == "mean" ? "Mean" : "Quantile \(title)")", ""]
      var table = Table(["output"] + designs.flatMap { design in Self.sizes.map { "`\(design)` \($0 / 1024)Ki" } })
      for (output, name) in names.enumerated() {
        table.append(
          ["`\(name)`"]
            + designs.indices.flatMap { design in
              Self.sizes.indices.map { counts[design][$0][output][statistic].text(seeds: seeds) }
            })
      }
      lines += table.lines
    }
    let all = counts.flatMap { $0 }.flatMap { $0 }.flatMap { $0 }.filter { $0.stated > seeds / 2 }
    let shares = all.map { Double($0.held) / Double($0.stated) }
    lines += [
      "",
      "Of \(all.count) shares, \(shares.count { $0 < Self.least }) are below 0.88 and \(shares.count { $0 > Self.most }) above "
        + "0.99; the mean of all is \(NumberText.text(shares.reduce(0, +) / Double(shares.count))), the minimum "
        + "\(NumberText.text(shares.min() ?? .nan)).",
    ]
    return lines
      + (try toleranceLines(designs, means: Dictionary(zip(names, truth.map { $0.values[0] })) { a, _ in a }))
  }

  /// Counts by output and statistic, over the seeds.
  private func count(_ design: String, draws: Int, _ statistics: [String], _ truth: [[Double]]) throws -> [[Count]] {
    var counts = truth.map { $0.map { _ in Count() } }
    for seed in 1...UInt64(seeds) {
      let (result, multiple) = try Self.run(design, draws: draws, seed: seed)
      for (output, values) in truth.enumerated() {
        for (place, name) in statistics.enumerated() {
          guard let estimate = Self.estimate(name, result.outputs[output].cells[0]), !estimate.error.isNaN else {
            continue
          }
          counts[output][place].stated += 1
          if Self.holds(estimate, values[place], multiple) { counts[output][place].held += 1 }
        }
      }
    }
    return counts
  }

  /// True if an interval covers a value, up to rounding.
  private static func holds(_ estimate: Estimate, _ value: Double, _ multiple: Double) -> Bool {
    abs(estimate.value - value) <= multiple * estimate.error + 1e-12 * value.magnitude
  }

  private static func estimate(_ name: String, _ cell: CellSummary) -> Estimate? {
    switch Tolerance.Statistic(named: name) {
    case .mean: cell.mean
    case .quantile(let probability): cell.quantile(probability)
    case nil: nil
    }
  }

  /// A run, and the number of standard errors in half an interval.
  private static func run(
    _ design: String, draws: Int, seed: UInt64, tolerance: String? = nil
  ) throws -> (RunResult, multiple: Double) {
    var options = Scenario.Options(draws: draws, seed: seed, design: design)
    options.tolerance = tolerance
    let result = try Engine(model: try Scenario.model(ofFileAt: folder + "coverage.yaml", options: options)).run()
    let replicates = SamplingDesignCatalogue.design(named: design)?.replicateCount ?? 1
    let filled = min(replicates, (result.draws + AddressBlock.draws - 1) / AddressBlock.draws)
    return (result, ConfidenceInterval.multiple(replicates: filled))
  }

  /// The outputs' names and true values, and the names of the statistics.
  private static func truth() throws -> ([String], [(name: String, values: [Double])]) {
    let path = folder + "coverage.csv"
    let rows = try CSVTokenizer.records(of: String(contentsOfFile: path, encoding: .utf8))
    guard let header = rows.first else { throw BenchmarkError.unreadable(path) }
    return (Array(header.dropFirst()), rows.dropFirst().map { ($0[0], $0.dropFirst().map { Double($0) ?? .nan }) })
  }

  // MARK: Tolerances

  /// Outputs and tolerances of their means that need about 2^17 to 2^20 draws.
  private static let tolerances = [("skewed", "0.4%"), ("power", "0.4%"), ("step", "1%")]
  private static let mostDraws = 1 << 21

  /// How often a run that reports its tolerance as met is within it.
  private func toleranceLines(_ designs: [String], means: [String: Double]) throws -> [String] {
    var table = Table(["output", "tolerance"] + designs.map { "`\($0)`" })
    for (output, share) in Self.tolerances {
      var row = ["`\(output)`", share]
      for design in designs {
        FileHandle.standardError.write(Data("tolerance, \(output), \(design) …\n".utf8))
        var (met, kept) = (0, 0)
        for seed in 1...UInt64(seeds) {
          let (result, _) = try Self.run(design, draws: Self.mostDraws, seed: seed, tolerance: "\(output)=\(share)")
          guard let outcome = result.tolerance, outcome.isMet, let truth = means[output],
            let found = result.outputs.first(where: { result.model[$0.output.quantity].name == output })
          else { continue }
          met += 1
          if abs(found.cells[0].mean.value - truth) <= outcome.tolerance.share * found.cells[0].mean.value.magnitude {
            kept += 1
          }
        }
        row.append(met == 0 ? "–" : String(format: "%.3f", Double(kept) / Double(met)) + " (of \(met))")
      }
      table.append(row)
    }
    return [
      "", "## Tolerances", "",
      "\(seeds) runs with `--tolerance OUTPUT=SHARE` and at most 2^21 draws: among those that report the tolerance as met "
        + "with 95 % confidence, the share whose mean is within it of the true mean. A run checks its errors up to "
        + "six times, and each check has a sixth of the error probability of 5 %.", "",
    ] + table.lines
  }
}
