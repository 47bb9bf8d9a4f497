import Distributions
import Modeling
import Simulation
import Testing

@Suite("Outputs that take few values have the quantiles of their draws") struct FewValuesTests {
  private static let draws = 100_000

  /// Counts, years far from zero, outcomes between whole numbers; values near each other; and too many values to keep.
  private static func model(design: String) throws -> Model {
    var maker = ModelMaker()
    let counts = maker.input("counts", [try .distribution("poisson", 100)])
    let delay = maker.input("delay", [try .distribution("poisson", 6)])
    let years = maker.equation("years", .number(2019) + .quantity(delay))
    let outcomes = try Discrete(outcomes: [-0.7, 0, 1.1, 3.3], probabilities: [0.2, 0.2, 0.5, 0.1])
    let states = maker.input("states", [.distribution(.fixed(outcomes))])
    let neighbours = try Discrete(outcomes: [1, 10_000, 10_001], probabilities: [0.5, 0.3, 0.2])
    let close = maker.input("close", [.distribution(.fixed(neighbours))])
    let wide = maker.input("wide", [try .distribution("lognormal", 3, 1)])
    let chance = try maker.uniform("chance", 0, 1)
    let rare = maker.equation("rare", .choice(.quantity(chance) < .number(0.6), .number(0), .quantity(wide)))
    for id in [counts, years, states, close, rare] { maker.output(id) }
    return maker.model(draws: draws, design: design)
  }

  @Test("in every bit, however many workers", arguments: ["mc", "sobol"], [1, 3])
  func quantiles(design: String, workers: Int) throws {
    let engine = try Engine(model: try Self.model(design: design))
    let columns = try engine.columns(Self.draws)
    let outputs = try engine.run(options: Engine.Options(workers: workers)).outputs
    for (name, output) in zip(["counts", "years", "states"], outputs) {
      let sorted = try #require(columns[name]).sorted()
      let cell = output.cells[0]
      for (p, estimate) in zip(CellSummary.probabilities, cell.quantiles) {
        #expect(estimate.value == sorted.sortedValue(p), "\(name) \(p)")
      }
      for (place, bar) in cell.histogram.enumerated() {
        let isLast = place == cell.histogram.count - 1
        #expect(bar.count == sorted.filter { $0 >= bar.low && ($0 < bar.high || isLast && $0 == bar.high) }.count)
      }
    }
  }

  @Test("and bars about each whole number, or about as many as make 200 bars", arguments: [(100.0, 1.0), (2000, 2)])
  func bars(mean: Double, width: Double) throws {
    var maker = ModelMaker()
    maker.output(maker.input("counts", [try .distribution("poisson", mean)]))
    let engine = try Engine(model: maker.model(draws: Self.draws))
    let values = try #require(try engine.columns(Self.draws)["counts"])
    let cell = try engine.run().outputs[0].cells[0]
    #expect(cell.histogram.first?.low == cell.min - 0.5)
    #expect(cell.histogram.count <= 200 && cell.histogram.allSatisfy { $0.high - $0.low == width })
    let counts = cell.histogram.map { bar in values.filter { $0 > bar.low && $0 < bar.high }.count }
    #expect(cell.histogram.map(\.count) == counts)
    #expect(counts.reduce(0, +) == Self.draws)
  }

  @Test("with no error where all draws near it are equal, and that of the other value where they are not")
  func errors() throws {
    var maker = ModelMaker()
    let outcomes = try Discrete(outcomes: [2026, 2027], probabilities: [0.5, 0.5])
    maker.output(maker.input("year", [.distribution(.fixed(outcomes))]))
    let cell = try Engine(model: maker.model(draws: Self.draws)).run().outputs[0].cells[0]
    #expect(cell.quantile(0.05) == Estimate(2026, error: 0))
    #expect(cell.quantile(0.95) == Estimate(2027, error: 0))
    // 1.96 standard errors of the probability to either side there are different years, or the same one.
    let median = try #require(cell.quantile(0.5))
    let error = median.error * ConfidenceInterval.multiple(replicates: 1)
    #expect(error == 0 || abs(error - 1) < 1e-12 || median.value == 2026.5 && abs(error - 0.5) < 1e-12)
  }

