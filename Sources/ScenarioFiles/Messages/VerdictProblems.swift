import Diagnostics

/// Verdicts on published claims.
extension Problem {
  /// A verdict that is not a mapping.
  static func verdictNotMapping(found: String) -> Problem {
    Problem(
      OutputCode.verdict, "a verdict must be a mapping",
      expected: "`{claim: SENTENCE, if: CONDITION, then: WORDS, else: WORDS}`", found: found)
  }

  /// A verdict that lacks a required key.
  static func verdictWithoutKey(_ key: String, required: [String]) -> Problem {
    let keys = required.map { "`\($0):`" }
    return Problem(
      OutputCode.verdict, "a verdict needs `\(key)`",
      expected: keys.dropLast().joined(separator: ", ") + " and " + (keys.last ?? ""))
  }

  /// A text of a verdict without a letter or digit.
  static func verdictTextEmpty(_ key: String) -> Problem {
    let expected =
      switch key {
      case "claim": "the claim in one sentence"
      case "quote": "the words of the original, or no `quote:`"
      case "source": "the source of the claim, or no `source:`"
      case "undecided": "words for a claim that cannot be decided, or no `undecided:`"
      default: "words such as `reproduced`"
      }
    return Problem(OutputCode.verdict, "`\(key)` is empty", expected: expected)
  }

  /// The same words for two decisions.
  static func verdictWordsTwice(_ words: String) -> Problem {
    Problem(
      OutputCode.verdict, "two verdicts have the same words, so the condition makes no difference",
      expected: "different words in `then:`, `else:` and `undecided:`", found: "`\(words)` twice")
  }

  /// A formula that is not a condition.
  static func verdictOfNumber(_ formula: String, isNumber: Bool) -> Problem {
    Problem(
      OutputCode.verdictCondition, "`if` must be a condition, which is true or false in each draw",
      expected: isNumber ? "a comparison such as `\(formula) > 0`" : "a comparison with a label",
      found: "`\(formula)`, " + (isNumber ? "a number" : "a label"))
  }

  /// A condition with several truth values.
  static func verdictOfSeveralCells(
    _ formula: String, indexes: String, label: String, suggestion: String
  ) -> Problem {
    Problem(
      OutputCode.verdictCondition, "the condition of a verdict must be a single truth value",
      found: "`\(formula)` is over \(indexes)", suggestion: suggestion,
      advice: "select a label, as in `x[\(label)]`; `min(…, over=…)` is true if the condition holds at every label, "
        + "`max(…, over=…)` if it holds at some label")
  }

  /// A certainty that is not a probability above one half.
  static func verdictCertainty(found: String, suggestion: String?) -> Problem {
    Problem(
      OutputCode.certainty, "invalid certainty of a verdict", expected: "a probability above 50%, up to 100%",
      found: found, suggestion: suggestion)
  }

  /// A text that is not an address.
  static func verdictAddress(found: String, suggestion: String?) -> Problem {
    Problem(
      OutputCode.url, "`url` must be a web address", expected: "a text that begins with `https://`",
      found: "`\(found)`", suggestion: suggestion)
  }
}
