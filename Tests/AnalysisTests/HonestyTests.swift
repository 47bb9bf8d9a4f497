import Analysis
import Foundation
import Modeling
import Simulation
import Testing

/// Indices that are not reported where they would mislead.
@Suite("Honesty")
struct HonestyTests {
  private static let inert = """
    inputs: {a: "uniform(0, 1)", b: "uniform(0, 1)", c: "uniform(0, 1)"}
    equations: {y: a + 0.1 * b ^ 2 + 1e-9 * c}
    outputs: {y: {}}
    """

  @Test("An index that cannot be distinguished from that of an inert input says so")
  func noise() throws {
    var options = SensitivityProblem.Options()
    options.estimator = .martinez
    let problem = try Problems.text(Self.inert, "y", options: options)
    let sobol = try SobolIndices.results(for: problem)[0]
    #expect(try #require(sobol.noiseFloors["S1"]) > 0)
    #expect(try #require(sobol.estimate("S1", "a")).isDistinguishable)
    #expect(!(try #require(sobol.estimate("S1", "c")).isDistinguishable))
    for method in [Delta.self, Pawn.self] as [any SensitivityMethod.Type] {
      let result = try method.results(for: problem)[0]
      let index = method.indices[0].name
      #expect(try #require(result.estimate(index, "a")).isDistinguishable)
      let quiet = try #require(result.estimate(index, "c"))
      // An inert input is above the bound with 2.5 %; far above it never.
      #expect(quiet.value < 2 * (try #require(result.noiseFloors[index])))
    }
  }

  @Test("An input that no target needs has no index but 0, and is named")
  func inactive() throws {
    let problem = try Problems.text(
      """
      inputs: {a: "uniform(0, 1)", b: "uniform(0, 1)"}
      equations: {y: a, z: b}
      outputs: {y: {}, z: {}}
      """, "y")
    #expect(problem.factors.map(\.name) == ["a"] && problem.inactive == ["b"])
    let both = try Problems.text(
      """
      inputs: {a: "uniform(0, 1)", b: "uniform(0, 1)"}
      equations: {y: a, z: b}
      outputs: {y: {}, z: {}}
      """, "y", "z")
    let results = try SobolIndices.results(for: both)
    let exact = try #require(results[0].estimate("ST", "b"))
    #expect(exact.value == 0 && exact.error == 0 && !exact.isDistinguishable)
  }

  @Test("Dependent inputs are refused by name where independence is needed")
  func dependence() throws {
    let problem = try Problems.function("linear-dependent")
    for method in SensitivityMethodCatalogue.all where method.needsIndependence {
      let refusal = #expect(throws: SensitivityRefusal.self) { try method.results(for: problem) }
      #expect(refusal?.reason.contains("but x2 and x3 are correlated") == true)
    }
    #expect(SensitivityAnalysis.defaultMethod(for: problem).name == Shapley.name)
  }

