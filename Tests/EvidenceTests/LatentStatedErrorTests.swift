import Evidence
import Foundation
import Modeling
import Simulation
import Testing

@Suite("Stated errors of latent totals")
struct LatentStatedErrorTests {
  /// Where the stated error is right, the squared spread over 24 seeds divided by the mean squared error has about Fisher's
  /// distribution with 23 and 24 * 15 degrees of freedom, which exceeds 3.55 with a probability of 1.6e-7
  /// (`scipy.stats.f.isf(1.6e-7, 23, 360)`): one of six ratios does by chance once in a million times.
  @Test("The spread over seeds is not larger than the stated errors of quantiles")
  func spread() throws {
    let seeds = 24
    var values: [String: [Double]] = [:], squares: [String: Double] = [:]
    for seed in 1...UInt64(seeds) {
      let model = try EvidenceScenario.model(
        LatentConditioningTests.total, table: LatentConditioningTests.figure, named: "figures.csv", seed: seed)
      let result = try #require(try Conditioning(model: model).result(draws: 65_536))
      for cell in 0..<2 {
        for p in [0.05, 0.5, 0.95] {
          let quantile = try #require(result.outputs[0].cells[cell].quantile(p))
          values["cell \(cell), p = \(p)", default: []].append(quantile.value)
          squares["cell \(cell), p = \(p)", default: 0] += quantile.error * quantile.error / Double(seeds)
        }
      }
    }
    #expect(values.count == 6)
    for (name, found) in values {
      let mean = found.reduce(0, +) / Double(seeds)
      let variance = found.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(seeds - 1)
      let ratio = variance / (squares[name] ?? .nan)
      #expect(ratio < 3.55, "\(name): \(ratio)")
    }
  }
}
