import Analysis
import Foundation
import Testing

/// Methods on functions whose indices are known.
///
/// An estimate may deviate by the number of its standard errors that Student's distribution with 15 degrees of freedom
/// exceeds with a probability of 1e-8. With about 40 estimates, a run of the suite fails by chance with a probability
/// below 1e-6.
@Suite("Closed forms")
struct ClosedFormTests {
  /// The point of Student's distribution with 15 degrees of freedom that is exceeded on either side with probability
  /// 5e-9 (R 4: -qt(5e-9, 15)).
  static let reach = 10.83

  struct Case: Sendable, CustomTestStringConvertible {
    var function: String
    var first: [String: Double]
    var total: [String: Double]
    var testDescription: String { function }
  }

  static let cases: [Case] = {
    let (a, b) = (7.0, 0.1)
    let v = a * a / 8 + b * pow(.pi, 4) / 5 + b * b * pow(.pi, 8) / 18 + 0.5
    let v1 = 0.5 * pow(1 + b * pow(.pi, 4) / 5, 2)
    let v13 = b * b * pow(.pi, 8) * 8 / 225
    let ishigami = Case(
      function: "ishigami", first: ["x1": v1 / v, "x2": a * a / 8 / v, "x3": 0],
      total: ["x1": (v1 + v13) / v, "x2": a * a / 8 / v, "x3": v13 / v])
    let parts = [0, 1, 4.5, 9, 99, 99, 99, 99].map { 1 / (3 * (1 + $0) * (1 + $0)) }
    let all = parts.reduce(1) { $0 * (1 + $1) } - 1
    var g = Case(function: "g-function", first: [:], total: [:])
    for (number, part) in parts.enumerated() {
      g.first["x\(number + 1)"] = part / all
      g.total["x\(number + 1)"] = part * (all + 1) / (1 + part) / all
    }
    return [ishigami, g] + ["borehole", "wing-weight"].map(reference)
  }()

