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
}
