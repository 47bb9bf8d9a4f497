import Modeling
import Testing

@testable import Analysis

@Suite("Drivers of a target")
struct InputDriversTests {
  @Test("are the estimates of the methods that they are taken from, whether or not values are tied or draws are lost")
  func sameAsMethods() throws {
    // The second target is not finite where x is negative.
    let problem = try Problems.text(
      """
      indexes: {i: 1..3}
      inputs:
        a: {over: [i], value: "normal(0, 1)", dependence: independent}
        k: {over: [i], value: "poisson(2)", dependence: independent}
        x: "normal(0, 1)"
        rare: "bernoulli(0.2)"
        s: {over: [i], value: "shares(1=40%, 2=40%, 3=20%, concentration=30)"}
      equations: {y: "sum(a, over=i) + sum(k, over=i) + x + rare + s[i=1]"}
      outputs: {y: {}}
      """, "y", "a[i=1] + log(x)")
    let drivers = try InputDrivers.all(of: problem)
    let (found, whole) = (try GivenData.results(for: problem), try InputShares.estimates(for: problem))
    #expect(drivers.map(\.count) == [5, 2])
    for (target, own) in drivers.enumerated() {
      for driver in own {
        let singles = found[target].estimates(of: "S1").filter { $0.factors == [driver.factor] }
        let share = try #require(whole[target].first { $0.factors == [driver.factor] } ?? singles.first)
        #expect(driver.hasCells == (singles.count > 1))
        #expect(driver.share.map(Figures.init) == Figures(share))
        let ranks = found[target].estimates(of: "rank_correlation").filter { $0.factors == [driver.factor] }
        let largest = try #require(ranks.max { $0.value.magnitude < $1.value.magnitude })
        #expect(driver.rank.map(Figures.init) == Figures(largest))
      }
    }
  }

  @Test("there are none of a target that cannot be explained")
  func constant() throws {
    let problem = try Problems.text(
      """
      inputs: {x: "normal(0, 1)"}
      equations: {y: "x"}
      outputs: {y: {}}
      """, "min(x, -100)")
    #expect(try InputDrivers.all(of: problem).allSatisfy(\.isEmpty))
  }

  /// What an estimate says.
  private struct Figures: Equatable {
    var name: String
    var numbers: [Double]
    var isClear: Bool?

    init(_ estimate: IndexEstimate) {
      name = estimate.name
      numbers = [estimate.value, estimate.low, estimate.high, estimate.error]
      isClear = estimate.distinguishable
    }
  }
}
