import Distributions
import Modeling
import Simulation
import Testing

@Suite("Outputs with few values have their probabilities")
struct OutcomeTests {
  private static let draws = 200_000

  /// Counts, a condition in percent, a rare event, the largest number of values that is tabulated, and one more.
  private static func model(design: String) throws -> Model {
    var maker = ModelMaker()
    let counts = maker.input("counts", [try .distribution("poisson", 3)])
    let chance = try maker.uniform("chance", 0, 1)
    let high = maker.equation("high", .number(0.75) < .quantity(chance))
    let rare = maker.equation("rare", .choice(.quantity(chance) < .number(1e-4), .number(-1.5), .number(0)))
    func dice(_ name: String, _ sides: Int) throws -> QuantityID {
      let distribution = try Discrete(
        outcomes: (0..<sides).map { Double($0) * 0.1 },
        probabilities: [Double](repeating: 1 / Double(sides), count: sides))
      return maker.input(name, [.distribution(.fixed(distribution))])
    }
    let (few, many) = (try dice("few", 24), try dice("many", 25))
    for id in [counts, high, rare, few, many, chance] { maker.output(id) }
    return maker.model(draws: draws, design: design)
  }

  @Test("those of the draws, for any number of workers", arguments: ["mc", "sobol"], [1, 3])
  func counts(design: String, workers: Int) throws {
    let engine = try Engine(model: try Self.model(design: design))
    let columns = try engine.columns(Self.draws)
    let outputs = try engine.run(options: Engine.Options(workers: workers)).outputs
    for (name, output) in zip(["counts", "high", "rare", "few"], outputs) {
      let drawn = Dictionary(grouping: try #require(columns[name])) { $0 }.mapValues(\.count)
      let outcomes = output.cells[0].outcomes
      #expect(outcomes.map(\.value) == drawn.keys.sorted(), "\(name)")
      for outcome in outcomes {
        #expect(outcome.probability.value == Double(drawn[outcome.value] ?? 0) / Double(Self.draws), "\(name)")
      }
    }
    #expect(outputs[4].cells[0].outcomes.isEmpty, "25 values")
    #expect(outputs[5].cells[0].outcomes.isEmpty, "a density")
  }

  @Test("with the error of independent draws, sqrt(p (1 - p) / n), under design mc")
  func errors() throws {
    let outputs = try Engine(model: try Self.model(design: "mc")).run().outputs
    for outcome in outputs[1].cells[0].outcomes {
      let p = outcome.probability.value
      #expect(abs(outcome.probability.error / (p * (1 - p) / Double(Self.draws)).squareRoot() - 1) < 1e-3)
    }
    // 0.25 has an error of 0.00097; five of them are passed once in 1.7 million.
    #expect(abs(outputs[1].cells[0].outcomes[1].probability.value - 0.25) < 5 * 0.00097)
  }

  @Test("of a constant one, known exactly; of a value that no draw has, none")
  func constants() throws {
    var maker = ModelMaker()
    let chance = try maker.uniform("chance", 0, 1)
    maker.output(maker.equation("five", .number(5)))
    maker.output(maker.equation("none", (.number(1) + .quantity(chance)) / .number(0)))
    let outputs = try Engine(model: maker.model(draws: 5000)).run().outputs
    #expect(outputs[0].cells[0].outcomes == [CellSummary.Outcome(5, probability: Estimate(1, error: 0))])
    #expect(outputs[1].cells[0].nonFinite == 5000 && outputs[1].cells[0].outcomes.isEmpty)
  }
}
