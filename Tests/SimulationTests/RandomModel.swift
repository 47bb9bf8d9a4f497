import Distributions
import Modeling

/// Small models with random formulas over every construct, for comparison with the interpreter.
struct RandomModel {
  private var random: SplitMix
  private var maker = ModelMaker()
  private let year, age, region, fuel: IndexID
  private var scalars: [QuantityID] = []
  private var byYear: [QuantityID] = []
  private var byRegion: [QuantityID] = []
  private var byYearAndRegion: [QuantityID] = []
  private let survival, choice: QuantityID

  /// A model of a seed.
  static func make(seed: UInt64) throws -> Model {
    var made = try RandomModel(seed: seed)
    return made.finished()
  }

  private init(seed: UInt64) throws {
    random = SplitMix(state: seed)
    year = maker.index("year", 2019...2022)
    age = maker.index("age", 0...3)
    region = maker.index("region", labels: ["us", "eu", "asia"])
    fuel = maker.index("fuel", labels: ["coal", "gas"])
    scalars.append(try maker.uniform("a", 0.5, 2))
    scalars.append(maker.input("b", [try .distribution("normal", 0, 1)]))
    byYear.append(maker.input("y", over: [year], try (0..<4).map { try .distribution("uniform", 1, 2 + Double($0)) }))
    byRegion.append(
      maker.input("r", over: [region], [.constant(2), try .distribution("uniform", -1, 1), .constant(0.25)]))
    byYearAndRegion.append(
      maker.input(
        "yr", over: [year, region], try (0..<12).map { try .distribution("triangular", 0, 1, 2 + Double($0)) },
        shared: true))
    survival = maker.input("survival", over: [age], [.constant(1), .constant(0.75), .constant(0.5), .constant(0)])
    let discrete = try Discrete(outcomes: [0, 1, 2], probabilities: [0.5, 0.3, 0.2])
    choice = maker.input("choice", [.distribution(.fixed(discrete))], outcomes: region)
  }

  private mutating func finished() -> Model {
    let (self_, other) = (maker.next(), maker.next(1))
    let step = Expression.previous(.quantity(self_), initial: scalar(2), along: year) * scalar(1)
    let coupled = maker.cycle(
      along: year,
      [
        (
          "stockpile", [year, region],
          step + yearRegion(2) - .previous(.quantity(other), initial: .number(1), along: year)
        ),
        ("price", [year], .sum(.quantity(self_), over: region) / (.number(20) + yearly(2))),
      ])
    byYearAndRegion.append(coupled[0])
    byYear.append(coupled[1])
    for k in 0..<4 {
      scalars.append(maker.equation("s\(k)", scalar(4)))
      byYear.append(maker.equation("e\(k)", over: [year], yearly(4)))
      byRegion.append(maker.equation("g\(k)", over: [region], regional(4)))
      byYearAndRegion.append(maker.equation("h\(k)", over: [year, region], yearRegion(4)))
    }
    for id in scalars + byYear + byRegion + byYearAndRegion { maker.output(id) }
    return maker.model(draws: 3000)
  }

  private mutating func pick<T>(_ list: [T]) -> T { list[Int(random.next() % UInt64(list.count))] }

  private mutating func scalar(_ depth: Int) -> Expression {
    switch depth > 0 ? random.next() % 9 : random.next() % 2 {
    case 0: return .number(pick([-2, 0, 0.5, 1, 3]))
    case 1: return .quantity(pick(scalars))
    case 2: return arithmetic(scalar(depth - 1), scalar(depth - 1))
    case 3: return reduction(yearly(depth - 1), [year])
    case 4: return reduction(yearRegion(depth - 1), [region, year])
    case 5: return Expression(.select(yearly(depth - 1), [year: .label(2)]))
    case 6: return Expression(.select(regional(depth - 1), [region: .outcome(choice)]))
    case 7: return .choice(condition(scalar(depth - 1), scalar(depth - 1)), scalar(depth - 1), scalar(depth - 1))
    default: return Expression(.isOutcome(choice, position: 1)) * scalar(depth - 1)
    }
  }

