import Evidence
import Modeling
import Simulation

/// The verdicts on published claims, one row for each.
struct VerdictsSection {
  let result: ScenarioResult

  var section: PageSection? {
    let texts = result.verdictTexts
    guard !texts.isEmpty else { return nil }
    let given: Markup = result.evidence?.posterior == nil ? .none : " Probabilities are given the observations."
    let table = PageTable(
      caption: "Verdicts on claims",
      columns: [("holds", false), ("claim", false), ("verdict", false), ("probability", true)],
      rows: texts.map(row))
    return PageSection(
      id: "verdicts", title: "Verdicts",
      content: """
        <p>\(VerdictText.rule(texts.map(\.result))) In between it cannot be decided.\(given)</p>
        \(table.markup)
        """)
  }

  private func row(_ text: VerdictText) -> [Markup] {
    let verdict = text.result.verdict
    let name = result.model[text.result.output].name
    let quote: Markup = verdict.quote.map { "<p class=\"remark\"><q>\($0)</q></p>" } ?? .none
    let condition: Markup =
      "<p class=\"remark\"><a href=\"#output-\(name)\">\(name)</a>: <code>\(verdict.conditionText)</code></p>"
    return [
      "<b>\(text.result.decision.rawValue)</b>", "\(verdict.claim)\(quote)\(source(of: verdict))",
      "\(text.result.word)\(condition)", "\(text.probability)",
    ]
  }

  /// The source of a claim, as a link if it has an address; the checker admits only `http` and `https`.
  private func source(of verdict: Verdict) -> Markup {
    switch (verdict.source, verdict.url) {
    case (let source, let url?):
      "<p class=\"remark\"><a href=\"\(url)\" rel=\"noreferrer\">\(source ?? url)</a></p>"
    case (let source?, nil): "<p class=\"remark\">\(source)</p>"
    case (nil, nil): .none
    }
  }
}
