import Distributions
import Foundation
import Modeling
import Simulation
import Testing

/// The programs of small models, as `describe --plan` shows them.
@Suite("Simplified plans") struct SimplificationTests {
  @Test("Folding and sharing: what no output needs costs nothing, equal values are computed once, constants not at all")
  func economy() throws {
    var maker = ModelMaker()
    let x = try maker.uniform("x", 0, 1)
    let y = try maker.uniform("y", 0, 1)
    _ = maker.equation("unused", .quantity(y) * .quantity(y))
    let constant = maker.equation("constant", .number(3) * .number(4) - .number(2))
    let a = maker.equation("first", .quantity(x) * .quantity(x) + .quantity(constant))
    let b = maker.equation("second", .quantity(x) * .quantity(x) + .number(10))
    maker.output(maker.equation("result", .quantity(a) / .quantity(b)))
    let text = try Engine(model: maker.model(draws: 10)).planDescription
    #expect(!text.contains("probability of y"))
    #expect(text.components(separatedBy: "multiply").count == 2)
    #expect(text.components(separatedBy: "+ 10.0").count == 2)
    #expect(text.hasPrefix("5 instructions for 1024 draws"), "\(text)")
  }

  @Test("Fusion: sums of products take one instruction")
  func fusion() throws {
    var maker = ModelMaker()
    let k = maker.index("k", 1...20)
    let x = maker.input("x", over: [k], try (0..<20).map { _ in try .distribution("uniform", 0, 1) })
    let y = maker.input("y", over: [k], try (0..<20).map { _ in try .distribution("normal", 0, 1) })
    maker.output(maker.equation("z", .sum(.quantity(x) * .quantity(y), over: k)))
    let text = try Engine(model: maker.model(draws: 10)).planDescription
    #expect(text.components(separatedBy: " * ").count >= 20 && !text.contains("multiply"))
  }

  @Test("Fusion: so do weighted sums of products, unless something else needs a product")
  func weightedFusion() throws {
    var maker = ModelMaker()
    let (x, y) = try (Expression.quantity(maker.uniform("x", 0, 1)), Expression.quantity(maker.uniform("y", 1, 2)))
    let z = try Expression.quantity(maker.uniform("z", 2, 3))
    maker.output(maker.equation("fused", .number(3) * (x * y) + .number(0.5) * (y * z)))
    let fused = try Engine(model: maker.model(draws: 10)).planDescription
    #expect(fused.contains("0.0 + 3.0 * r") && !fused.contains("multiply"))
    maker.output(maker.equation("product", x * y))
    #expect(try Engine(model: maker.model(draws: 10)).planDescription.contains("multiply"))
  }

  @Test("Register allocation: a chain of a value's functions has one column")
  func registers() throws {
    var chain = ModelMaker()
    let first = try chain.uniform("x", 1, 2)
    let cosine = try #require(BuiltInFunctionCatalogue.function(named: "cos"))
    let long = (0..<50).reduce(Expression.quantity(first)) { formula, _ in Expression(.call(cosine, [formula])) }
    chain.output(chain.equation("z", long))
    #expect(try Engine(model: chain.model(draws: 10)).planDescription.contains("; 1 registers"))
  }

  @Test("Hoisting: factors that every year shares are multiplied once, and divided by once")
  func hoisting() throws {
    var maker = ModelMaker()
    let year = maker.index("year", 1...16)
    let x = maker.input("x", over: [year], try (0..<16).map { _ in try .distribution("uniform", 1, 2) })
    let shared = try ["a", "b", "c"].map { try maker.uniform($0, 1, 2) }.map { Expression.quantity($0) }
    maker.output(maker.equation("z", over: [year], shared[0] * .quantity(x) / shared[1] * shared[2]))
    let engine = try Engine(model: maker.model(draws: 10))
    // A probability, a value and a product for each year; three shared inputs, one quotient of them; 16 summaries.
    let text = engine.planDescription
    #expect(text.components(separatedBy: " / (").count == 2, "\(text)")
    #expect(text.components(separatedBy: "multiply").count == 17, "\(text)")
    let values = try engine.draw(number: 7).values
    func value(_ name: String) -> Double {
      values.first { engine.model[$0.quantity].name == name }?.cells[0] ?? .nan
    }
    let (found, exact) = (value("z"), value("a") * value("x") / value("b") * value("c"))
    #expect(abs(found / exact - 1) < 4 * Double.ulpOfOne)
  }

  @Test("Folding: negative powers of one base share its reciprocal")
  func reciprocals() throws {
    var maker = ModelMaker()
    let year = maker.index("year", -8...(-1))
    let x = try maker.uniform("x", 1, 2)
    maker.output(maker.equation("z", over: [year], Expression(.binary(.power, .quantity(x), Expression(.label(year))))))
    let engine = try Engine(model: maker.model(draws: 10))
    let text = engine.planDescription
    #expect(text.components(separatedBy: "divide").count == 2, "\(text)")
    let values = try engine.draw(number: 3).values
    let base = values[0].cells[0]
    for (cell, power) in zip(values[1].cells, (-8)...(-1)) {
      let exact = (0..<(-power)).reduce(1.0) { product, _ in product / base }
      #expect(abs(cell / exact - 1) < 16 * Double.ulpOfOne)
    }
  }

  @Test("Folding: long sums and products are cut, so that their operands' columns are not needed all at once")
  func longSums() throws {
    for isProduct in [false, true] {
      var maker = ModelMaker()
      let k = maker.index("k", 1...5000)
      let x = maker.input("x", over: [k], try (0..<5000).map { _ in try .distribution("uniform", 0.9, 1.1) })
      let formula = Expression(.reduce(isProduct ? .product : .sum, .quantity(x), over: [k], labels: [:]))
      maker.output(maker.equation("z", formula))
      let engine = try Engine(model: maker.model(draws: 10))
      // A group of 64 and the 5000 / 64 = 79 parts, themselves in two groups.
      let text = engine.planDescription
      let registers = try #require(text.split(separator: ";").dropFirst().first?.split(separator: " ").first)
      #expect(try #require(Int(registers)) < 150)
      let values = try engine.draw(number: 3).values
      let exact = isProduct ? values[0].cells.reduce(1, *) : values[0].cells.reduce(0, +)
      #expect(abs(values[1].cells[0] / exact - 1) < 1e-11)
    }
  }

  @Test(
    "Distributions without arithmetic of their own are read from tables: of the score where a copula made one, one for equal distributions"
  )
  func tables() throws {
    var maker = ModelMaker()
    let beta = try DistributionCatalogue.distribution(named: "beta", arguments: [4, 6])
    let distributions = ["a", "b", "c"].map { maker.input($0, [.distribution(.fixed(beta))]) }
    maker.components = [
      CopulaComponent(coordinates: [CoordinateID(0), CoordinateID(1)], factor: [1, 0, 0.6, 0.8])
    ]
    maker.output(
      maker.equation("z", .quantity(distributions[0]) + .quantity(distributions[1]) + .quantity(distributions[2])))
    let text = try Engine(model: maker.model(draws: 10)).planDescription
    #expect(text.components(separatedBy: "table 0 at w").count == 3, "\(text)")
    #expect(text.components(separatedBy: "table 0 at r").count == 2, "\(text)")
    #expect(!text.contains("normalCdf") && !text.contains("table 1"), "\(text)")
  }
}
