import Distributions
import Foundation
import Modeling
import Simulation
import Testing
import Units

@Suite("Summaries at extreme scales") struct SummaryScaleTests {
  /// Outputs of several shapes with all values times a factor.
  private static func results(_ factor: Double, design: String) throws -> [CellSummary] {
    var maker = ModelMaker()
    let normal = try Normal.distribution([3, 2]), far = try Normal.distribution([1e6, 1]),
      wide = try LogNormal.distribution([0, 1.2])
    let steps = try Discrete(outcomes: [-1, 0, 2.5], probabilities: [0.25, 0.5, 0.25])
    for (name, distribution) in [("normal", normal), ("far", far), ("wide", wide), ("steps", steps)]
      as [(String, any Distribution)]
    {
      // With next to nothing added, so that the draws themselves are summarised and not a multiple of what they are made of.
      let input = maker.input(name, [.distribution(.fixed(Affine(distribution, scale: factor)))])
      maker.output(maker.equation("\(name)_out", .quantity(input) + .number(0x1p-42 * factor)))
    }
    return try Engine(model: maker.model(draws: 50_000)).run().outputs.map { $0.cells[0] }
  }

  /// A power of two rounds nothing, so that all statistics are the same but for it: to 1e-12, which sums in another unit
  /// may differ by.
  @Test(
    "are those at a common scale, times the factor",
    arguments: [0x1p-980, 0x1p-700, 0x1p-500, 0x1p500, 0x1p700, 0x1p980])
  func factors(factor: Double) throws {
    func agree(_ a: Double, _ b: Double, _ what: String) {
      #expect(a.isNaN && b.isNaN || (a * factor - b).magnitude <= 1e-12 * b.magnitude, "\(what): \(a * factor), \(b)")
    }
    for (plain, scaled) in zip(try Self.results(1, design: "sobol"), try Self.results(factor, design: "sobol")) {
      #expect(scaled.nonFinite == 0)
      agree(plain.mean.value, scaled.mean.value, "mean")
      agree(plain.mean.error, scaled.mean.error, "error of the mean")
      agree(plain.sd, scaled.sd, "sd")
      agree(plain.min, scaled.min, "least")
      agree(plain.max, scaled.max, "greatest")
      for (a, b) in zip(plain.quantiles, scaled.quantiles) {
        agree(a.value, b.value, "quantile")
        agree(a.error, b.error, "error of a quantile")
      }
      #expect(plain.momentWarning == scaled.momentWarning)
      // Whole numbers have bins of integer width, whose edges do not scale.
      guard plain.histogram.count == scaled.histogram.count else { continue }
      for (a, b) in zip(plain.histogram, scaled.histogram) {
        #expect((a.low * factor - b.low).magnitude <= 1e-12 * max(b.low.magnitude, b.high.magnitude))
        #expect(a.count == b.count)
      }
    }
  }

  @Test("of values that span a double's range, or stand at one end of it")
  func ends() throws {
    var maker = ModelMaker()
    for (name, distribution) in [
      ("wide", try LogUniform.distribution([1e-300, 1e300])),
      ("huge", try Triangular.distribution([1e200, 2e200, 3e200])),
      ("narrow", try Normal.distribution([1e300, 1e290])),
      ("small", try Interval.distribution(low: 1e-170, high: 3e-170)),
    ] as [(String, any Distribution)] {
      maker.output(maker.input(name, [.distribution(.fixed(distribution))]))
    }
    // Even points: under independent draws the sd alone would be off by 2e-3.
    let cells = try Engine(model: maker.model(draws: 100_000, design: "sobol")).run().outputs.map { $0.cells[0] }
    #expect(cells.allSatisfy { $0.nonFinite == 0 })
    // Over 2,000 octaves a bin is a hundredth wide.
    #expect((try #require(cells[0].quantile(0.5)).value - 1).magnitude < 0.05)
    // The triangle's sd is 1e200 / sqrt(6).
    #expect((cells[1].sd / 1e200 * 6.0.squareRoot() - 1).magnitude < 1e-3)
    #expect((try #require(cells[1].quantile(0.5)).value / 2e200 - 1).magnitude < 1e-3)
    // 1.6448536269514722 sds.
    for (p, z) in [(0.05, -1.6448536269514722), (0.5, 0), (0.95, 1.6448536269514722)] {
      let x = try #require(cells[2].quantile(p)).value
      #expect(((x - 1e300) / 1e290 - z).magnitude < 5e-3, "\(p)")
    }
    #expect((cells[2].sd / 1e290 - 1).magnitude < 1e-3)
    // sigma = log(3) / (2 z): sd = exp(mu + sigma^2 / 2) sqrt(exp(sigma^2) - 1).
    let sigma = log(3) / (2 * 1.6448536269514722)
    let sd = 1e-170 * 3.0.squareRoot() * exp(sigma * sigma / 2) * expm1(sigma * sigma).squareRoot()
    #expect((cells[3].sd / sd - 1).magnitude < 2e-3)
  }

  /// The window is up to 200 standard deviations away from the mean; no draw may be lost there.
  @Test("A truncation around an uncertain mean, against quadrature", arguments: ["mc", "sobol"])
  func uncertainTruncation(design: String) throws {
    var maker = ModelMaker()
    let mean = maker.input("m", [try .distribution("normal", 2, 20)])
    let family = try #require(DistributionCatalogue.family(named: "normal"))
    let normal = DistributionExpression.family(family, parameterisation: 0, arguments: [.quantity(mean), .number(0.5)])
    let x = maker.input("x", [.distribution(.truncated(normal, low: .number(-2), high: .number(2)))])
    maker.output(x)
    let draws = 65_536
    let engine = try Engine(model: maker.model(draws: draws, design: design))
    let values = try #require(try engine.columns(draws)["x"])
    #expect(values.allSatisfy { (-2...2).contains($0) })
    // Reference/uncertain_truncation.py. Binomial errors; 5.5 of them by chance in one of 2.6e7 comparisons.
    for (p, quantile) in [
      (0.05, -1.9977549), (0.25, -1.9789634), (0.4, -1.8292085), (0.5, 1.6107779), (0.6, 1.9546175), (0.75, 1.9865122),
      (0.95, 1.9983038),
    ] {
      let share = Double(values.count { $0 <= quantile }) / Double(draws)
      #expect(abs(share - p) < 5.5 * (p * (1 - p) / Double(draws)).squareRoot(), "\(p): \(share)")
    }
  }
}
