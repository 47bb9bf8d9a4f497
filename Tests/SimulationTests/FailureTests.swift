import Distributions
import Modeling
import Simulation
import Testing

@Suite("A draw that is not finite is blamed on the cell and the operation that made it so")
struct FailureTests {
  private func call(_ name: String, _ arguments: Expression...) throws -> Expression {
    Expression(.call(try #require(BuiltInFunctionCatalogue.function(named: name)), arguments))
  }

  private func failures(_ maker: ModelMaker) throws -> [Failure] {
    try Engine(model: maker.model(draws: 4000)).run().failures
  }

  /// A bernoulli input, whose values are 0 and 1.
  private func coin(_ maker: inout ModelMaker, _ name: String) throws -> Expression {
    .quantity(maker.input(name, [.distribution(.fixed(try Discrete(outcomes: [0, 1], probabilities: [0.5, 0.5])))]))
  }

  @Test("Each cell on its own first cause, not on another cell's")
  func ownCause() throws {
    var maker = ModelMaker()
    let year = maker.index("year", 2023...2025)
    let coins = maker.input(
      "b", over: [year],
      try (0..<3).map { _ in .distribution(.fixed(try Discrete(outcomes: [0, 1], probabilities: [0.5, 0.5]))) })
    let b = Expression.quantity(coins)
    let ratio = maker.equation("ratio", over: [year], b / b)
    maker.output(maker.equation("y", over: [year], .quantity(ratio) * .number(2)))
    let found = try failures(maker)
    #expect(found.map(\.cellName) == ["y[2023]", "y[2024]", "y[2025]"])
    #expect(found.map(\.culprit) == ["ratio[2023]", "ratio[2024]", "ratio[2025]"])
    for failure in found {
      #expect(
        failure.operation == FailedOperation(name: "/", isInfix: true, operands: [.init(value: 0), .init(value: 0)]))
    }
  }

  @Test("Draws in which the bounds of a clamp are reversed; infinite bounds are beyond all numbers")
  func reversedBounds() throws {
    var maker = ModelMaker()
    let (x, z) = (try coin(&maker, "x"), try coin(&maker, "z"))
    let one = Expression.number(1)
    maker.output(maker.equation("some", try call("clamp", x, z * .number(2), one)))
    maker.output(maker.equation("none", try call("clamp", x, z - one, z)))
    maker.output(maker.equation("open", try call("clamp", x, .number(-.infinity), one / (z + one))))
    maker.output(maker.equation("infinite", try call("clamp", x, z, one / z)))
    let found = try failures(maker)
    #expect(found.map(\.cellName) == ["some"])
    let some = try #require(found.first { $0.cellName == "some" })
    // z = 1 in half of the 4,000 draws: 32 is the standard deviation of independent ones, of which the design has less.
    #expect(abs(some.count - 2000) < 200)
    #expect(some.operation?.name == "clamp" && some.operation?.operands.dropFirst().map(\.value) == [2, 1])
  }

  @Test("Through conditions, sums, labels and years before")
  func paths() throws {
    var maker = ModelMaker()
    let year = maker.index("year", 2023...2025)
    let z = try coin(&maker, "z")
    let one = Expression.number(1)
    let inverse = maker.equation("inverse", one / z)
    // The side of a choice that is taken, and a condition that is not finite.
    maker.output(maker.equation("taken", .choice(z < .number(0.5), try call("log", z - one), one)))
    maker.output(maker.equation("condition", .choice(.number(2) < .quantity(inverse), one, z)))
    maker.output(maker.equation("both", Expression(.binary(.and, z < .number(0.5), .number(2) < .quantity(inverse)))))
    // An infinity that is written is a value; only as an output is it not finite.
    let first = Expression.choice(z < .number(0.5), .number(.infinity), .number(2024))
    maker.output(maker.equation("first", first))
    maker.output(maker.equation("early", first < .number(2025)))
    // Year by year, through a cycle.
    let step = Expression.previous(.quantity(maker.next()), initial: .quantity(inverse), along: year)
    let stock = maker.cycle(
      along: year,
      [("stock", [year], step + one)])[0]
    maker.output(maker.equation("last", Expression(.select(.quantity(stock), [year: .label(2)]))))
    maker.output(
      maker.equation(
        "product", Expression(.reduce(.product, .quantity(stock) * .number(1e200), over: [year], labels: [:]))))
    let found = Dictionary(uniqueKeysWithValues: try failures(maker).map { ($0.cellName, $0) })
    #expect(found["taken"]?.culprit == "taken")
    #expect(found["taken"]?.operation == FailedOperation(name: "log", operands: [.init(value: -1)]))
    let division = FailedOperation(name: "/", isInfix: true, operands: [.init(value: 1), .init(value: 0)])
    for name in ["condition", "both", "last"] {
      #expect(found[name]?.culprit == "inverse" && found[name]?.operation == division, "\(name)")
    }
    #expect(found["first"]?.operation == FailedOperation(name: "inf", operands: []))
    #expect(found["early"] == nil)
    #expect(found["product"]?.count == 4000)
  }

  @Test("Distributions that do not exist for their arguments")
  func distributions() throws {
    var maker = ModelMaker()
    let normal = try #require(DistributionCatalogue.family(named: "normal"))
    let sd = try maker.uniform("sd", -1, 1)
    maker.output(
      maker.input("x", [.distribution(.family(normal, parameterisation: 0, arguments: [.number(3), .quantity(sd)]))]))
    let z = try coin(&maker, "z")
    let spread = maker.equation("spread", .number(1) / z)
    maker.output(
      maker.input(
        "y", [.distribution(.family(normal, parameterisation: 0, arguments: [.number(3), .quantity(spread)]))]))
    let found = try failures(maker)
    #expect(found.map(\.culprit) == ["x", "spread"])
    let operation = try #require(found[0].operation)
    #expect(operation.name == "normal" && operation.operands[0].value == 3 && operation.operands[1].value <= 0)
    #expect(found[1].operation?.name == "/")
  }

  /// The search for the cause took twice as long with every step of these models: they would take years.
  @Test("In models that diverge, in a time that grows with their size")
  func divergence() throws {
    var maker = ModelMaker()
    let u = try maker.uniform("u", 1.5, 2)
    for (name, steps) in [("square", 60), ("double", 1100)] {
      var last = Expression.quantity(u)
      for step in 1...steps {
        last = .quantity(
          maker.equation("\(name)\(step)", name == "square" ? last * last : last + last))
      }
      maker.output(maker.equation(name, last))
    }
    let year = maker.index("year", 2000...2030)
    let before = Expression.quantity(maker.next())
    let step = Expression.previous(before * before + before, initial: .quantity(u), along: year)
    maker.output(maker.cycle(along: year, [("growth", [year], step)])[0])
    // Nested conditions on infinities, of which one is written.
    var nested = Expression.quantity(
      maker.equation("first", .choice(.quantity(u) < .number(0), .number(1), .number(.infinity))))
    // The formula itself doubles with every step.
    for _ in 1...10 { nested = .choice(nested < .number(0), .number(1), nested) }
    maker.output(maker.equation("nested", .number(1) / (.number(0) * .quantity(u)) + nested))
    let found = try failures(maker)
    // u^(2^k) exceeds 2^1024 for k = 11 at the latest, and u 2^k for k = 1024.
    let square = try #require(found.first { $0.cellName == "square" })
    #expect(["square10", "square11"].contains(square.culprit) && square.operation?.name == "*")
    let double = try #require(found.first { $0.cellName == "double" })
    #expect(["double1023", "double1024"].contains(double.culprit) && double.operation?.name == "+")
    let growth = found.filter { $0.cellName.hasPrefix("growth") }
    #expect(growth.count > 15 && Set(growth.map(\.culprit)).count <= 2)
    #expect(found.contains { $0.cellName == "nested" })
  }
}
