import Evidence
import Modeling
import Simulation
import TextFormats

/// A verdict in words, shared by the screen and the page.
struct VerdictText {
  let result: VerdictResult
  /// The number of draws behind the probability.
  let draws: Int

  /// The probability of the condition: `99.2 %`, `above 99.999 %`; 0 or 100 % if the condition is the same in all draws
  /// because it depends on no distribution, and unknown without finite draws.
  var probability: String {
    if result.probability.error == 0 { return NumberText.significant(result.probability.value * 100) + " %" }
    return NumberText.probability(result.probability, draws: draws - result.nonFinite)
  }

  /// The rule by which claims are decided, if all have the same certainty.
  static func rule(_ results: [VerdictResult]) -> String {
    let levels = Set(results.map(\.verdict.certainty))
    guard levels.count == 1, let level = levels.first else {
      return
        "A claim holds if the probability of its condition is at least its certainty, and does not hold if it is at "
        + "most 100 % minus that."
    }
    let (high, low) = (NumberText.significant(level * 100), NumberText.significant((1 - level) * 100))
    return
      "A claim holds if the probability of its condition is at least \(high) %, and does not hold if it is at most "
      + "\(low) %."
  }
}

extension ScenarioResult {
  /// The decided verdicts as texts, in the order of the outputs.
  var verdictTexts: [VerdictText] {
    let draws = evidence?.posterior?.draws ?? self.draws
    return decidedVerdicts.map { VerdictText(result: $0, draws: draws) }
  }
}

/// The verdicts on the screen: for each claim whether it holds, the claim, the verdict and the probability.
struct VerdictLines {
  let result: ScenarioResult

  /// The lines under a heading, for the outputs that are shown; empty without verdicts.
  func lines(among outputs: Set<QuantityID>) -> [String] {
    let shown = result.verdictTexts.filter { outputs.contains($0.result.output) }
    guard !shown.isEmpty else { return [] }
    let given = result.evidence?.posterior == nil ? "" : ", given the observations"
    let width = Verdict.Decision.allCases.map(\.rawValue.count).max() ?? 0
    let lines = shown.flatMap { text -> [String] in
      let decision = text.result.decision.rawValue
      let head = decision + String(repeating: " ", count: width + 2 - decision.count)
      let indent = String(repeating: " ", count: head.count)
      let claim = ScreenText.wrapped(text.result.verdict.claim, width: 96 - head.count)
      let verdict = ScreenText.wrapped("\(text.result.word) (\(text.probability))", width: 94 - head.count)
      return claim.enumerated().map { row, line in "  \(row == 0 ? head : indent)\(line)" }
        + verdict.map { "  \(indent)  \($0)" }
    }
    return ["verdicts on claims\(given)"]
      + ScreenText.wrapped(VerdictText.rule(shown.map(\.result)), width: 98).map { "  " + $0 }
      + lines + [""]
  }
}

extension Output {
  /// `verdicts`, if it has any, for records and descriptions.
  var verdictEntries: [(key: String, value: JSON)] {
    verdicts.isEmpty ? [] : [("verdicts", .array(verdicts.map(\.json)))]
  }
}

extension Verdict {
  /// The rule of the verdict, without results, for records and descriptions.
  var json: JSON {
    .object([
      ("claim", .string(claim)), ("quote", .optional(quote)), ("if", .string(conditionText)),
      ("then", .string(word(for: .yes))), ("else", .string(word(for: .no))),
      ("undecided", .string(word(for: .undecided))), ("certainty", .number(certainty)), ("source", .optional(source)),
      ("url", .optional(url)),
    ])
  }
}