  private mutating func yearly(_ depth: Int) -> Expression {
    switch depth > 0 ? random.next() % 11 : random.next() % 2 {
    case 0: return .label(year) - .number(2018)
    case 1: return .quantity(pick(byYear))
    case 2: return arithmetic(yearly(depth - 1), scalar(depth - 1))
    case 3: return arithmetic(yearly(depth - 1), yearly(depth - 1))
    case 4: return reduction(yearRegion(depth - 1), [region])
    case 5: return .previous(yearly(depth - 1), initial: scalar(depth - 1), along: year)
    case 6: return Expression(.cumulative(yearly(depth - 1), along: year))
    case 7:
      let timing: StockTiming = pick([.end, .middle])
      return Expression(
        .stock(inflow: yearly(depth - 1), survival: .quantity(survival), along: year, age: age, timing: timing))
    case 8:
      // Decided by labels: the side not taken names a year that does not exist.
      let before = Expression(.select(yearly(depth - 1), [year: .number(terms: [year: 1], constant: -1)]))
      return .choice(.number(2019) < .label(year), before, scalar(depth - 1))
    case 9:
      let survived = Expression(.select(.quantity(survival), [age: .number(terms: [year: 1], constant: -2019)]))
      return survived * yearly(depth - 1)
    default: return .choice(condition(yearly(depth - 1), scalar(depth - 1)), yearly(depth - 1), yearly(depth - 1))
    }
  }

  private mutating func regional(_ depth: Int) -> Expression {
    switch depth > 0 ? random.next() % 6 : 0 {
    case 0: return .quantity(pick(byRegion))
    case 1: return arithmetic(regional(depth - 1), scalar(depth - 1))
    case 2: return reduction(yearRegion(depth - 1), [year])
    case 3: return Expression(.select(yearRegion(depth - 1), [year: .label(1)]))
    case 4: return Expression(.isLabel(region, position: 1)) * regional(depth - 1)
    default: return Expression(.stack(region, [scalar(depth - 1), .number(1.5), scalar(depth - 1)]))
    }
  }

  private mutating func yearRegion(_ depth: Int) -> Expression {
    switch depth > 0 ? random.next() % 4 : 0 {
    case 0: return .quantity(pick(byYearAndRegion))
    case 1: return arithmetic(yearly(depth - 1), regional(depth - 1))
    case 2: return arithmetic(yearRegion(depth - 1), yearly(depth - 1))
    default: return .previous(yearRegion(depth - 1), initial: regional(depth - 1), along: year)
    }
  }

  private mutating func reduction(_ x: Expression, _ over: [IndexID]) -> Expression {
    let kind = pick(Reduction.allCases)
    let labels: [IndexID: [Int]] = random.next() % 3 == 0 ? [over[0]: [0, 2]] : [:]
    return Expression(.reduce(kind, x, over: over, labels: labels))
  }

  private mutating func condition(_ a: Expression, _ b: Expression) -> Expression {
    let comparison = Expression(.binary(pick([.less, .lessOrEqual, .greater, .greaterOrEqual, .notEqual]), a, b))
    switch random.next() % 4 {
    case 0: return Expression(.not(comparison))
    case 1: return Expression(.binary(.and, comparison, b))
    case 2: return Expression(.binary(.or, comparison, a))
    default: return comparison
    }
  }

  private mutating func arithmetic(_ a: Expression, _ b: Expression) -> Expression {
    switch random.next() % 10 {
    case 0: return a + b
    case 1: return a - b
    case 2, 3: return a * b
    case 4: return a / (.number(4) + b * b)
    case 5: return Expression(.negate(a)) * .number(0.5) + b
    case 6: return Expression(.binary(.power, a, .number(pick([-1, 0.5, 2, 3])))) + b
    case 7: return call("clamp", [a, .number(-3), .number(7)]) * b
    case 8: return call(pick(["min", "max"]), [a, b, .number(1)])
    default: return call(pick(["sin", "cos", "abs", "sqrt", "log"]), [a]) - b
    }
  }

  private func call(_ name: String, _ arguments: [Expression]) -> Expression {
    guard let function = BuiltInFunctionCatalogue.function(named: name) else { return .number(.nan) }
    return Expression(.call(function, arguments))
  }
}

/// Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
