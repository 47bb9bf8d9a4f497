import Diagnostics
import Distributions
import Modeling
import Sampling
import Units

/// Foundation has another of that name.
typealias Expression = Modeling.Expression

/// Makes models by hand, quantity by quantity, in an order in which each follows what it needs.
struct ModelMaker {
  private(set) var indexes: [Index] = []
  private(set) var quantities: [Quantity] = []
  private var order: [EvaluationGroup] = []
  private(set) var coordinates: [Coordinate] = []
  private var outputs: [Output] = []
  var components: [CopulaComponent] = []
  var units = UnitTable.standard

  static let place = SourcePlace(file: SourceFile(path: "test", text: ""), line: 1, column: 1)

  /// An index of names.
  mutating func index(_ name: String, labels: [String]) -> IndexID {
    indexes.append(Index(name: name, labels: labels, numbers: nil, place: Self.place))
    return IndexID(indexes.count - 1)
  }

  /// An index of numbers.
  mutating func index(_ name: String, _ numbers: ClosedRange<Int>) -> IndexID {
    indexes.append(
      Index(name: name, labels: numbers.map(String.init), numbers: numbers.map(Double.init), place: Self.place))
    return IndexID(indexes.count - 1)
  }

  private mutating func add(
    _ name: String, _ kind: Quantity.Kind, over: [IndexID], unit: Unit, along: IndexID?? = .none
  ) -> QuantityID {
    quantities.append(
      Quantity(
        name: name, kind: kind, cells: CellSpace(over, in: indexes), unit: unit, origin: .file(Self.place)))
    let id = QuantityID(quantities.count - 1)
    if along == .none { order.append(EvaluationGroup(quantities: [id])) }
    return id
  }

  /// A coordinate of the next quantity.
  mutating func coordinate(_ name: String, labels: [CoordinateAddress.Label] = [], usesDesign: Bool = true)
    -> CoordinateID
  {
    coordinates.append(
      Coordinate(
        address: CoordinateAddress(name: name, labels: labels), quantity: QuantityID(quantities.count),
        usesDesign: usesDesign))
    return CoordinateID(coordinates.count - 1)
  }

  /// An input with a value for each cell: numbers are constants; distributions have one coordinate each, or share one.
  mutating func input(
    _ name: String, over: [IndexID] = [], _ values: [SupportPoint.Value], shared: Bool = false,
    isReference: Bool = false,
    outcomes: IndexID? = nil, unit: Unit = .one
  ) -> QuantityID {
    let space = CellSpace(over, in: indexes)
    var common: CoordinateID?
    var supportPoints: [SupportPoint] = []
    for (cell, value) in values.enumerated() {
      var own: CoordinateID?
      if case .distribution = value {
        let labels = zip(space.indexes, space.positions(ofCell: cell)).map { index, position in
          CoordinateAddress.Label(
            index: indexes[index.position].name, label: indexes[index.position].labels[position])
        }
        own = common ?? coordinate(name, labels: shared ? [] : labels, usesDesign: !isReference)
        if shared { common = own }
      }
      supportPoints.append(
        SupportPoint(
          value: value, coordinate: own,
          labels: Dictionary(uniqueKeysWithValues: zip(space.indexes, space.positions(ofCell: cell))), text: "",
          origin: .file(Self.place)))
    }
    let input = Input(
      supportPoints: supportPoints, cells: supportPoints.indices.map { .supportPoint($0) }, categories: outcomes)
    return add(name, isReference ? .reference(input) : .input(input), over: over, unit: unit)
  }

  /// An input as given.
  mutating func input(_ name: String, over: [IndexID] = [], _ input: Input, unit: Unit = .one) -> QuantityID {
    add(name, .input(input), over: over, unit: unit)
  }

  /// A uniform input between two numbers.
  mutating func uniform(_ name: String, _ low: Double, _ high: Double) throws -> QuantityID {
    input(
      name, [.distribution(.fixed(try DistributionCatalogue.distribution(named: "uniform", arguments: [low, high])))])
  }

  /// An equation.
  mutating func equation(_ name: String, over: [IndexID] = [], unit: Unit = .one, _ formula: Expression) -> QuantityID {
    add(name, .equation(formula), over: over, unit: unit)
  }

  /// The equations of a cycle, whose formulas may name each other by the identifiers that come next.
  mutating func cycle(along: IndexID, _ members: [(name: String, over: [IndexID], formula: Expression)]) -> [QuantityID]
  {
    let ids = members.map { add($0.name, .equation($0.formula), over: $0.over, unit: .one, along: along) }
    order.append(EvaluationGroup(quantities: ids, along: along))
    return ids
  }

  /// The identifier that the next quantity gets, and those after it.
  func next(_ offset: Int = 0) -> QuantityID { QuantityID(quantities.count + offset) }

  /// Reports a quantity.
  mutating func output(_ id: QuantityID, unit: Unit = .one, comparisons: [Comparison] = []) {
    outputs.append(Output(quantity: id, unit: unit, scope: [:], comparisons: comparisons, place: Self.place))
  }

  /// The model.
  func model(draws: Int, seed: UInt64 = 1, design: String = "mc") -> Model {
    Model(
      title: "test", about: nil, indexes: indexes, units: units, quantities: quantities, order: order,
      coordinates: coordinates, components: components, outputs: outputs, correlations: [],
      settings: RunSettings(draws: draws, seed: seed, design: design), digest: "", warnings: [])
  }
}

extension SupportPoint.Value {
  /// A distribution of constants by name.
  static func distribution(_ name: String, _ arguments: Double...) throws -> SupportPoint.Value {
    .distribution(.fixed(try DistributionCatalogue.distribution(named: name, arguments: arguments)))
  }
}

extension Expression {
  /// A formula whose declared indexes and dimension are not used.
  init(_ kind: Kind) { self.init(kind, indexes: [], dimension: .dimensionless, place: ModelMaker.place) }

  static func number(_ x: Double) -> Expression { Expression(.constant(x)) }
  static func quantity(_ id: QuantityID) -> Expression { Expression(.quantity(id)) }
  static func label(_ id: IndexID) -> Expression { Expression(.label(id)) }
  static func sum(_ x: Expression, over: IndexID...) -> Expression {
    Expression(.reduce(.sum, x, over: over, labels: [:]))
  }
  static func previous(_ x: Expression, initial: Expression, along: IndexID) -> Expression {
    Expression(.previous(x, initial: initial, along: along))
  }
  static func choice(_ c: Expression, _ a: Expression, _ b: Expression) -> Expression {
    Expression(.conditional(c, then: a, otherwise: b))
  }

  static func + (a: Expression, b: Expression) -> Expression { Expression(.binary(.add, a, b)) }
  static func - (a: Expression, b: Expression) -> Expression { Expression(.binary(.subtract, a, b)) }
  static func * (a: Expression, b: Expression) -> Expression { Expression(.binary(.multiply, a, b)) }
  static func / (a: Expression, b: Expression) -> Expression { Expression(.binary(.divide, a, b)) }
  static func < (a: Expression, b: Expression) -> Expression { Expression(.binary(.less, a, b)) }
}
