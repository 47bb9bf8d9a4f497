import Distributions
import Evidence
import Foundation
import Modeling
import Simulation
import Testing

/// The coverage of the 95 % intervals of posteriors sampled by sequential Monte Carlo, for a sum of normal inputs.
///
/// The long version, `LOADCAST_COVERAGE_SEEDS=200 swift test --filter PosteriorCoverageTests`, takes 200 seeds at 5 and
/// 40 inputs (20 at 200 and 500) and prints the coverage. It fails if a binomial test at 1e-4 rejects a coverage of 95 %
/// or more. The short version has 12 seeds at 5 and 40 inputs and refuses 4 hits or fewer, which 12 trials of
/// probability 95 % give with probability 1.6e-8: with eight statistics it fails by chance once in 8 million times.
@Suite("Coverage of posteriors", .serialized)
struct PosteriorCoverageTests {
  private static let long = ProcessInfo.processInfo.environment["LOADCAST_COVERAGE_SEEDS"].flatMap { UInt64($0) }

  @Test("Intervals of 16 populations hold the closed form", arguments: long == nil ? [5, 40] : [5, 40, 200, 500])
  func sums(d: Int) throws {
    let seeds = Self.long.map { d > 40 ? min($0, 20) : $0 } ?? 12
    var hits: [String: Int] = [:]
    for seed in 1...seeds {
      let model = try EvidenceScenario.model(SequentialMonteCarloTests.sum(of: d), draws: 16_384, seed: seed)
      let result = try #require(try Conditioning(model: model).result(draws: 16_384))
      let cell = result.cell("total", in: model)
      let (mean, sd) = (
        try PosteriorReference.value("sum_\(d)", "mean"), try PosteriorReference.value("sum_\(d)", "sd")
      )
      // Student's quantile for 16 populations.
      func count(_ name: String, _ estimate: Estimate, _ truth: Double) {
        hits[name, default: 0] += abs(estimate.value - truth) <= 2.131 * estimate.error ? 1 : 0
      }
      count("mean", cell.mean, mean)
      // The 5th and 95th percentile of a normal distribution.
      for (probability, score) in [(0.05, -1.6448536269514722), (0.5, 0), (0.95, 1.6448536269514722)] {
        count("p\(Int(probability * 100))", try #require(cell.quantile(probability)), mean + score * sd)
      }
    }
    for (name, hit) in hits.sorted(by: { $0.key < $1.key }) {
      if Self.long != nil { print("posterior of \(d) inputs: \(name) covers \(hit) of \(seeds)") }
      let probability = try Binomial.distribution([Double(seeds), 0.95]).cdf(Double(hit))
      #expect(probability > (Self.long == nil ? 1e-7 : 1e-4), "\(name): \(hit) of \(seeds)")
    }
    #expect(hits.count == 4)
  }
}
