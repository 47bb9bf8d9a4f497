import Analysis
import Testing

/// The reasons for the default estimator of Sobol' indices, `SobolIndices.defaultEstimator`.
@Suite("The default estimator of Sobol' indices")
struct SobolEstimatorTests {
  /// The mean absolute error of an estimator's first-order and total indices over functions with known indices and five
  /// seeds. Results depend on the seed alone, so the comparison does not fail by chance.
  private static func meanError(_ estimator: SobolEstimator) throws -> Double {
    var options = SensitivityProblem.Options()
    options.estimator = estimator
    var means: [Double] = []
    for known in ClosedFormTests.cases {
      for seed in 1...5 as ClosedRange<UInt64> {
        let problem = try Problems.function(known.function, seed: seed, options: options)
        let result = try SobolIndices.results(for: problem)[0]
        let errors = try [("S1", known.first), ("ST", known.total)].flatMap { index, values in
          try values.map { name, value in abs(try #require(result.estimate(index, name)).value - value) }
        }
        means.append(errors.reduce(0, +) / Double(errors.count))
      }
    }
    return means.reduce(0, +) / Double(means.count)
  }

  @Test("It has the smallest mean error of the three on functions with known indices")
  func smallestError() throws {
    let own = try Self.meanError(SobolIndices.defaultEstimator)
    for estimator in SobolEstimator.allCases where estimator != SobolIndices.defaultEstimator {
      let other = try Self.meanError(estimator)
      #expect(own < other, "\(estimator): \(other), default: \(own)")
    }
  }

  @Test("Its estimate for an input that has no effect on the target is exactly 0")
  func inert() throws {
    let problem = try Problems.text(
      """
      inputs: {a: "uniform(0, 1)", b: "uniform(0, 1)"}
      equations: {y: a, z: a + b}
      outputs: {y: {}, z: {}}
      """, "y", "z")
    let result = try SobolIndices.results(for: problem)[0]
    for index in ["S1", "ST"] { #expect(try #require(result.estimate(index, "b")).value == 0) }
  }
}
