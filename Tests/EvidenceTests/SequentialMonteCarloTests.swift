import Distributions
import Evidence
import Foundation
import Modeling
import Simulation
import Testing

@Suite("Sequential Monte Carlo")
struct SequentialMonteCarloTests {
  private func posterior(
    _ text: String, seed: UInt64 = 5, workers: Int? = nil, mayBeUnsettled: Bool = false
  ) throws -> (model: Model, result: PosteriorResult) {
    let model = try EvidenceScenario.model(text, draws: 16_384, seed: seed)
    let result = try #require(
      try Conditioning(model: model).result(draws: 16_384, options: .init(workers: workers)))
    guard case .tempering = result.method else {
      Issue.record("weights were trusted: worth \(result.effective)")
      return (model, result)
    }
    #expect(mayBeUnsettled || result.unsettled == nil)
    return (model, result)
  }

  /// Priors whose posteriors are in the reference, with a reading at the quantile of a score of -12, 12 or 25.
  private static let priors = [
    "normal": "normal(5, 2)", "gamma": "gamma(3, 2)",
    "exponential": "exponential(2)", "gumbel": "gumbel(1, 2)", "weibull": "weibull(1.5, 2)",
    "logistic": "logistic(1, 2)",
  ]

  /// Every family at -12 and 12 standard deviations, and two at 25. There, quantiles of other families, which are evaluated
  /// one by one, take minutes; and one of some 36 stages of a logistic prior reaches its maximum of moves, which the result
  /// says.
  private static let far =
    priors.keys.sorted().flatMap { family in [-12, 12].map { (family, $0) } } + [("logistic", 25), ("normal", 25)]

  @Test("Posteriors far in both tails of the prior", arguments: far)
  func farTails(family: String, score: Int) throws {
    let name = "\(family)_\(score)"
    let prior = try #require(Self.priors[family])
    let (m, s) = (try PosteriorReference.value(name, "observed"), try PosteriorReference.value(name, "error"))
    let (model, result) = try posterior(
      "inputs: {x: \"\(prior)\"}\noutputs: {x: {}}\nevidence: [{observe: x, measured: \"normal(\(m), \(s))\"}]\n",
      mayBeUnsettled: score == 25)
    try PosteriorReference.expect(result.cell("x", in: model), name)
  }

  @Test("A lognormal prior and a relative error, far out", arguments: [-25.0, -12, 12, 25])
  func lognormal(score: Double) throws {
    // log x ~ N(log 2, 0.5), measured with a standard deviation of 0.1: a normal posterior with the precisions 4 and 100.
    let median = 2 * exp(0.5 * score)
    let (model, result) = try posterior(
      "inputs: {x: \"lognormal(median=2, gsd=1.6487212707001282)\"}\noutputs: {x: {}}\n"
        + "evidence: [{observe: x, measured: \"lognormal(median=\(median), gsd=1.1051709180756477)\"}]\n",
      mayBeUnsettled: score.magnitude > 20)
    let (mean, sd) = ((4 * log(2.0) + 100 * log(median)) / 104, 1 / 104.0.squareRoot())
    let cell = result.cell("x", in: model)
    for (probability, z) in [(0.05, -1.6448536269514722), (0.5, 0), (0.95, 1.6448536269514722)] {
      let quantile = try #require(cell.quantile(probability))
      #expect(abs(quantile.value - exp(mean + z * sd)) < Chance.errors * quantile.error, "\(probability) \(quantile)")
    }
  }

  @Test("Ten standard deviations, and a narrow prior")
  func caseFiles() throws {
    let (first, far) = try posterior(
      "inputs: {q: \"normal(0, 1)\"}\noutputs: {q: {}}\nevidence: [{observe: q, measured: \"normal(10, 0.1)\"}]\n")
    try PosteriorReference.expect(far.cell("q", in: first), "ten_sigma")
    let (second, tight) = try posterior(
      """
      inputs: {q: "lognormal(median=1, gsd=1.1)"}
      outputs: {q: {}}
      evidence: [{observe: q, measured: "lognormal(median=3, gsd=1.02)"}]
      """)
    try PosteriorReference.expect(tight.cell("q", in: second), "tight_prior")
  }

  @Test("Two sharp readings that contradict each other and the prior")
  func conflict() throws {
    let (model, result) = try posterior(
      """
      inputs: {x: "normal(0, 1)", y: "normal(0, 1)"}
      equations: {z: x + y}
      outputs: {x: {}, z: {}}
      evidence: [{observe: z, measured: "normal(9, 0.02)"}, {observe: z, measured: "normal(11, 0.02)"}]
      """)
    // z ~ N(0, 2), two readings of precision 2,500 around 10.
    let precision = 0.5 + 5000
    let (mean, sd) = (10 * 5000 / precision, 1 / precision.squareRoot())
    let z = result.cell("z", in: model)
    #expect(abs(z.mean.value - mean) < Chance.errors * z.mean.error && abs(z.sd / sd - 1) < 0.02)
    let x = result.cell("x", in: model)
    #expect(abs(x.mean.value - mean / 2) < Chance.errors * x.mean.error)
    #expect(abs(x.sd / (0.5 + sd * sd / 4).squareRoot() - 1) < 0.02)
  }

  @Test("Correlated inputs of which both were observed far out")
  func correlated() throws {
    let (model, result) = try posterior(
      """
      inputs: {x: "normal(0, 1)", y: "normal(0, 1)"}
      correlations: [[x, y, normal 0.8]]
      outputs: {x: {}, y: {}}
      evidence: [{observe: x, measured: "normal(6, 0.1)"}, {observe: y, measured: "normal(-4, 0.5)"}]
      """)
    try PosteriorReference.expect(result.cell("x", in: model), "correlated_x")
    try PosteriorReference.expect(result.cell("y", in: model), "correlated_y")
  }

  /// A scenario in which the sum of normal inputs is observed four of its standard deviations out.
  static func sum(of d: Int) -> String {
    let names = (0..<d).map { "x\($0)" }
    let measured = "normal(\(4 * Double(d).squareRoot()), 0.5)"
    return "inputs:\n" + names.map { "  \($0): normal(0, 1)\n" }.joined()
      + "equations: {total: \(names.joined(separator: " + "))}\noutputs: {x0: {}, total: {}}\n"
      + "evidence: [{observe: total, measured: \"\(measured)\"}]\n"
  }

  @Test("The sum of many inputs has the closed form's posterior, and so has each", arguments: [5, 40, 200, 500])
  func sums(d: Int) throws {
    let (model, result) = try posterior(Self.sum(of: d))
    try PosteriorReference.expect(result.cell("total", in: model), "sum_\(d)")
    try PosteriorReference.expect(result.cell("x0", in: model), "first_\(d)")
  }

  @Test("Discrete inputs, also beyond what probabilities near 1 can tell apart")
  func discrete() throws {
    let chances = [0.1, 0.2, 0.3, 0.4, 0.5, 0.05]
    let factors = ["3", "2", "1", "1.5", "0.7", "4"]
    let normals = (0..<10).map { "e\($0)" }
    let terms = zip(0..<6, factors).map { "\($1) * b\($0)" } + ["n"] + normals
    let (model, result) = try posterior(
      "inputs:\n" + (0..<6).map { "  b\($0): bernoulli(\(chances[$0]))\n" }.joined() + "  n: poisson(4)\n"
        + normals.map { "  \($0): normal(0, 0.3)\n" }.joined()
        + "equations: {total: \(terms.joined(separator: " + "))}\noutputs: {b0: {}, b2: {}, b5: {}, n: {}}\n"
        + "evidence: [{observe: total, measured: \"normal(14, 0.1)\"}]\n")
    for (name, statistic) in [("b0", "share_0"), ("b2", "share_2"), ("b5", "share_5"), ("n", "mean")] {
      let cell = result.cell(name, in: model)
      #expect(
        abs(cell.mean.value - (try PosteriorReference.value("discrete", statistic))) < Chance.errors * cell.mean.error)
    }
    let (far, poisson) = try posterior(
      "inputs: {n: poisson(4)}\noutputs: {n: {}}\nevidence: [{observe: n, measured: \"normal(60, 2)\"}]\n")
    try PosteriorReference.expect(poisson.cell("n", in: far), "poisson_far")
  }

  @Test("An observed count of probability 1e-6 is answered")
  func rareCount() throws {
    let (model, result) = try posterior(
      "inputs: {l: \"gamma(3, 1)\", n: {value: poisson(l)}}\noutputs: {l: {}, n: {}}\n"
        + "evidence: [{observe: n, measured: 25}]\n")
    // The posterior is gamma(28, 2).
    let cell = result.cell("l", in: model)
    #expect(abs(cell.mean.value - 14) < Chance.errors * cell.mean.error)
    #expect(abs(cell.sd / (28.0 / 4).squareRoot() - 1) < 0.03)
    #expect(result.cell("n", in: model).min == 25 && result.cell("n", in: model).max == 25)
  }

  @Test("Two roots of a square are reached in their right shares")
  func square() throws {
    let others = (0..<39).map { "y\($0)" }
    let (model, result) = try posterior(
      "inputs:\n  x: normal(1, 3)\n" + others.map { "  \($0): normal(0, 1)\n" }.joined()
        + "equations: {square: \"x^2 + 0 * (\(others.joined(separator: " + ")))\", size: abs(x), positive: \"x > 0\"}\n"
        + "outputs: {size: {}, positive: {}}\nevidence: [{observe: x^2, measured: \"normal(20, 0.5)\"}]\n")
    try PosteriorReference.expect(result.cell("size", in: model), "square")
    let positive = result.cell("positive", in: model)
    #expect(
      abs(positive.mean.value - (try PosteriorReference.value("square", "share"))) < Chance.errors * positive.mean.error
    )
  }

  @Test("The same in every bit for any number of workers")
  func workers() throws {
    let text = Self.sum(of: 12)
    let one = try posterior(text, workers: 1).result
    for workers in [2, 5] {
      let other = try posterior(text, workers: workers).result
      for (a, b) in zip(one.outputs, other.outputs) {
        #expect(a.cells[0].mean.value.bitPattern == b.cells[0].mean.value.bitPattern)
        #expect(a.cells[0].quantiles.map(\.value.bitPattern) == b.cells[0].quantiles.map(\.value.bitPattern))
        #expect(a.cells[0].quantiles.map(\.error.bitPattern) == b.cells[0].quantiles.map(\.error.bitPattern))
      }
      #expect(one.information == other.information)
      #expect(one.observations[0].surprise == other.observations[0].surprise)
    }
  }

  @Test("Surprise in bits agrees with the normal closed form", arguments: [8, 12, 20.2], ["0.2", "0.1"])
  func surprise(observed: Double, error: String) throws {
    let name = "surprise_\(observed == observed.rounded() ? "\(Int(observed))" : "\(observed)")"
    guard (observed == 8) == (error == "0.2") else { return }
    let (_, result) = try posterior(
      """
      inputs: {x: "normal(0, 1)"}
      outputs: {x: {}}
      evidence: [{observe: x, measured: "normal(\(observed), \(error))"}]
      """)
    let bits = result.observations[0].surprise
    let right = try PosteriorReference.value(name, "bits")
    #expect(abs(bits.value - right) < Chance.errors * bits.error, "\(bits), not \(right)")
    #expect(abs(bits.value / right - 1) < 0.05 && bits.error < 0.5)
  }
}