  @Test("An infinite variance is reported, and rank measures remain valid")
  func heavyTail() throws {
    let problem = try Problems.text(
      """
      inputs: {a: "pareto(1.2, 1)", b: "uniform(0, 1)"}
      equations: {y: a + b}
      outputs: {y: {}}
      """, "y")
    #expect(throws: SensitivityRefusal.self) {
      try SensitivityAnalysis.run(problem, by: [SobolIndices.self], isPanel: false)
    }
    let panel = try SensitivityAnalysis.run(problem, by: [SobolIndices.self, Delta.self], isPanel: true)
    #expect(panel.refusals.map(\.method) == ["sobol"] && panel.results.map(\.method) == ["delta"])
    // A lognormal distribution of ordinary width is not taken for one.
    let fine = try Problems.text("inputs: {a: \"lognormal(0, 0.6)\"}\noutputs: {a: {}}", "a")
    #expect(try SensitivityAnalysis.run(fine, by: [SobolIndices.self], isPanel: false).results.count == 1)
  }

  @Test("Values that are not finite are left out as whole points, counted, and their effect bounded")
  func nonFinite() throws {
    let problem = try Problems.text(
      """
      inputs: {a: "uniform(0, 1)", b: "uniform(0, 1)"}
      equations: {y: a + b + 0 * log(a - 0.001)}
      outputs: {y: {}}
      """, "y")
    let result = try SobolIndices.results(for: problem)[0]
    // A point is lost if a or its other value is below 0.001: 2 in 1,000.
    #expect((16...60).contains(result.nonFinite))
    #expect(result.notes.contains { $0.contains("excluded") && $0.contains("no index would change by more than") })
    for name in ["a", "b"] {
      #expect(abs(try #require(result.estimate("S1", name)).value - 0.5) < 0.01)
    }
  }

  @Test("Figures do not depend on the number of workers")
  func workers() throws {
    func figures(_ workers: Int) throws -> [UInt64] {
      var options = SensitivityProblem.Options()
      options.engine = Engine.Options(workers: workers)
      options.base = 2048
      options.draws = 16_384
      let problem = try Problems.function("linear-dependent", options: options)
      let methods: [any SensitivityMethod.Type] = [Shapley.self, ShapleyNeighbours.self, GivenData.self, Delta.self]
      return try methods.flatMap { try $0.results(for: problem)[0].estimates.flatMap { [$0.value, $0.low, $0.high] } }
        .map(\.bitPattern)
    }
    #expect(try figures(1) == figures(3))
    func sobol(_ workers: Int) throws -> [UInt64] {
      var options = SensitivityProblem.Options()
      options.engine = Engine.Options(workers: workers)
      options.base = 2048
      options.pairs = true
      return try SobolIndices.results(for: try Problems.function("g-function", options: options))[0].estimates
        .map(\.value.bitPattern)
    }
    #expect(try sobol(1) == sobol(3))
  }

  @Test("A share below zero is noise, a correlation below zero is not")
  func signs() throws {
    let problem = try Problems.text(
      """
      inputs: {a: "normal(10, 1)", b: "normal(10, 3)", c: "normal(0, 0.001)"}
      equations: {y: a - b + c}
      outputs: {y: {}}
      """, "y")
    let result = try GivenData.results(for: problem)[0]
    // Its share is 1e-7, far below the noise.
    let share = try #require(result.estimate("S1", "c"))
    #expect(share.low <= 0 && share.high > 0 && share.isIndistinguishable)
    for index in ["rank_correlation", "SRC"] {
      let figure = try #require(result.estimate(index, "b"))
      #expect(figure.value < 0 && figure.isDistinguishable)
    }
  }

  @Test(
    "Values near 1e300 or 1e-300 have the indices of the same model near 1",
    arguments: SensitivityMethodCatalogue.all.map { $0.name })
  func scales(_ name: String) throws {
    let method = try #require(SensitivityMethodCatalogue.all.first { $0.name == name })
    func estimates(_ scale: String) throws -> [IndexEstimate] {
      var options = SensitivityProblem.Options()
      (options.draws, options.base) = (4096, 1024)
      let problem = try Problems.text(
        """
        inputs: {x1: "uniform(-3, 3)", x2: "uniform(-3, 3)", n: poisson(2)}
        equations: {y: (x1 + x2 ^ 2 + 0.5 * n * x1) * \(scale)}
        outputs: {y: {}}
        """, "y", options: options)
      return try method.results(for: problem)[0].estimates
    }
    let plain = try estimates("1")
    for (text, factor) in [("1e300", 1e300), ("1e-300", 1e-300)] {
      let scaled = try estimates(text)
      #expect(scaled.count == plain.count)
      for (own, reference) in zip(scaled, plain) {
        // The squared derivatives of `dgsm` are not doubles there, which the result says.
        if own.index == "nu" {
          #expect(own.value.isNaN && own.distinguishable == nil && reference.isDistinguishable, "\(own)")
          continue
        }
        let size = own.unit.isEmpty ? 1 : factor
        let pairs = zip([own.value, own.error, own.low], [reference.value, reference.error, reference.low])
        let isSame = pairs.allSatisfy { own, reference in
          own.isNaN && reference.isNaN || abs(own / size - reference) <= 1e-9 * max(1, reference.magnitude)
        }
        #expect(isSame, "\(own), not \(reference)")
        #expect(own.distinguishable == reference.distinguishable, "\(own), not \(reference)")
      }
    }
  }
}