  @Test("and at the edge of an atom one of both values, never one between", arguments: [false, true])
  func atoms(isExact: Bool) throws {
    var maker = ModelMaker()
    let outcomes = try Discrete(outcomes: [0, 100], probabilities: [0.95, 0.05])
    maker.output(maker.input("loss", [.distribution(.fixed(outcomes))]))
    var seen: Set<Double> = []
    for seed in 1...40 as ClosedRange<UInt64> {
      // The exact number of draws at which interpolation would be between them, and others.
      for draws in [1001, 4096] {
        var model = maker.model(draws: draws, seed: seed, design: "sobol")
        model.settings.isExact = isExact
        let cell = try Engine(model: model).run().outputs[0].cells[0]
        #expect(cell.quantiles.allSatisfy { [0, 100].contains($0.value) })
        seen.insert(try #require(cell.quantile(0.95)).value)
      }
    }
    #expect(seen == [0, 100])
  }

  @Test("to the distance of values that share a bin")
  func neighbours() throws {
    let engine = try Engine(model: try Self.model(design: "mc"))
    let cell = try engine.run().outputs[3].cells[0]
    for p in [0.75, 0.9, 0.95] {
      let estimate = try #require(cell.quantile(p))
      #expect([10_000, 10_001].contains(estimate.value))
      #expect(estimate.error >= 1 / 12.0.squareRoot())
    }
    #expect(cell.quantile(0.1) == Estimate(1, error: 0))
    // Half of the draws, 5e4, are in the bin of 10,000 and 10,001, and each is taken for half of them: far from 0.75.
    #expect(cell.quantile(0.6)?.value == 10_000 && cell.quantile(0.9)?.value == 10_001)
  }

  @Test("and stable moments, however rare all but one value are", arguments: ["mc", "sobol"])
  func stableMoments(design: String) throws {
    var maker = ModelMaker()
    let ranks = try Discrete(outcomes: [44, 45, 46], probabilities: [0.0001, 0.0002, 0.9997])
    maker.output(maker.input("rank", [.distribution(.fixed(ranks))]))
    let cell = try Engine(model: maker.model(draws: Self.draws, design: design)).run().outputs[0].cells[0]
    #expect(cell.momentWarning == nil && cell.isMeanStable)
    // The mean of bounded values is known whatever the seed: its standard deviation here is sqrt(0.0002 + 4 * 0.0001 -
    // 0.0004^2) = 0.0245, so that six standard errors of 1e5 independent draws are 5e-4 (chance 2e-9).
    #expect(abs(cell.mean.value - 45.9996) < 6 * 0.0245 / Double(Self.draws).squareRoot())
    #expect(cell.mean.error.isFinite)
  }

  @Test("and zeros of both signs are one value, which has none")
  func signsOfZero() throws {
    var maker = ModelMaker()
    let chance = try maker.uniform("chance", 0, 1)
    maker.output(
      maker.equation("zero", .choice(.quantity(chance) < .number(0.3), .number(-0.0), .number(0))))
    // With this number of draws, quantiles are draws; interpolation between two draws would lose the sign of zero.
    let cell = try Engine(model: maker.model(draws: 100_001)).run().outputs[0].cells[0]
    #expect(cell.quantiles.allSatisfy { $0.value == 0 && $0.value.sign == .plus && $0.error == 0 })
  }

  @Test("and those that take more values than are kept, to the width of a bin")
  func manyValues() throws {
    let engine = try Engine(model: try Self.model(design: "mc"))
    let sorted = try #require(try engine.columns(Self.draws)["rare"]).sorted()
    let cell = try engine.run().outputs[4].cells[0]
    for (p, estimate) in zip(CellSummary.probabilities, cell.quantiles) {
      let exact = sorted.sortedQuantile(p)
      #expect(abs(estimate.value - exact) <= 0x1p-10 * exact, "\(p)")
    }
  }
}
