import Distributions
import Evidence
import Foundation
import Modeling
import Simulation
import Testing

@Suite("Importance weights in logarithms")
struct ImportanceWeightTests {
  private func posterior(_ text: String, draws: Int = 262_144) throws -> (Model, PosteriorResult) {
    let model = try EvidenceScenario.model(text, draws: draws)
    return (model, try #require(try Conditioning(model: model).result(draws: draws)))
  }

  private func expect(_ cell: CellSummary, mean: Double, sd: Double) {
    #expect(abs(cell.mean.value - mean) < Chance.errors * cell.mean.error, "mean \(cell.mean), not \(mean)")
    #expect(abs(cell.sd / sd - 1) < 0.05, "sd \(cell.sd), not \(sd)")
    for probability in [0.05, 0.5, 0.95] {
      guard let quantile = cell.quantile(probability) else { continue }
      #expect(
        abs(quantile.value - (mean + sd * StandardNormal.quantile(probability))) < Chance.errors * quantile.error)
    }
  }

  @Test(
    "Two readings 2 s sqrt(L) apart have a likelihood of exp(-L) at most, and the posterior of their mean",
    arguments: [5.0, 20, 50, 100, 200, 400, 700, 5000])
  func twoReadings(loss: Double) throws {
    let (s, middle) = (0.3, 0.4)
    let half = s * loss.squareRoot()
    let (model, result) = try posterior(
      """
      inputs: {x: "normal(0, 1)"}
      outputs: {x: {}}
      evidence:
        - {observe: x, measured: "normal(\(middle - half), \(s))"}
        - {observe: x, measured: "normal(\(middle + half), \(s))"}
      """)
    #expect(result.method == .weighting)
    let precision = 1 + 2 / (s * s)
    expect(result.cell("x", in: model), mean: middle * 2 / (s * s) / precision, sd: 1 / precision.squareRoot())
  }

  @Test("Many readings that agree narrow the posterior as one reading of their mean does", arguments: [42, 400])
  func manyReadings(count: Int) throws {
    // Readings at the quantiles of their own error: their mean is 0.3.
    let s = 0.1 * Double(count).squareRoot() * 3
    let readings = (0..<count).map { k in
      let value = 0.3 + s * StandardNormal.quantile((Double(k) + 0.5) / Double(count))
      return "  - {observe: x, measured: \"normal(\(value), \(s))\"}\n"
    }
    let (model, result) = try posterior(
      "inputs: {x: \"normal(0, 1)\"}\noutputs: {x: {}}\nevidence:\n" + readings.joined(), draws: 65_536)
    #expect(result.method == .weighting)
    let precision = 1 + Double(count) / (s * s)
    expect(result.cell("x", in: model), mean: 0.3 * Double(count) / (s * s) / precision, sd: 1 / precision.squareRoot())
  }

  @Test("Two surveys far apart, and a survey above a bound")
  func surveys() throws {
    let (first, two) = try posterior(
      """
      inputs: {q: 1 to 3}
      outputs: {q: {}}
      evidence: [{observe: q, measured: 1.3 to 1.5}, {observe: q, measured: 2.3 to 2.6}]
      """)
    #expect(two.method == .weighting)
    try PosteriorReference.expect(two.cell("q", in: first), "two_surveys", sdWithin: 0.05)
    let (second, above) = try posterior(
      "inputs: {q: \"uniform(0, 1)\"}\noutputs: {q: {}}\nevidence: [{observe: q, measured: 2 to 3}]\n")
    try PosteriorReference.expect(above.cell("q", in: second), "survey_above_a_bound", sdWithin: 0.05)
    #expect(above.cell("q", in: second).max <= 1)
  }

  @Test("The same in every bit for any number of workers, however small all weights are")
  func workers() throws {
    let model = try EvidenceScenario.model(
      """
      inputs: {x: "normal(0, 1)"}
      outputs: {x: {}}
      evidence: [{observe: x, measured: "normal(-20, 0.5)"}, {observe: x, measured: "normal(20, 0.5)"}]
      """, draws: 50_000)
    let results = try [1, 2, 5].map { workers in
      try #require(try Conditioning(model: model).result(draws: 50_000, options: .init(workers: workers)))
    }
    for other in results.dropFirst() {
      let (a, b) = (results[0].outputs[0].cells[0], other.outputs[0].cells[0])
      #expect(a.mean.value.bitPattern == b.mean.value.bitPattern && a.sd.bitPattern == b.sd.bitPattern)
      #expect(a.quantiles.map(\.value.bitPattern) == b.quantiles.map(\.value.bitPattern))
      #expect(a.quantiles.map(\.error.bitPattern) == b.quantiles.map(\.error.bitPattern))
      #expect(results[0].effective == other.effective && results[0].information == other.information)
    }
  }
}
