import Distributions
import Modeling
import Simulation
import Testing

/// Conditions of values that are not finite, by kernels and where the plan's rules decide.
@Suite("A condition of a value that is not finite is not a number") struct ConditionTests {
  /// An operand, and what it is in draws in which the input `z` is 0.
  private struct Operand {
    var name: String
    var formula: Expression
    var value: Double
    /// Whether an infinity is one that a scenario writes.
    var isWritten = false
    /// Whether a condition of it is not a number.
    var isUndefined: Bool { value.isNaN || value.isInfinite && !isWritten }
  }

  private static func call(_ name: String, _ arguments: [Expression]) throws -> Expression {
    Expression(.call(try #require(BuiltInFunctionCatalogue.function(named: name)), arguments))
  }

  /// The same numbers as constants, and as values that vary.
  private static func operands(_ z: Expression, _ never: Expression) throws -> [Operand] {
    func varying(_ a: Expression) -> Expression { .choice(z < .number(0.5), a, z) }
    let (zero, one, inf) = (Expression.number(0), Expression.number(1), Expression.number(.infinity))
    return [
      Operand(name: "0", formula: zero, value: 0), Operand(name: "2", formula: .number(2), value: 2),
      Operand(name: "0 / 0", formula: zero / zero, value: .nan),
      Operand(name: "1 / 0", formula: one / zero, value: .infinity),
      Operand(name: "-1 / 0", formula: zero - one / zero, value: -.infinity),
      Operand(name: "inf", formula: inf, value: .infinity, isWritten: true),
      Operand(name: "-inf", formula: Expression(.negate(inf)), value: -.infinity, isWritten: true),
      Operand(name: "z", formula: z, value: 0), Operand(name: "z + 2", formula: z + .number(2), value: 2),
      Operand(name: "z / z", formula: z / z, value: .nan), Operand(name: "1 / z", formula: one / z, value: .infinity),
      Operand(name: "log(z)", formula: try call("log", [z]), value: -.infinity),
      Operand(name: "if z then z else inf", formula: varying(inf), value: .infinity, isWritten: true),
      Operand(
        name: "max(if z then z else -inf, -inf)",
        formula: try call("max", [varying(Expression(.negate(inf))), Expression(.negate(inf))]),
        value: -.infinity, isWritten: true),
      Operand(
        name: "min(if never then 1 else inf, if z then z else inf)",
        formula: try call("min", [.choice(never, one, inf), varying(inf)]), value: .infinity, isWritten: true),
      Operand(
        name: "if never then inf else 1 / z", formula: .choice(never, inf, one / z), value: .infinity),
    ]
  }

  private static func expected(_ operation: BinaryOperator, _ a: Operand, _ b: Operand) -> Double {
    if a.isUndefined || b.isUndefined { return .nan }
    let (x, y) = (a.value, b.value)
    let holds =
      switch operation {
      case .equal: x == y
      case .notEqual: x != y
      case .less: x < y
      case .lessOrEqual: x <= y
      case .greater: x > y
      case .greaterOrEqual: x >= y
      case .and: x != 0 && y != 0
      default: x != 0 || y != 0
      }
    return holds ? 1 : 0
  }

  @Test("All comparisons, `and`, `or`, `not` and `if` of all pairs")
  func allPairs() throws {
    var maker = ModelMaker()
    let z = maker.input(
      "z", [.distribution(.fixed(try Discrete(outcomes: [0, 1], probabilities: [0.5, 0.5])))])
    let unit = try maker.uniform("unit", 0, 1)
    let never = Expression.number(7) < .quantity(unit)
    let operands = try Self.operands(.quantity(z), never)
    let operations: [BinaryOperator] = [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or]
    var expected: [(name: String, value: Double)] = []
    func add(_ name: String, _ formula: Expression, _ value: Double) {
      _ = maker.equation("e\(expected.count)", formula)
      expected.append((name, value))
    }
    for a in operands {
      let holds: Double? = a.isUndefined ? nil : a.value == 0 ? 0 : 1
      add("not \(a.name)", Expression(.not(a.formula)), holds.map { 1 - $0 } ?? .nan)
      add("if \(a.name) then 3 else 4", .choice(a.formula, .number(3), .number(4)), holds.map { 4 - $0 } ?? .nan)
      add("if \(a.name) then 3 else 3", .choice(a.formula, .number(3), .number(3)), holds == nil ? .nan : 3)
      add(
        "if \(a.name) then z / z else 3", .choice(a.formula, .quantity(z) / .quantity(z), .number(3)),
        holds == 0 ? 3 : .nan)
      for b in operands {
        for operation in operations {
          add(
            "\(a.name) \(operation.rawValue) \(b.name)", Expression(.binary(operation, a.formula, b.formula)),
            Self.expected(operation, a, b))
        }
      }
    }
    let engine = try Engine(model: maker.model(draws: 100))
    var seen = 0
    for draw in 0..<20 {
      let values = try engine.draw(number: draw).values.map { $0.cells[0] }
      guard values[0] == 0 else { continue }
      seen += 1
      for (found, (name, wanted)) in zip(values.dropFirst(2), expected) {
        #expect(found == wanted || (found.isNaN && wanted.isNaN), "\(name): \(found), not \(wanted)")
      }
    }
    // 20 draws without a zero have a probability of 2^-20.
    #expect(seen > 0)
  }

  @Test("A label that is not a number selects no cell")
  func labels() throws {
    var maker = ModelMaker()
    let region = maker.index("region", labels: ["us", "eu"])
    let bernoulli = try #require(DistributionCatalogue.family(named: "bernoulli"))
    let p = try maker.uniform("p", 0.5, 1.5)
    // Above 1 the probability is impossible, and the label not a number.
    let choice = maker.input(
      "choice", [.distribution(.family(bernoulli, parameterisation: 0, arguments: [.quantity(p)]))], outcomes: region)
    let load = maker.input("load", over: [region], [.constant(10), .constant(20)])
    let chosen = maker.equation("chosen", Expression(.select(.quantity(load), [region: .outcome(choice)])))
    let isUs = maker.equation("is_us", Expression(.isOutcome(choice, position: 0)))
    for id in [p, choice, chosen, isUs] { maker.output(id) }
    let engine = try Engine(model: maker.model(draws: 2000))
    let columns = try engine.columns(2000)
    let (ps, choices) = (try #require(columns["p"]), try #require(columns["choice"]))
    let (loads, tests) = (try #require(columns["chosen"]), try #require(columns["is_us"]))
    for draw in 0..<2000 {
      #expect(choices[draw].isNaN == (ps[draw] > 1))
      #expect(ps[draw] > 1 ? loads[draw].isNaN : loads[draw] == 10 + 10 * choices[draw])
      #expect(ps[draw] > 1 ? tests[draw].isNaN : tests[draw] == 1 - choices[draw])
    }
  }
}
