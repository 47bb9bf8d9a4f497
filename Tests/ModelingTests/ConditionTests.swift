import Diagnostics
import Modeling
import Testing
import Units

@Suite("Which quantities are conditions, and which cell represents a quantity")
struct ConditionTests {
  private static let place = SourcePlace(file: SourceFile(path: "test", text: ""), line: 1, column: 1)

  private static func formula(_ kind: Modeling.Expression.Kind) -> Modeling.Expression {
    Modeling.Expression(kind, indexes: [], dimension: Unit.one.dimension, place: place)
  }

  private static func model(_ formulas: [Modeling.Expression.Kind], indexes: [Index] = [], over: [IndexID] = [])
    -> Model
  {
    Model(
      title: "", about: nil, indexes: indexes, units: .standard,
      quantities: formulas.enumerated().map { number, kind in
        Quantity(
          name: "q\(number)", kind: .equation(formula(kind)), cells: CellSpace(over, in: indexes), unit: .one,
          origin: .builtIn)
      }, order: [], coordinates: [], components: [], outputs: [], correlations: [], settings: RunSettings(), digest: "",
      warnings: [])
  }

  @Test("comparisons and logic are, arithmetic with their values is not, and what passes a condition on is one")
  func conditions() {
    let (zero, one) = (Self.formula(.constant(0)), Self.formula(.constant(1)))
    func named(_ number: Int) -> Modeling.Expression { Self.formula(.quantity(QuantityID(number))) }
    let comparison: Modeling.Expression.Kind = .binary(.less, zero, one)
    let cases: [(Modeling.Expression.Kind, Bool)] = [
      (comparison, true), (.constant(1), false), (.not(named(1)), true), (.binary(.and, named(1), named(1)), true),
      (.binary(.multiply, named(0), named(0)), false), (.quantity(QuantityID(0)), true),
      (.quantity(QuantityID(4)), false), (.conditional(named(1), then: named(0), otherwise: named(2)), true),
      (.conditional(named(0), then: one, otherwise: zero), false),
      (.reduce(.max, named(0), over: [], labels: [:]), true), (.reduce(.sum, named(0), over: [], labels: [:]), false),
      (.previous(named(0), initial: zero, along: IndexID(0)), true),
      (.previous(named(11), initial: zero, along: IndexID(0)), true), (.negate(named(0)), false),
      (.select(named(9), [:]), true),
    ]
    let model = Self.model(cases.map(\.0))
    for (number, (_, isCondition)) in cases.enumerated() {
      #expect(model.isCondition(QuantityID(number)) == isCondition, "q\(number)")
    }
  }

  @Test("a long chain of names that fork is looked at once")
  func chain() {
    let start: Modeling.Expression.Kind = .binary(.equal, Self.formula(.constant(0)), Self.formula(.constant(0)))
    func fork(_ number: Int) -> Modeling.Expression.Kind {
      let before = Self.formula(.quantity(QuantityID(number - 1)))
      return .conditional(before, then: before, otherwise: before)
    }
    // 2^200 ways lead down.
    #expect(Self.model([start] + (1...200).map(fork)).isCondition(QuantityID(200)))
  }

  @Test("the default cell is the last label of each numeric index and the first of each other")
  func defaultCell() {
    let indexes = [
      Index(name: "region", labels: ["us", "eu"], numbers: nil, place: Self.place),
      Index(name: "year", labels: ["2024", "2025", "2026"], numbers: [2024, 2025, 2026], place: Self.place),
      Index(name: "age", labels: ["0", "1"], numbers: [0, 1], place: Self.place),
    ]
    let id = QuantityID(0)
    let model = Self.model([.constant(1)], indexes: indexes, over: [IndexID(0), IndexID(1), IndexID(2)])
    #expect(model.labelledName(id, cell: model.defaultCell(of: id)) == "q0[age=1, region=us, year=2026]")
    let fixed = model.defaultCell(of: model[id].cells, fixed: [IndexID(0): 1, IndexID(1): 0])
    #expect(model.labelledName(id, cell: fixed) == "q0[age=1, region=eu, year=2024]")
    let scalar = Self.model([.constant(1)])
    #expect(scalar.defaultCell(of: id) == 0 && scalar.labelledName(id, cell: 0) == "q0")
  }
}
