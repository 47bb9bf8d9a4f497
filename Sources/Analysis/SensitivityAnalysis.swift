import Diagnostics
import Foundation
import Modeling
import Simulation

/// The results of methods applied to a problem.
package struct SensitivityAnalysis: Sendable {
  /// The problem.
  package let problem: SensitivityProblem
  /// The results, by method in the requested order, then by target.
  package let results: [MethodResult]
  /// Methods of a panel that cannot be applied, with the reason.
  package let refusals: [SensitivityRefusal]
  /// Remarks on the problem as a whole.
  package let notes: [String]
  /// The elapsed time.
  package let seconds: Double
  /// The number of workers.
  package let workers: Int

  /// Applies methods.
  ///
  /// - Parameters:
  ///   - problem: the targets, factors and options.
  ///   - methods: the methods to apply.
  ///   - isPanel: whether a method that cannot be applied is skipped; otherwise it is an error.
  /// - Throws: `SensitivityRefusal`, `Diagnostics`, `CancellationError`.
  package static func run(
    _ problem: SensitivityProblem, by methods: [any SensitivityMethod.Type], isPanel: Bool
  ) throws -> SensitivityAnalysis {
    let start = ContinuousClock.now
    var results: [MethodResult] = []
    var refusals: [SensitivityRefusal] = []
    let tail = try methods.contains { $0.needsVariance } ? TailCheck.finding(in: problem) : nil
    let isConditioned = problem.model.posterior != nil
    let samples = GivenSampleStore()
    for (number, method) in methods.enumerated() {
      var own = method.takesGivenDraws ? problem : problem.prior
      own.samples = samples
      if let progress = problem.options.engine.progress {
        let (done, count) = (Double(number), Double(methods.count))
        own.options.engine.progress = { progress((done + $0) / count) }
      }
      do {
        if method.needsVariance, let tail {
          throw refusal(method.name, tail)
        }
        results += try method.results(for: own)
      } catch let refusal as SensitivityRefusal {
        guard isPanel else { throw refusal }
        refusals.append(refusal)
      } catch let diagnostics as Diagnostics where isPanel {
        // Other methods may need less memory.
        guard let first = diagnostics.all.first, first.code == RunCode.memory.code else { throw diagnostics }
        refusals.append(
          SensitivityRefusal(
            method: method.name, reason: first.message + (first.expected.map { "; expected: \($0)" } ?? "")))
      }
    }
    var notes: [String] = []
    if !problem.inactive.isEmpty {
      notes.append(
        "inputs that do not affect any target, so all their indices are 0: \(problem.inactive.joined(separator: ", "))")
    }
    let unconditioned = methods.filter { !$0.takesGivenDraws }.map { $0.name }
    if isConditioned, !unconditioned.isEmpty {
      notes.append(
        "\(unconditioned.joined(separator: ", ")): for the prior distributions of the inputs, because the method chooses "
          + "its own points; given-data, delta, pawn and shapley-neighbours use the posterior")
    }
    return SensitivityAnalysis(
      problem: problem, results: results, refusals: refusals, notes: notes,
      seconds: (ContinuousClock.now - start) / .seconds(1), workers: ThreadSupply.working(problem.options.engine.width))
  }

  /// The design of a method whose work is divided; nil for other methods.
  ///
  /// - Throws: `SensitivityRefusal` if the method cannot be applied; `Diagnostics`; `CancellationError`.
  package static func dividedDesign(
    of problem: SensitivityProblem, by method: any SensitivityMethod.Type
  ) throws -> (any DividedDesign)? {
    guard let method = method as? any DividedMethod.Type else { return nil }
    if method.needsVariance, let tail = try TailCheck.finding(in: problem) { throw refusal(method.name, tail) }
    return try method.design(of: problem.prior)
  }

  private static func refusal(_ method: String, _ tail: String) -> SensitivityRefusal {
    SensitivityRefusal(
      method: method,
      reason: "\(tail). Use a method based on ranks or on whole distributions: --method given-data, delta or pawn")
  }

  /// The default method: Sobol' indices, or Shapley effects if inputs are dependent.
  ///
  /// For a posterior, those of `GivenData`: observations make inputs dependent.
  package static func defaultMethod(for problem: SensitivityProblem) -> any SensitivityMethod.Type {
    if problem.model.posterior != nil { return GivenData.self }
    if problem.dependent.isEmpty { return SobolIndices.self }
    return problem.hasNormalCopula ? Shapley.self : ShapleyNeighbours.self
  }

  /// The methods of `--all`: shares of the variance, whole distributions, correlations, elementary effects.
  package static func panel(for problem: SensitivityProblem) -> [any SensitivityMethod.Type] {
    // Subsets of many inputs take long, and for independent inputs Sobol' indices bound the Shapley effects.
    let isSmall = problem.factors.count <= ShapleySubsets.exactLimit
    return [defaultMethod(for: problem)]
      + (problem.dependent.isEmpty ? (isSmall ? [Shapley.self] : []) : [])
      + [Delta.self, Pawn.self, GivenData.self, Morris.self]
  }
}
