import Evidence
import Foundation
import Modeling
import Simulation
import Testing

@Suite("What was learned about the inputs")
struct LearningTests {
  private func learning(
    _ text: String, draws: Int = 100_000, workers: Int? = nil
  ) throws -> (model: Model, learning: Learning) {
    let model = try EvidenceScenario.model(text, draws: draws)
    let result = try #require(try Conditioning(model: model).result(draws: draws, options: .init(workers: workers)))
    return (model, try #require(result.learning))
  }

  private func row(_ name: String, _ found: (model: Model, learning: Learning)) throws -> Learning.Row {
    try #require(found.learning.rows.first { found.model.name(of: $0.input) == name }, "no row \(name)")
  }

  /// The divergence in bits of a normal posterior from a normal prior: its shift and its width in prior standard
  /// deviations.
  private func bits(shift: Double, width: Double) -> Double {
    0.5 * (width * width + shift * shift - 1 - 2 * log(width)) / log(2)
  }

  /// Compares a row with a normal closed form. Bins lose less than 0.5 % of the divergence and 0.003 bits.
  private func expect(_ row: Learning.Row, shift: Double, width: Double, _ name: String) {
    let right = bits(shift: shift, width: width)
    let error = row.bits.error
    #expect(error > 0 && error < 0.02 + 0.01 * right, "\(name) error \(error)")
    #expect(
      abs(row.bits.value - right) < Chance.errors * error + 0.003 + 0.005 * right, "\(name) \(row.bits), not \(right)")
    // The error of a mean is the width over the root of at least 1000 draws; of a ratio of intervals some twice that.
    #expect(abs(row.standardisedShift - shift) < 0.1 * width, "\(name) shift \(row.standardisedShift)")
    #expect(abs(row.widthRatio / width - 1) < 0.15, "\(name) width \(row.widthRatio)")
  }

  @Test("A normal prior and a normal reading have the closed forms of shift, width and divergence")
  func normal() throws {
    // Precisions 1/4 and 1: variance 0.8, mean 7.4.
    let found = try learning(
      """
      inputs: {x: "normal(5 kW, 2 kW)", other: "normal(0, 1)"}
      outputs: {x: {unit: kW}, other: {}}
      evidence: [{observe: x, measured: "normal(8 kW, 1 kW)"}]
      """)
    let x = try row("x", found)
    expect(x, shift: 1.2, width: 0.2.squareRoot(), "x")
    #expect(found.learning.rows.map { found.model.name(of: $0.input) } == ["x", "other"])
    // Prior quantiles are those of the distribution, in the input's unit.
    #expect(abs(x.prior.p05 - (5 - 2 * 1.6448536269514722)) < 1e-9 && abs(x.prior.p50 - 5) < 1e-9)
    #expect(abs(x.posterior.p50 - 7.4) < 0.05 && abs(x.posterior.p95 - (7.4 + 0.8.squareRoot() * 1.6448536)) < 0.1)
    // The observed formula does not depend on it.
    let other = try row("other", found)
    #expect(other.bits == Estimate(0, error: 0) && other.standardisedShift == 0 && other.widthRatio == 1)
    #expect(other.posterior.p05 == other.prior.p05 && found.learning.correlations.isEmpty)
    #expect(found.learning.marginals.map { found.model.name(of: $0.input) } == ["x"])
  }

