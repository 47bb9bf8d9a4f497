import Distributions
import Foundation
import Testing

/// The coverage of the 95 % intervals of given-data methods.
///
/// The long version, `LOADCAST_COVERAGE_SEEDS=200 swift test --filter CoverageTests` (some minutes), prints the coverage of
/// every index and input over 200 seeds. It fails if a binomial test at 1e-4 rejects a coverage of 95 % or more, which is
/// so below 176 of 200. The short version has seven seeds. An interval misses all of them with probability 8e-10, one of the 114
/// kinds with 9e-8; nothing may be 16 standard errors further off than its interval is wide, which Student's t(11)
/// exceeds with probability 6e-9 and t(15) with 8e-11: in one of 84 gains and 714 other values with less than 6e-7.
@Suite("Coverage of intervals", .serialized)
struct CoverageTests {
  /// Seeds of the long version; nil for the short one.
  static let seeds = ProcessInfo.processInfo.environment["LOADCAST_COVERAGE_SEEDS"].flatMap { UInt64($0) }
  /// The probability with which a coverage of 95 % may be refused: that of the long version, or of few seeds.
  static let bound = seeds == nil ? 1e-7 : 1e-4
  static let design = ProcessInfo.processInfo.environment["LOADCAST_COVERAGE_DESIGN"] ?? "sobol"

  /// Errors of the reference values.
  static let rounding = 3e-4

  @Test("Intervals of given data hold the truth", arguments: GivenDataModels.texts.map(\.name))
  func givenData(_ name: String) throws {
    let model = try #require(GivenDataModels.texts.first { $0.name == name })
    var hits: [GivenDataModels.Key: Int] = [:]
    var sums: [GivenDataModels.Key: (value: Double, square: Double, error: Double, half: Double)] = [:]
    let count = Self.seeds ?? 7
    for seed in 1...count {
      for own in try GivenDataModels.intervals(model, seed: seed, design: Self.design) {
        guard own.low.isFinite, let truth = GivenDataModels.truth(of: own.key) else {
          // Only PAWN's distances, which say that they have none, go without an interval.
          #expect(own.key.index.hasPrefix("PAWN") && own.low.isNaN && own.high.isNaN)
          continue
        }
        // A partial correlation of an exact linear model is 1, without error.
        if truth == 1 {
          #expect(abs(own.value - 1) < 1e-9)
          continue
        }
        let scale = own.key.index == "gain" ? 3.0 : 1
        let isHit = (own.low - Self.rounding * scale...own.high + Self.rounding * scale).contains(truth)
        hits[own.key, default: 0] += isHit ? 1 : 0
        let sum = sums[own.key] ?? (0, 0, 0, 0)
        sums[own.key] = (
          sum.value + own.value, sum.square + own.value * own.value, sum.error + own.error * own.error,
          sum.half + (own.high - own.low) / 2
        )
        #expect(
          abs(own.value - truth) <= 16 * own.error + (own.high - own.low) / 2, "\(own), truth \(truth), seed \(seed)")
      }
    }
    #expect(hits.count == (name == "ishigami" || name == "jump" ? 27 : 24))
    let n = Double(count)
    for (key, hit) in hits.sorted(by: { ($0.key.index, $0.key.input) < ($1.key.index, $1.key.input) }) {
      let truth = try #require(GivenDataModels.truth(of: key))
      guard Self.seeds != nil, let sum = sums[key] else {
        #expect(hit > 0, "\(key) holds \(truth) in none of \(count) seeds")
        continue
      }
      let mean = sum.value / n
      let sd = max(0, sum.square / n - mean * mean).squareRoot()
      print(
        [
          name, key.index, key.input, "truth \(Self.text(truth))", "mean \(Self.text(mean))", "sd \(Self.text(sd))",
          "error \(Self.text((sum.error / n).squareRoot()))", "half width \(Self.text(sum.half / n))",
          "covers \(hit) of \(count)",
        ].joined(separator: "  "))
      let probability = try Binomial.distribution([Double(count), 0.95]).cdf(Double(hit))
      #expect(probability > 1e-4, "\(key): \(hit) of \(count)")
    }
  }

  private static func text(_ value: Double) -> String { String((value * 1e5).rounded() / 1e5) }
}
