import Analysis
import Modeling
import Testing

@Suite("First-order shares of whole inputs")
struct InputSharesTests {
  /// Inputs with several coordinates: independent, and correlated so that each cell tells much of the others.
  private static let scenario = """
    indexes: {i: 1..6}
    inputs:
      a: {over: [i], value: "normal(0, 1)", dependence: independent}
      b: {over: [i], value: "normal(0, 1)", dependence: 0.9}
      c: "normal(0, 3)"
    equations: {y: "sum(a, over=i) + sum(b, over=i) + c"}
    outputs: {y: {}}
    """

  @Test("a linear model's are its parts of the variance, and they add up to one")
  func linear() throws {
    let problem = try Problems.text(Self.scenario, "y")
    let shares = try InputShares.estimates(for: problem)[0]
    // The scenario language correlates neighbours by a rank correlation of 0.9: r = 2 sin(pi 0.9 / 6) of normal scores, and
    // cells k apart by r^k. Python: r = 2*sin(pi*.9/6); sum(r**abs(i-j) for i in range(6) for j in range(6)).
    let variance = (a: 6.0, b: 30.11966, c: 9.0)
    let total = variance.a + variance.b + variance.c
    #expect(shares.map(\.name) == ["a", "b"])
    for (share, part) in zip(shares, [variance.a, variance.b]) {
      // The normal scores of ranks explain a line in a normal input altogether.
      #expect(share.value < part / total + 5 * share.error + 0.001, "\(share)")
      #expect(share.value > part / total - 5 * share.error - 0.005, "\(share)")
    }
    // Cell by cell the correlated input's shares alone add up to more than all.
    let cells = try GivenData.results(for: problem)[0].estimates(of: "S1").filter { $0.name.hasPrefix("b") }
    #expect(cells.reduce(0) { $0 + $1.value } > 1.5)
  }

  @Test("parts of a whole, which are combinations of each other, are no obstacle; noise explains nothing")
  func degenerate() throws {
    let problem = try Problems.text(
      """
      indexes: {i: [p, q, r]}
      inputs:
        s: {over: [i], value: "shares(p=40%, q=40%, r=20%, concentration=30)"}
        n: {over: [i], value: "normal(0, 1)", dependence: independent}
        x: "normal(0, 1)"
      equations: {y: "s[i=p] + 0 * sum(n, over=i) + 0.2 * x"}
      outputs: {y: {}}
      """, "y + 1e-9 * sum(n, over=i)")
    let shares = try InputShares.estimates(for: problem)[0]
    // The variance of a beta distribution, 0.4 * 0.6 / 31, added to 0.04.
    let parts = try #require(shares.first { $0.name == "s" })
    #expect(abs(parts.value - 0.1622) < 0.02, "\(parts)")
    let noise = try #require(shares.first { $0.name == "n" })
    #expect(abs(noise.value) < 1e-3 && noise.isDistinguishable != true)
  }
}
