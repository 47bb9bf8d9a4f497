import Distributions
import Foundation
import Testing

@Suite("Extreme arguments")
struct ExtremeArgumentTests {
  /// All lists of a parameterisation with every argument at one of a few sizes, those that its declarations allow.
  static func lists(_ way: Parameterisation) -> [[Double]] {
    let sizes = [-1e300, -1, 0, 1e-300, 1e-9, 0.5, 1, 7, 3e4, 1e8, 1e15, 1e300]
    var lists: [[Double]] = [[]]
    for parameter in way.parameters {
      lists = lists.flatMap { list in
        (parameter.defaultValue.map { [$0] } ?? sizes).filter { parameter.domain.contains($0) }.map { list + [$0] }
      }
    }
    return lists
  }

  @Test("neither hang nor crash, and give values inside the support or not numbers", .timeLimit(.minutes(1)))
  func survive() throws {
    for family in DistributionCatalogue.families {
      for (number, way) in family.parameterisations.enumerated() {
        for list in Self.lists(way) {
          guard let distribution = try? family.distribution(list, parameterisation: number) else { continue }
          let clock = ContinuousClock()
          let time = clock.measure {
            for p in [1e-300, 1e-9, 0.3, 0.5, 1 - 1e-12] {
              let x = distribution.quantile(p)
              #expect(x.isNaN || distribution.support.contains(x), "\(distribution) at \(p)")
              _ = (
                distribution.quantile(survival: p), distribution.cdf(x), distribution.survival(x),
                distribution.density(x)
              )
            }
            _ = (distribution.mean, distribution.sd, distribution.description)
          }
          #expect(time < .milliseconds(500), "\(distribution)")
        }
      }
    }
  }

  @Test("of a beta distribution, all shapes and places, have tails between 0 and 1")
  func betaTails() throws {
    let beta = try #require(DistributionCatalogue.family(named: "beta"))
    let shapes = (0...40).map { (k: Int) -> Double in exp(-690 + 17.7 * Double(k)) }
    // A power of a place may overflow where the other one vanishes, as for the last three.
    for (a, b) in shapes.flatMap({ a in shapes.map { (a, $0) } }) + [(6.92e6, 181.27), (9e6, 199), (199, 9e6)] {
      let distribution = try beta.distribution([a, b, 0, 1])
      for x in [1e-300, 1e-100, 1e-10, 1e-3, 0.08, 0.4, 0.5, 0.9179, 0.999, 1 - 1e-10, 1 - 1e-16] {
        let (lower, upper) = (distribution.cdf(x), distribution.survival(x))
        #expect(lower >= 0 && lower <= 1 && upper >= 0 && upper <= 1, "\(distribution) at \(x): \(lower), \(upper)")
        #expect((lower + upper - 1).magnitude < 1e-15, "\(distribution) at \(x): \(lower), \(upper)")
      }
    }
  }

  /// mpmath 1.4.1 with 400 digits: x^a / B(a, b) times the sum over n of (1 - b) ... (n - b) x^n / (n! (a + n)), from 1.
  @Test("of a beta distribution with a shape near 0 give the upper tail all its digits")
  func smallShapes() throws {
    let cases: [(a: Double, b: Double, x: Double, survival: Double)] = [
      (1e-20, 5, 0.3, 8.4614470992602664e-22), (1e-16, 1, 0.3, 1.2039728043259359e-16),
      (1e-15, 1e-3, 0.5, 9.9999917858270889e-13), (1e-100, 1e-60, 0.4, 1e-40),
      (1e-15, 1e6, 1e-7, 1.8229243655963069e-15), (9e-15, 3, 0.25, 3.1953992500790306e-15),
    ]
    let beta = try #require(DistributionCatalogue.family(named: "beta"))
    for (a, b, x, survival) in cases {
      let found = try beta.distribution([a, b, 0, 1]).survival(x)
      #expect((found / survival - 1).magnitude < 1e-13, "beta(\(a), \(b)) at \(x): \(found)")
    }
  }
}
