import Distributions
import Foundation
import Modeling
import Simulation
import Testing

/// Rules of algebra lose no digits, do not overflow, and do not depend on the other outputs.
@Suite("Limits of simplification by algebra") struct SimplificationLimitTests {
  private var maker = ModelMaker()

  private mutating func inputs(_ names: [String], _ distribution: String, _ arguments: [Double]) throws -> [Expression]
  {
    try names.map {
      .quantity(
        maker.input(
          $0, [.distribution(.fixed(try DistributionCatalogue.distribution(named: distribution, arguments: arguments)))]
        ))
    }
  }

  /// The values of a quantity in a draw.
  private func cells(_ name: String, _ engine: Engine, draw: Int) throws -> [Double] {
    let value = try engine.draw(number: draw).values.first { engine.model[$0.quantity].name == name }
    return try #require(value).cells
  }

  @Test("A stock that loses a part of itself every year keeps its digits to the last")
  mutating func decay() throws {
    let year = maker.index("year", 1...60)
    let x = try inputs(["loss", "pool"], "uniform", [1, 2])
    let before = Expression.previous(.quantity(maker.next()), initial: .number(100), along: year)
    let stock = maker.cycle(
      along: year, [("stock", [year], before - before * x[0] / (.number(2) * x[1]))])[0]
    maker.output(stock)
    let engine = try Engine(model: maker.model(draws: 10))
    for draw in 0..<10 {
      let rate = try cells("loss", engine, draw: draw)[0] / (2 * cells("pool", engine, draw: draw)[0])
      var exact = 100.0
      for found in try cells("stock", engine, draw: draw) {
        exact -= exact * rate
        // Four roundings a year, of which the greatest is of 1 / (1 - rate) of what is left, at most 1 in 0.01.
        #expect(abs(found / exact - 1) < 60 * 4 * 100 * Double.ulpOfOne)
      }
    }
  }

  @Test("Quotients along an index multiply no more together than they are made of")
  mutating func chain() throws {
    let year = maker.index("year", 1...40)
    let x = try inputs(["a", "b", "t"], "uniform", [1e20, 2e20])
    let before = Expression.previous(.quantity(maker.next()), initial: .number(1), along: year)
    maker.output(
      maker.cycle(along: year, [("level", [year], before * x[0] / x[2] + before * x[1] / x[2])])[0])
    let engine = try Engine(model: maker.model(draws: 10))
    for draw in 0..<10 {
      let (a, b, t) = try (
        cells("a", engine, draw: draw)[0], cells("b", engine, draw: draw)[0], cells("t", engine, draw: draw)[0]
      )
      let found = try cells("level", engine, draw: draw)
      for (year, level) in found.enumerated() {
        let exact = pow((a + b) / t, Double(year + 1))
        // Four roundings a year.
        #expect(abs(level / exact - 1) < 4 * 41 * Double.ulpOfOne)
      }
    }
  }

  @Test("A lognormal distribution of a drawn mean and a narrow sd keeps its width")
  mutating func narrowLognormal() throws {
    let mean = try inputs(["mean"], "uniform", [1, 2])[0]
    let family = try #require(DistributionCatalogue.family(named: "lognormal"))
    let way = try #require(family.parameterisations.firstIndex { $0.parameters.map(\.name) == ["mean", "sd"] })
    let y = maker.input(
      "y", [.distribution(.family(family, parameterisation: way, arguments: [mean, .number(1e-8) * mean]))])
    maker.output(maker.equation("deviation", (.quantity(y) - mean) / (.number(1e-8) * mean)))
    let result = try Engine(model: maker.model(draws: 100_000)).run()
    // The standard deviation of 1e5 normal draws errs by 1 / sqrt(2e5); 5 of those by chance in 6e-7 of runs.
    #expect(abs(result.outputs[0].cells[0].sd - 1) < 5 / 200_000.0.squareRoot())
  }

  @Test("Large exponents that cancel keep their digits in a product of exponentials")
  mutating func cancellingExponents() throws {
    let x = try inputs(["u", "v"], "uniform", [1e9, 1e9 + 1])
    let b = try inputs(["b"], "lognormal", [0.2, 0.5])[0]
    let function = try #require(BuiltInFunctionCatalogue.function(named: "exp"))
    maker.output(maker.equation("result", b * Expression(.call(function, [x[0] - x[1]]))))
    let engine = try Engine(model: maker.model(draws: 10))
    for draw in 0..<10 {
      let (u, v) = try (cells("u", engine, draw: draw)[0], cells("v", engine, draw: draw)[0])
      let exact = try cells("b", engine, draw: draw)[0] * exp(u - v)
      // Exponents of at most 4, rounded.
      #expect(abs(try cells("result", engine, draw: draw)[0] / exact - 1) < 16 * Double.ulpOfOne)
    }
  }

  @Test("A value has the same bits whether its factors are asked for, reported, or named by a target or a formula")
  mutating func sameBits() throws {
    let x = try inputs(["a", "b", "c"], "lognormal", [0.2, 0.5])
    let result = maker.equation("result", x[0] * x[1] / x[2])
    maker.output(result)
    let alone = try Engine(model: maker.model(draws: 10))
    _ = maker.equation("other", x[0] + x[2])
    let target = maker.equation("target", x[0] + x[1])
    var asked = maker.model(draws: 10)
    asked.targets = [Target(quantity: target, text: "a + b", place: ModelMaker.place)]
    let withTarget = try Engine(model: asked)
    maker.output(QuantityID(0))
    var reported = maker.model(draws: 10)
    reported.targets = asked.targets
    let withOutput = try Engine(model: reported)
    for draw in 0..<10 {
      let bits = try cells("result", alone, draw: draw)[0]
      #expect(try cells("result", withTarget, draw: draw)[0] == bits)
      #expect(try cells("result", withOutput, draw: draw)[0] == bits)
    }
  }

  @Test("A value has the same bits whatever was computed before it")
  mutating func sameBitsInAnyOrder() throws {
    let x = try inputs(["c", "d", "t", "z"], "uniform", [1, 2])
    let root = try #require(BuiltInFunctionCatalogue.function(named: "sqrt"))
    _ = maker.equation("unused", x[0] + x[1])
    let first = Expression.quantity(maker.equation("first", Expression(.call(root, [x[0]]))))
    let second = Expression.quantity(maker.equation("second", x[0] + x[1]))
    maker.output(
      maker.equation("result", first * second / x[2] + first * second * x[3] / x[2]))
    let engine = try Engine(model: maker.model(draws: 1000))
    var drawn: [Double] = []
    try engine.drawTables(rows: 1000) { table in drawn += table.values.last ?? [] }
    for draw in 0..<1000 { #expect(try cells("result", engine, draw: draw)[0] == drawn[draw]) }
  }
}