  /// Values that NumPy and SciPy gave, Reference/make_indices.py; their errors are below 4e-5.
  private static func reference(_ function: String) -> Case {
    var found = Case(function: function, first: [:], total: [:])
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Reference/indices.csv")
    for line in ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n") {
      let fields = line.split(separator: ",").map(String.init)
      guard fields[0] == function, let value = Double(fields[3]) else { continue }
      if fields[2] == "S1" { found.first[fields[1]] = value } else { found.total[fields[1]] = value }
    }
    return found
  }

  @Test(
    "Sobol' indices lie within their errors of the truth, and within 0.01 at base 16k",
    arguments: cases, SobolEstimator.allCases)
  func sobol(_ known: Case, _ estimator: SobolEstimator) throws {
    var options = SensitivityProblem.Options()
    options.estimator = estimator
    let problem = try Problems.function(known.function, options: options)
    let result = try SobolIndices.results(for: problem)[0]
    #expect(problem.factors.count == known.first.count && known.first.count == known.total.count)
    for (index, values) in [("S1", known.first), ("ST", known.total)] {
      for (name, value) in values {
        let estimate = try #require(result.estimate(index, name))
        let error = abs(estimate.value - value)
        #expect(error <= 0.01, "\(index) \(name): \(estimate.value), not \(value)")
        #expect(error <= Self.reach * (estimate.error + 4e-5), "\(index) \(name): \(estimate), not \(value)")
      }
    }
  }

  @Test("Second-order indices of the Ishigami function")
  func pairs() throws {
    var options = SensitivityProblem.Options()
    options.pairs = true
    let result = try SobolIndices.results(for: try Problems.function("ishigami", options: options))[0]
    let known = Self.cases[0]
    let share = try #require(known.total["x3"])
    for (name, value) in [("x1 × x2", 0), ("x1 × x3", share), ("x2 × x3", 0)] {
      let estimate = try #require(result.estimate("S2", name))
      #expect(abs(estimate.value - value) <= Self.reach * estimate.error, "\(name): \(estimate)")
      #expect(abs(estimate.value - value) <= 0.02)
    }
  }

  @Test("A group's indices are those of its inputs together")
  func groups() throws {
    var options = SensitivityProblem.Options()
    options.groups = [(name: "both", inputs: ["x1", "x3"])]
    let problem = try Problems.function("ishigami", options: options)
    #expect(problem.factors.map(\.name) == ["both", "x2"])
    let result = try SobolIndices.results(for: problem)[0]
    let known = try #require(Self.cases[0].first["x2"])
    for index in ["S1", "ST"] {
      let estimate = try #require(result.estimate(index, "both"))
      #expect(abs(estimate.value - (1 - known)) <= Self.reach * estimate.error && estimate.error < 0.01)
    }
  }

  @Test("Shapley effects of dependent inputs, by conditional draws and by neighbours")
  func shapley() throws {
    let problem = try Problems.function("linear-dependent")
    let known = ["x1": 1 / 8.4, "x2": (1 + 1.2 + 0.18 * 3) / 8.4, "x3": (4 + 1.2 - 0.18 * 3) / 8.4]
    let exact = try Shapley.results(for: problem)[0]
    let near = try ShapleyNeighbours.results(for: problem)[0]
    for (name, value) in known {
      let effect = try #require(exact.estimate("Sh", name))
      #expect(abs(effect.value - value) <= Self.reach * effect.error && effect.error < 0.005, "\(name): \(effect)")
      // What neighbours' distances leave open is in the interval, not in the error.
      let other = try #require(near.estimate("Sh_nn", name))
      #expect(abs(other.value - value) <= Self.reach * other.error + (other.high - other.low) / 2, "\(name): \(other)")
    }
    #expect(abs(exact.estimates.reduce(0) { $0 + $1.value } - 1) < 1e-12)
  }

  @Test("Given data: first-order indices, regressions and delta of a linear model")
  func givenData() throws {
    let problem = try Problems.text(
      """
      inputs: {a: "normal(0, 1)", b: "normal(0, 2)", c: "normal(0, 1)"}
      equations: {y: a + b + 0 * c}
      outputs: {y: {}}
      """, "y")
    // V = 5; c is folded away, so that it may not be a factor.
    #expect(problem.factors.map(\.name) == ["a", "b"] || problem.factors.map(\.name) == ["a", "b", "c"])
    let result = try GivenData.results(for: problem)[0]
    for (name, share) in [("a", 0.2), ("b", 0.8)] {
      let first = try #require(result.estimate("S1", name))
      #expect(abs(first.value - share) <= Self.reach * first.error)
      let harmonic = try #require(result.estimate("S1_harmonic", name))
      // What the extrapolation of terms leaves open is in the interval, not in the error.
      #expect(abs(harmonic.value - share) <= Self.reach * harmonic.error + (harmonic.high - harmonic.low) / 2)
      #expect(first.error < 0.002 && harmonic.error < 0.002)
      let regression = try #require(result.estimate("SRC", name))
      #expect(abs(regression.value - share.squareRoot()) <= Self.reach * regression.error + 1e-3)
      let partial = try #require(result.estimate("PCC", name))
      #expect(partial.value > 0.999999)
      let rank = try #require(result.estimate("rank_correlation", name))
      #expect(abs(rank.value - 6 / .pi * asin(share.squareRoot() / 2)) <= Self.reach * rank.error + 1e-3)
    }
    // delta of y = x + e, correlation r: mean L1 distance of normal distributions, by quadrature
    // (scipy.integrate.dblquad).
    let delta = try Delta.results(for: problem)[0]
    #expect(try #require(delta.estimate("delta", "b")).value > #require(delta.estimate("delta", "a")).value)
  }

  @Test("Derivative-based bounds exceed total-order indices, and are exact for a linear model")
  func bounds() throws {
    let problem = try Problems.text(
      """
      inputs: {a: "normal(0, 1)", b: "normal(0, 2)"}
      equations: {y: a + b}
      outputs: {y: {}}
      """, "y")
    let linear = try DerivativeBased.results(for: problem)[0]
    #expect(abs(try #require(linear.estimate("ST_bound", "a")).value - 0.2) < 1e-3)
    #expect(abs(try #require(linear.estimate("ST_bound", "b")).value - 0.8) < 4e-3)
    let result = try DerivativeBased.results(for: try Problems.function("ishigami"))[0]
    for (name, total) in Self.cases[0].total {
      #expect(try #require(result.estimate("ST_bound", name)).value > total)
    }
  }

  @Test("Elementary effects of a linear model are its slopes")
  func morris() throws {
    let problem = try Problems.text(
      """
      inputs: {a: "uniform(0, 1)", b: "uniform(0, 3)", c: "uniform(-1, 0)"}
      equations: {y: a - b + c * 2}
      outputs: {y: {}}
      """, "y")
    let result = try Morris.results(for: problem)[0]
    for (name, slope) in [("a", 1.0), ("b", -3), ("c", 2)] {
      #expect(abs(try #require(result.estimate("mu", name)).value - slope) < 1e-9)
      #expect(abs(try #require(result.estimate("mu_star", name)).value - abs(slope)) < 1e-9)
      #expect(try #require(result.estimate("sigma", name)).value < 1e-6)
    }
  }

  @Test("A tornado has its bars from p05 to p95, at medians and with all others free")
  func tornado() throws {
    let problem = try Problems.text(
      """
      inputs: {a: "uniform(0, 1)", b: "uniform(0, 1)"}
      equations: {y: (1 + a) * b ^ 2}
      outputs: {y: {}}
      """, "y")
    let result = try Tornado.results(for: problem)[0]
    let atMedian = try #require(result.estimate("swing", "a"))
    #expect(abs(atMedian.value - 0.9 * 0.25) < 1e-9)
    let free = try #require(result.estimate("swing_free", "a"))
    #expect(abs(free.value - 0.9 / 3) <= Self.reach * free.error + 1e-6)
    let low = try #require(result.estimate("mean_p05", "b"))
    #expect(abs(low.value - 1.5 * 0.0025) <= Self.reach * low.error + 1e-6)
  }
}