  @Test("Scales, heavy tails and readings far out", arguments: ["lognormal", "far", "cauchy"])
  func tails(name: String) throws {
    switch name {
    case "lognormal":
      // log x ~ N(log 2, 1) measured with sd 0.5 at log 2 + 2: variance 0.2, shift 1.6.
      let found = try learning(
        """
        inputs: {x: "lognormal(median=2, gsd=2.718281828459045)"}
        outputs: {x: {}}
        evidence: [{observe: x, measured: "lognormal(median=14.7781121978613, gsd=1.6487212707001282)"}]
        """)
      let x = try row("x", found)
      let right = bits(shift: 1.6, width: 0.2.squareRoot())
      #expect(
        abs(x.bits.value - right) < Chance.errors * x.bits.error + 0.003 + 0.005 * right, "\(x.bits), not \(right)")
      #expect(abs(x.standardisedShift - 1.6) < 0.05)
    case "far":
      let found = try learning(
        "inputs: {x: \"normal(0, 1)\"}\noutputs: {x: {}}\nevidence: [{observe: x, measured: \"normal(10, 0.1)\"}]\n",
        draws: 16_384)
      expect(try row("x", found), shift: 10 / 1.01, width: 0.1 / 1.01.squareRoot(), "x")
    default:
      // SciPy 1.14: f = t(1).pdf(x) exp(-((x - 20) / 2)^2 / 2) over 20 +- 30; the divergence of f / Z from t(1), and the
      // mean of -norm.ppf(t(1).sf(x)), by integrate.quad.
      let found = try learning(
        "inputs: {x: \"cauchy(0, 1)\"}\noutputs: {x: {}}\nevidence: [{observe: x, measured: \"normal(20, 2)\"}]\n",
        draws: 1 << 20)
      let x = try row("x", found)
      #expect(abs(x.bits.value - 7.16089321768291) < Chance.errors * x.bits.error + 0.04, "\(x.bits)")
      #expect(x.bits.error < 0.06 && abs(x.standardisedShift - 2.136077847757915) < 0.01, "\(x.standardisedShift)")
    }
  }

  @Test("Discrete inputs, labels and inputs with uncertain parameters")
  func kinds() throws {
    // Of 2 b + e, with variance 2 of the noise together: the likelihood of 1 is e times that of 0.
    let found = try learning(
      """
      inputs: {b: bernoulli(0.2), e: "normal(0, 1)", m: "normal(0, 1)", x: "normal(m, 1)"}
      outputs: {b: {}, x: {}}
      evidence: [{observe: 2 * b + e, measured: "normal(2, 1)"}, {observe: x, measured: "normal(2, 1)"}]
      """)
    let b = try row("b", found)
    let p = 0.2 * exp(1) / (0.2 * exp(1) + 0.8)
    let right = p * log2(p / 0.2) + (1 - p) * log2((1 - p) / 0.8)
    #expect(abs(b.bits.value - right) < Chance.errors * b.bits.error, "\(b.bits), not \(right)")
    // Two scores s0 < s1: the shift is (s1 - s0) (p - 0.2) / ((s1 - s0) sqrt(0.2 * 0.8)).
    #expect(abs(b.standardisedShift - (p - 0.2) / 0.4) < 0.05)
    // x ~ N(0, 2) is measured with variance 1, and with it m with variance 2.
    expect(try row("x", found), shift: 4 / 3 / 2.0.squareRoot(), width: (1 / 3.0).squareRoot(), "x")
    expect(try row("m", found), shift: 2 / 3, width: (2 / 3.0).squareRoot(), "m")
  }

  @Test("Information that the prior's draws cannot tell is left out, and comes first")
  func unknown() throws {
    let found = try learning(
      """
      inputs: {m: "normal(0, 1)", x: "normal(m, 1)"}
      outputs: {x: {}}
      evidence: [{observe: x, measured: "normal(14, 0.5)"}]
      """, draws: 16_384)
    let x = try row("x", found)
    #expect(x.bits.value.isNaN && x.bits.error.isNaN && x.standardisedShift.isNaN)
    #expect(abs(x.posterior.p50 - 14 * 2 / 2.25) < 0.1)
    #expect(found.model.name(of: found.learning.rows[0].input) == "x")
    // The posterior of m: measured with variance 1.25.
    expect(try row("m", found), shift: 14 / 2.25, width: (1.25 / 2.25).squareRoot(), "m")
  }

  @Test("Correlations that the evidence created, and no others")
  func correlations() throws {
    let others = (0..<20).map { "o\($0)" }
    let found = try learning(
      "inputs:\n  x: normal(0, 1)\n  y: normal(0, 1)\n" + others.map { "  \($0): normal(0, 0.001)\n" }.joined()
        + "  p: normal(0, 1)\n  q: normal(0, 1)\ncorrelations: [[p, q, 0.5]]\n"
        + "equations: {sum: x + y + \(others.joined(separator: " + "))}\noutputs: {sum: {}}\n"
        + "evidence: [{observe: sum, measured: \"normal(3, 0.5)\"}, {observe: p + q, measured: \"normal(0, 20)\"}]\n")
    let listed = found.learning.correlations
    try #require(listed.count == 1)
    #expect(found.model.name(of: listed[0].first) == "x" && found.model.name(of: listed[0].second) == "y")
    // The correlation of two inputs whose sum is measured with variance 1/4 is -0.8; Spearman's is 6 / pi asin(rho / 2).
    let right = 6 / Double.pi * asin(-0.4)
    #expect(listed[0].prior == 0 && listed[0].posterior == listed[0].change.value)
    #expect(abs(listed[0].change.value - right) < Chance.errors * listed[0].change.error, "\(listed[0]), not \(right)")
    #expect(found.learning.correlatedCells == 24)
  }

  @Test("Cells of an input over an index have a row each, and constants none")
  func cells() throws {
    let found = try learning(
      """
      indexes: {year: [2024, 2025]}
      inputs:
        a: {over: year, dependence: independent, value: "normal(0, 1)"}
        s: {over: year, dependence: shared, value: {2024: "normal(0, 1)", 2025: "normal(5, 1)"}}
        c: 3
      outputs: {a: {}, s: {}}
      evidence: [{observe: "a[year=2025] + c", measured: "normal(4, 1)"}, {observe: "s[year=2024]", measured: "normal(1, 1)"}]
      """)
    #expect(
      Set(found.learning.rows.map { found.model.name(of: $0.input) }) == ["a[2024]", "a[2025]", "s[2024]", "s[2025]"])
    expect(try row("a[2025]", found), shift: 0.5, width: 0.5.squareRoot(), "a")
    #expect(try row("a[2024]", found).bits.value == 0)
    for name in ["s[2024]", "s[2025]"] { expect(try row(name, found), shift: 0.5, width: 0.5.squareRoot(), name) }
  }

  @Test("The same in every bit for any number of workers, from weights and from particles", arguments: [false, true])
  func workers(isFar: Bool) throws {
    let text =
      isFar
      ? SequentialMonteCarloTests.sum(of: 12)
      : "inputs: {x: \"gamma(3, 1)\", y: \"poisson(4)\"}\noutputs: {x: {}}\nevidence: [{observe: x * y, measured: \"normal(9, 2)\"}]\n"
    func bits(_ learning: Learning) -> [UInt64] {
      learning.rows.flatMap { row in
        [row.bits.value, row.bits.error, row.standardisedShift, row.widthRatio, row.posterior.p05].map(\.bitPattern)
      }
        + learning.correlations.flatMap { [$0.change.value.bitPattern, $0.change.error.bitPattern] }
        + learning.marginals.flatMap { $0.posterior.histogram.map { UInt64($0.count) } }
    }
    let one = try learning(text, draws: 20_000, workers: 1).learning
    #expect(!one.correlations.isEmpty)
    for workers in [2, 5] { #expect(bits(try learning(text, draws: 20_000, workers: workers).learning) == bits(one)) }
  }
}
