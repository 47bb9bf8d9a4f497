import Diagnostics
import Foundation
import Modeling
import ScenarioFiles
import Simulation
import Testing

@Suite("Claims are decided by the probability of their condition")
struct VerdictTests {
  private static func verdict(certainty: Double) -> Verdict {
    Verdict(
      claim: "It holds.", condition: QuantityID(0), conditionText: "x > 0",
      words: [.yes: "holds", .no: "does not hold"],
      certainty: certainty,
      place: SourcePlace(file: SourceFile(path: "s.yaml", text: ""), line: 1, column: 1, length: 1))
  }

  @Test("Both thresholds belong to the decided cases, also where 1 - 0.9 is not 0.1 in binary")
  func thresholds() {
    let usual = Self.verdict(certainty: Verdict.defaultCertainty)
    #expect(
      [0, 0.1, 0.1000001, 0.5, 0.8999999, 0.9, 1].map(usual.decision) == [
        .no, .no, .undecided, .undecided, .undecided, .yes, .yes,
      ])
    let certain = Self.verdict(certainty: 1)
    #expect([0, 0.000001, 0.999999, 1].map(certain.decision) == [.no, .undecided, .undecided, .yes])
    #expect(usual.decision(atProbability: .nan) == .undecided)
    #expect(usual.word(for: .no) == "does not hold" && usual.word(for: .undecided) == Verdict.defaultUndecided)
  }

  /// The claims of the article in the scenario's order, each with whether it holds; the reasons are in the scenario and
  /// its sources.
  private static let article: [(output: String, holds: Verdict.Decision)] = [
    // 1.287 GWh, 120 homes; 502 t are 552 t without the data centre; 110 cars.
    ("gpt3_energy", .yes), ("gpt3_homes", .yes), ("gpt3_emissions", .no), ("gpt3_emissions_article", .yes),
    ("gpt3_cars", .yes),
    // A single model can need more than 100 homes (GPT-3); most models do not. 175 and 1.5 billion parameters.
    ("models_above_100_homes", .yes), ("models_above_100_homes", .no), ("parameter_growth", .yes),
    // 40 % of use is 29 % of the sum; Google's split of 40 to 60 is 67 % of use.
    ("training_over_use", .no), ("training_share_by_split", .yes),
    // GPT-4 came five days later; how often models are trained from scratch is not published.
    ("gpt4_energy", .yes), ("retraining", .undecided),
    // 10 to 15 % of Google's electricity are all machine learning, serving included; 2.3 TWh; Atlanta.
    ("google_training", .no), ("google_ai", .yes), ("google_ai", .yes),
    // BLOOM's paper; ChatGPT's emissions; bitcoin on one day and in whole years; New York's law.
    ("bloom_emissions", .yes), ("chatgpt_emissions", .undecided), ("bitcoin_over_argentina_then", .yes),
    ("bitcoin_over_argentina", .no), ("moratorium", .yes),
    // Pledges: made, and not on course but for Amazon's; carbon-free hours at Google.
    ("pledges", .yes), ("emissions_growth_2025", .no), ("emissions_growth_2025", .no),
    ("emissions_growth_2025", .yes), ("clean_hours", .no),
    // Cooling by AI; OpenAI's electricity and price; Microsoft's purchases; the measurement with Microsoft.
    ("cooling_by_ai", .yes), ("openai_gain", .undecided), ("openai_price_cut", .yes), ("bought_away", .yes),
    ("dodge_intensity", .yes),
    // Plants, hours, runs, a small country, processors, the total.
    ("on_source", .yes), ("shifting_saves", .yes), ("large_run", .yes), ("nvidia_gpus", .yes), ("all_gpus_2025", .no),
    ("gpu_over_processor", .undecided), ("published_spread", .yes),
  ]

  /// The probability nearest to a threshold, that of `gpu_over_processor` at 0.84, is ten standard errors away.
  @Test("Every claim of the article has the verdict that its evidence gives")
  func articleVerdicts() throws {
    let result = try ShippedScenarios.result("article-2023.yaml", draws: 4_096)
    #expect(result.verdicts.map { result.model[$0.output].name } == Self.article.map(\.output))
    #expect(result.verdicts.map(\.decision) == Self.article.map(\.holds))
    #expect(abs(result.mean("said_share_of_sum") - 100 * 0.4 / 1.4) < 1e-9)
    #expect(result.verdicts.allSatisfy { $0.verdict.source != nil && $0.nonFinite == 0 })
  }

  @Test("Verdicts change no other result")
  func otherResults() throws {
    let text = """
      inputs: {x: 1 to 3, y: 2 to 4}
      equations: {z: x * y}
      outputs:
        z: {}
        x: {}
      """
    let claim = "z: {verdict: {claim: It is large., if: z > 6 and x < y, then: large, else: small}}"
    let file = FileManager.default.temporaryDirectory.appending(path: "verdicts-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    let results = try [text, text.replacingOccurrences(of: "z: {}", with: claim)].map { text in
      try text.write(to: file, atomically: false, encoding: .utf8)
      var model = try Scenario.model(ofFileAt: file.path)
      model.settings.draws = 20_000
      return try Engine(model: model).run()
    }
    #expect(results[0].outputs.count == 2 && results[1].outputs.count == 2)
    for output in 0..<2 {
      let (a, b) = (results[0].outputs[output].cells[0], results[1].outputs[output].cells[0])
      #expect(a.mean == b.mean && a.quantiles == b.quantiles)
    }
    #expect(results[0].verdicts.isEmpty && results[1].verdicts.count == 1)
  }
}
