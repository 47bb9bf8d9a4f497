import Modeling

/// A published claim with the probability of the condition that decides it.
package struct VerdictResult: Sendable {
  /// The output that has the verdict.
  package var output: QuantityID
  /// The claim.
  package var verdict: Verdict
  /// The fraction of the finite draws in which the condition holds, with its Monte Carlo standard error; not a number if
  /// no draw is finite.
  package var probability: Estimate
  /// The number of draws in which the condition is not a number.
  package var nonFinite: Int

  /// Creates a result.
  package init(output: QuantityID, verdict: Verdict, probability: Estimate, nonFinite: Int) {
    self.output = output
    self.verdict = verdict
    self.probability = probability
    self.nonFinite = nonFinite
  }

  /// Whether the claim holds.
  package var decision: Verdict.Decision { verdict.decision(atProbability: probability.value) }

  /// The verdict in the scenario's words.
  package var word: String { verdict.word(for: decision) }

  /// The verdicts of a model from the results of `Model.verdictConditions`.
  package static func all(of model: Model, conditions: some Sequence<OutputResult>) -> [VerdictResult] {
    zip(model.verdicts, conditions).map { claim, result in
      VerdictResult(
        output: claim.output, verdict: claim.verdict,
        probability: result.cells.first?.mean ?? Estimate(.nan, error: .nan),
        nonFinite: result.cells.first?.nonFinite ?? 0)
    }
  }
}
