import Distributions
import Foundation
import Modeling
import Simulation
import Testing

/// The programs that rules of algebra make of small models, and their values, which stay the same.
@Suite("Simplification by algebra") struct AlgebraSimplificationTests {
  private var maker = ModelMaker()

  /// Inputs of one distribution.
  private mutating func inputs(_ names: [String], _ distribution: String, _ arguments: [Double]) throws -> [Expression]
  {
    try names.map {
      .quantity(
        maker.input(
          $0, [.distribution(.fixed(try DistributionCatalogue.distribution(named: distribution, arguments: arguments)))]
        ))
    }
  }

  private func call(_ function: String, _ argument: Expression) throws -> Expression {
    Expression(.call(try #require(BuiltInFunctionCatalogue.function(named: function)), [argument]))
  }

  private func power(_ base: Expression, _ exponent: Expression) -> Expression {
    Expression(.binary(.power, base, exponent))
  }

  /// The plan of a model with one output, and that output's values in some draws beside those that a function of the
  /// inputs gives.
  private mutating func plan(
    _ formula: Expression, like function: ([Double]) -> Double, within relativeError: Double
  ) throws -> String {
    maker.output(maker.equation("result", formula))
    let engine = try Engine(model: maker.model(draws: 10))
    for number in 0..<10 {
      let values = try engine.draw(number: number).values.map { $0.cells[0] }
      let (found, expected) = (values[values.count - 1], function(values.dropLast()))
      #expect(abs(found / expected - 1) <= relativeError, "draw \(number): \(found), not \(expected)")
    }
    return engine.planDescription
  }

  @Test("Bounds: what is multiplied by zero is nothing, of a distribution with bounds and of scores")
  mutating func zero() throws {
    let x = try inputs(["x"], "normal", [0, 1])[0]
    let y = try inputs(["y"], "beta", [4, 6])[0]
    let z = try inputs(["z"], "uniform", [1, 2])[0]
    let none = Expression.number(0)
    let plan = try plan(
      try z * call("exp", none * x * y) + none * call("exp", x), like: { $0[2] }, within: 0)
    #expect(plan.hasPrefix("3 instructions"), "\(plan)")
  }

  @Test("Bounds: a draw that may not be finite is seen, though it is multiplied by zero")
  mutating func zeroOfWhatIsNotFinite() throws {
    let x = try inputs(["x"], "uniform", [-1, 1])[0]
    let formula = try Expression.number(0) * call("log", x)
    maker.output(maker.equation("result", formula + .number(1) + x))
    let engine = try Engine(model: maker.model(draws: 1000))
    let result = try engine.run()
    #expect(result.outputs[0].cells[0].nonFinite > 400)
  }

  @Test("Denominators: a weighted mean divides once, whatever its weights' total is multiplied by")
  mutating func weightedMean() throws {
    let x = try inputs(["x1", "x2", "x3"], "uniform", [1, 2])
    let w = try inputs(["w1", "w2", "w3"], "uniform", [3, 4])
    let total = w[0] + w[1] + w[2]
    let terms = (0..<3).map { x[$0] * (w[$0] / total) }
    // Three roundings a term before and after; sums of three positive terms add two more to each of two sums.
    let plan = try plan(
      terms[0] + .number(2) * terms[1] + terms[2] + .number(5),
      like: { (($0[0] * $0[3] + 2 * $0[1] * $0[4]) + $0[2] * $0[5]) / ($0[3] + $0[4] + $0[5]) + 5 },
      within: 10 * Double.ulpOfOne)
    #expect(plan.components(separatedBy: "divide").count == 2, "\(plan)")
    #expect(!plan.contains("multiply") && !plan.contains(" / ("), "\(plan)")
  }

  @Test("Denominators: what one term divides by besides stays with it, and terms without a common one are left alone")
  mutating func differentDenominators() throws {
    let x = try inputs(["a", "b", "c"], "uniform", [1, 2])
    let plan = try plan(
      x[0] / (x[1] * x[2]) - x[2] / x[1] + x[0] / x[2],
      like: { $0[0] / ($0[1] * $0[2]) - $0[2] / $0[1] + $0[0] / $0[2] }, within: 1e-13)
    #expect(plan.components(separatedBy: "divide").count + plan.components(separatedBy: " / (").count == 5, "\(plan)")
  }

  @Test("Chains: a difference in parentheses of large, nearly equal values costs the other terms no digits")
  mutating func parentheses() throws {
    let x = try inputs(["x"], "uniform", [1, 2])[0]
    let large = try inputs(["a", "b"], "uniform", [1e15, 1.000001e15])
    let constant = Expression.number(1.8e15)
    _ = try plan(
      x - (large[0] - large[1]) - (constant - constant) - Expression(.negate(large[1] - large[0])),
      like: { $0[0] - ($0[1] - $0[2]) + ($0[2] - $0[1]) }, within: Double.ulpOfOne)
  }

  @Test("Denominators: a chain of quotients as long as an index is taken apart one link at a time, not all at once")
  mutating func longQuotients() throws {
    let year = maker.index("year", 1...5000)
    let x = try inputs(["a", "b"], "uniform", [1, 2])
    let divisor = try inputs(["divisor"], "uniform", [1, 1.00001])[0]
    let levels = ["p", "q"].map { name in
      let own = Expression.quantity(maker.next())
      let first = x[name == "p" ? 0 : 1]
      return Expression.quantity(
        maker.cycle(along: year, [(name, [year], .previous(own, initial: first, along: year) / divisor)])[0])
    }
    let total = maker.equation("total", over: [year], levels[0] + levels[1])
    maker.output(maker.equation("result", .sum(.quantity(total), over: year)))
    let engine = try Engine(model: maker.model(draws: 1))
    let values = try engine.draw(number: 0).values.map { $0.cells[0] }
    #expect(values.last.map { $0.isFinite && $0 > 5000 } == true)
  }

  @Test("Logarithms: of what exponentials make there is none, and no power")
  mutating func logarithms() throws {
    let x = try inputs(["a", "b"], "lognormal", [0.2, 0.5])
    let shape = try inputs(["shape"], "uniform", [1, 3])[0]
    let logarithm = try call("log", .number(3) * x[0] / x[1])
    let plan = try plan(
      call("exp", .number(0.3) * logarithm) + power(x[0] / x[1], shape),
      like: { pow(3 * $0[0] / $0[1], 0.3) + pow($0[0] / $0[1], $0[2]) }, within: 64 * Double.ulpOfOne)
    #expect(!plan.contains("log") && !plan.contains("power") && !plan.contains("divide"), "\(plan)")
  }

  @Test("Logarithms: a chain of products as long as an index is left alone")
  mutating func longChain() throws {
    let factors = try inputs((0..<300).map { "x\($0)" }, "lognormal", [0, 0.1])
    var level = factors[0]
    for (number, factor) in factors.dropFirst().enumerated() {
      level = .quantity(maker.equation("level\(number)", level * factor))
    }
    maker.output(maker.equation("result", try call("log", level)))
    let engine = try Engine(model: maker.model(draws: 10))
    #expect(engine.planDescription.contains("log r"))
  }

  @Test("Exponentials: lognormal inputs that only a product needs are one exponential, along a chain of equations")
  mutating func exponentials() throws {
    let x = try inputs(["a", "b", "c", "d"], "lognormal", [0.2, 0.5])
    let u = try inputs(["u"], "uniform", [1, 2])[0]
    let first = Expression.quantity(maker.equation("first", .number(3) * x[0] * u / x[1]))
    let formula = first * x[2] * x[2] / x[3]
    maker.output(maker.equation("result", formula))
    let engine = try Engine(model: maker.model(draws: 10))
    let plan = engine.planDescription
    #expect(plan.components(separatedBy: "= exp").count == 2 && !plan.contains("divide"), "\(plan)")
    for number in 0..<10 {
      let values = try engine.draw(number: number).values.map { $0.cells[0] }
      let expected = 3 * values[0] * values[4] / values[1] * values[2] * values[2] / values[3]
      // Five exponents of at most 5 in size, each rounded, as are their partial sums.
      #expect(abs(values[6] / expected - 1) < 64 * Double.ulpOfOne)
    }
  }

  @Test("Exponentials: one of fewer cells than its product is made once for all of them, unless they have their own")
  mutating func yearlyExponentials() throws {
    let year = maker.index("year", 1...3)
    let x = try inputs(["a", "b"], "lognormal", [0.2, 0.5])
    let even = maker.input("even", over: [year], try (0..<3).map { _ in try .distribution("uniform", 1, 2) })
    let skewed = maker.input("skewed", over: [year], try (0..<3).map { _ in try .distribution("lognormal", 0.2, 0.5) })
    maker.output(maker.equation("evenly", over: [year], x[0] * .quantity(even)))
    let single = try Engine(model: maker.model(draws: 10)).planDescription
    #expect(single.components(separatedBy: "= exp").count == 1 + 1, "\(single)")
    maker.output(maker.equation("askew", over: [year], x[1] * .quantity(skewed)))
    let both = try Engine(model: maker.model(draws: 10)).planDescription
    #expect(both.components(separatedBy: "= exp").count == 1 + 1 + 3, "\(both)")
  }

  @Test("Folding: terms of one value are one term, and none where they cancel")
  mutating func equalTerms() throws {
    let x = try inputs(["x", "y"], "uniform", [1, 2])
    let plan = try plan(
      .number(5) * x[0] + x[1] - .number(4) * x[0] - x[1], like: { $0[0] }, within: 0)
    #expect(plan.hasPrefix("3 instructions"), "\(plan)")
  }

  @Test("Folding: terms that cancel are +0, whatever the sign of their value")
  mutating func signOfCancelledTerms() throws {
    // An exponential quantile is a negative multiple of a logarithm; 17 / (x - x) is then infinite, not -infinite.
    let x = try inputs(["x"], "exponential", [2])[0]
    let largest = try #require(BuiltInFunctionCatalogue.function(named: "max"))
    let quotient = Expression(.call(largest, [.number(17) / (x - x), .number(1)]))
    _ = try plan(.number(5) + .number(1) / quotient, like: { _ in 5 }, within: 0)
  }

  @Test("Denominators: quotients by a value that may be 0 are not joined, as their difference is not a number")
  mutating func discreteDenominators() throws {
    let x = try inputs(["x", "y"], "uniform", [1, 2])
    let coin = Expression.quantity(
      maker.input(
        "t", [.distribution(.fixed(try Discrete(outcomes: [0, 1], probabilities: [0.5, 0.5])))]))
    maker.output(maker.equation("result", x[0] / coin - .number(3) * x[1] / coin))
    let engine = try Engine(model: maker.model(draws: 20))
    for number in 0..<20 {
      let values = try engine.draw(number: number).values.map { $0.cells[0] }
      let expected = values[0] / values[2] - 3 * values[1] / values[2]
      #expect(values[3] == expected || values[3].isNaN && expected.isNaN, "draw \(number): \(values)")
    }
  }
}
