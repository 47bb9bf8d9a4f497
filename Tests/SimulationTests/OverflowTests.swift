import Distributions
import Modeling
import Simulation
import Testing

/// Values that exceed the largest double. Probabilities by SciPy:
///
///     m = np.finfo(float).max
///     stats.weibull_min(.05).sf(m / 1e307)   # 0.31492867802308344
///     stats.fisk(.003).sf(m / 1e200)         # 0.32130149478187664
@Suite("Draws whose value is infinite are counted and named") struct OverflowTests {
  private static let draws = 40_000

  @Test("also where the value is summarised as a multiple of another one", arguments: ["mc", "sobol"], [false, true])
  func multiples(design: String, isExact: Bool) throws {
    var maker = ModelMaker()
    let u = maker.input("u", [try .distribution("normal", 1e308, 1e306)])
    maker.output(maker.input("weibull", [try .distribution("weibull", 0.05, 1e307)]))
    maker.output(maker.input("loglogistic", [try .distribution("loglogistic", 0.003, 1e200)]))
    maker.output(maker.equation("x", .quantity(u) * .number(3)))
    maker.output(maker.equation("half", .quantity(u) * .number(0.5)))
    var model = maker.model(draws: Self.draws, design: design)
    model.settings.isExact = isExact
    let engine = try Engine(model: model)
    let result = try engine.run()
    let cells = result.outputs.map { $0.cells[0] }
    let columns = try engine.columns(Self.draws)
    for (cell, name) in zip(cells, ["weibull", "loglogistic", "x", "half"]) {
      let finite = try #require(columns[name]).filter(\.isFinite)
      #expect(cell.nonFinite == Self.draws - finite.count, "\(name)")
      let values = [cell.mean.value, cell.sd, cell.min, cell.max] + cell.quantiles.map(\.value)
      #expect(values.allSatisfy { !$0.isInfinite }, "\(name)")
    }
    // Six standard errors of a binomial fraction: 2e-9.
    for (cell, probability) in zip(cells, [0.31492867802308344, 0.32130149478187664]) {
      let error = (probability * (1 - probability) / Double(Self.draws)).squareRoot()
      #expect(abs(Double(cell.nonFinite) / Double(Self.draws) - probability) < 6 * error)
    }
    #expect(cells[2].nonFinite == Self.draws && cells[3].nonFinite == 0)
    #expect(result.failures.map(\.culprit) == ["weibull", "loglogistic", "x"])
    #expect(result.failures.last?.operation?.name == "*")
  }
}
