import Diagnostics

/// A published claim about an output, with the condition that decides it.
///
/// The claim holds if its condition is true in at least the share `certainty` of the draws, does not hold if it is true
/// in at most 1 - `certainty` of them, and cannot be decided in between.
package struct Verdict: Sendable {
  /// The outcome of a claim.
  package enum Decision: String, Sendable, CaseIterable {
    /// The claim holds.
    case yes
    /// The claim does not hold.
    case no
    /// The inputs do not decide it.
    case undecided
  }

  /// The certainty of a verdict that states none.
  package static let defaultCertainty = 0.9
  /// The words of a claim that cannot be decided, if none are given.
  package static let defaultUndecided = "cannot be decided"

  /// The claim in one sentence.
  package var claim: String
  /// The words of the original.
  package var quote: String?
  /// The condition under which the claim holds.
  package var condition: QuantityID
  /// The condition as written.
  package var conditionText: String
  /// The verdict for each decision.
  package var words: [Decision: String]
  /// The probability of the condition from which the claim holds: above 0.5, up to 1.
  package var certainty: Double
  /// The source of the claim.
  package var source: String?
  /// The address of the source, which begins with `http://` or `https://`.
  package var url: String?
  /// The place of the verdict.
  package var place: SourcePlace

  /// Creates a verdict.
  package init(
    claim: String, quote: String? = nil, condition: QuantityID, conditionText: String, words: [Decision: String],
    certainty: Double = Verdict.defaultCertainty, source: String? = nil, url: String? = nil, place: SourcePlace
  ) {
    self.claim = claim
    self.quote = quote
    self.condition = condition
    self.conditionText = conditionText
    self.words = words
    self.certainty = certainty
    self.source = source
    self.url = url
    self.place = place
  }

  /// The decision at a probability of the condition; undecided if the probability is not a number.
  ///
  /// Probabilities are fractions of draws, so a threshold such as 1 - 0.9, which is a little below 0.1 in binary, is
  /// compared with a tolerance of 1e-12.
  package func decision(atProbability probability: Double) -> Decision {
    if probability >= certainty - 1e-12 { return .yes }
    if probability <= 1 - certainty + 1e-12 { return .no }
    return .undecided
  }

  /// The verdict's words for a decision.
  package func word(for decision: Decision) -> String { words[decision] ?? Self.defaultUndecided }
}

extension Model {
  /// The verdicts of all outputs with the output of each, in the outputs' order.
  package var verdicts: [(output: QuantityID, verdict: Verdict)] {
    outputs.flatMap { output in output.verdicts.map { (output.quantity, $0) } }
  }

  /// The conditions of all verdicts as outputs, in the order of `verdicts`.
  package var verdictConditions: [Output] {
    verdicts.map {
      Output(quantity: $0.verdict.condition, unit: .one, scope: [:], comparisons: [], place: $0.verdict.place)
    }
  }
}
