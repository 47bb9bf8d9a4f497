import Distributions
import Modeling
import VectorMath

/// Turns a model's quantities into values of a graph, cell by cell.
///
/// Cells are resolved here: selections, reductions and choices that indexes decide leave no trace but the arithmetic
/// of the cells concerned. A cycle through `previous` is unrolled label by label.
final class Lowering {
  let model: Model
  var graph = Graph()
  /// The values of each quantity's cells; nil for one that is not needed.
  private(set) var quantities: [LabelledArray?]
  /// What support points of inputs are made of, for explanations: the probability of each support point, where it has
  /// one.
  private(set) var probabilities: [[ValueID?]]
  /// Distributions and tables that nodes refer to.
  var distributions = DistributionPool()

  /// What nodes call the model's coordinates and components.
  let identities: CoordinateSpace.Identities
  /// Where a coordinate stands in a copula component.
  let places: [CoordinateID: (component: Int, row: Int)]
  /// The place of each index in the order of names.
  private let nameRank: [Int]
  private var positionsOfNumbers: [IndexID: [Double: Int]] = [:]
  private var work = 0

  /// Cells that formulas may make on the way to a plan; enough for `Graph.sizeLimit` instructions and some seconds.
  static let workLimit = 20_000_000

  /// An empty graph of a model; coordinates and components are called by their positions unless told otherwise.
  init(_ model: Model, identities: CoordinateSpace.Identities? = nil) {
    self.model = model
    self.identities = identities ?? .positions(in: model)
    quantities = [LabelledArray?](repeating: nil, count: model.quantities.count)
    probabilities = [[ValueID?]](repeating: [], count: model.quantities.count)
    var places: [CoordinateID: (component: Int, row: Int)] = [:]
    for (number, component) in model.components.enumerated() {
      for (row, coordinate) in component.coordinates.enumerated() { places[coordinate] = (number, row) }
    }
    self.places = places
    var rank = [Int](repeating: 0, count: model.indexes.count)
    let ordered = model.indexes.indices.sorted { model.indexes[$0].name < model.indexes[$1].name }
    for (place, index) in ordered.enumerated() { rank[index] = place }
    nameRank = rank
  }

  /// Takes over the values of a model that differs from this one in some quantities alone, and in those that need them.
  ///
  /// - Parameters:
  ///   - other: a model with the same names at the same positions.
  ///   - changed: what differs.
  func reuse(_ other: Lowering, but changed: Set<QuantityID>) {
    let affected = Dependencies.dependents(of: changed, in: model).union(
      Dependencies.dependents(of: changed, in: other.model))
    for id in model.quantities.indices.map(QuantityID.init) where !affected.contains(id) {
      quantities[id.position] = other.quantities[id.position]
      probabilities[id.position] = other.probabilities[id.position]
    }
  }

  /// Hands over the graph and the distributions that its nodes refer to, and is left without.
  func releaseGraph() -> (graph: Graph, distributions: DistributionPool) {
    let given = (graph: graph, distributions: distributions)
    graph = Graph()
    distributions = DistributionPool()
    return given
  }

  /// The node of a coordinate's probability before any correlation.
  func uniformNode(of coordinate: CoordinateID) -> Node {
    .uniform(identities.coordinates[coordinate.position])
  }

  /// What a request's column is; its quantity has been lowered.
  func value(of request: ColumnRequest) -> ValueID {
    switch request {
    case .cell(let id, let cell): roots(of: id)[cell]
    case .coordinate(let id): graph.add(uniformNode(of: id))
    case .score(let id): point(of: id).score
    case .probability(let id): point(of: id).probability
    }
  }

  /// Lowers quantities and all that they need.
  func lower(_ wanted: [QuantityID]) throws(Diagnostics) {
    let needed = Dependencies.closure(of: wanted, in: model)
    for group in model.order {
      let members = group.quantities.filter { needed.contains($0) && quantities[$0.position] == nil }
      if members.isEmpty { continue }
      if let along = group.along {
        try lower(cycle: members, along: along)
      } else {
        for id in Dependencies.order(of: members, in: model, along: nil) { try lower(id) }
      }
    }
  }

  private func lower(_ id: QuantityID) throws(Diagnostics) {
    let quantity = model[id]
    switch quantity.kind {
    case .equation(let formula):
      quantities[id.position] = try spread(cells(formula), over: quantity.cells, at: formula.place)
    case .input(let input), .reference(let input):
      let supportPoints = try supportPointValues(of: input)
      probabilities[id.position] = supportPoints.probabilities
      quantities[id.position] = LabelledArray(
        axes: quantity.cells.indexes, extents: quantity.cells.extents,
        values: input.cells.map { cellValue($0, supportPoints: supportPoints.values) })
    }
  }

  /// The equations of a cycle, label by label, within a label each after those that it needs there.
  private func lower(cycle members: [QuantityID], along: IndexID) throws(Diagnostics) {
    let ordered = Dependencies.order(of: members, in: model, along: along)
    for id in ordered {
      let space = model[id].cells
      let count = try allowed(space.extents, at: place(of: id))
      quantities[id.position] = LabelledArray(
        axes: space.indexes, extents: space.extents, values: [ValueID](repeating: .absent, count: count))
    }
    for label in model[along].labels.indices {
      for id in ordered {
        guard case .equation(let formula) = model[id].kind else { continue }
        let step = try cells(formula, at: [along: label])
        try store(step, into: id, at: label, along: along, place: formula.place)
      }
    }
  }

  /// Writes a label's values into a quantity's cells.
  private func store(
    _ step: LabelledArray, into id: QuantityID, at label: Int, along: IndexID, place: SourcePlace
  ) throws(Diagnostics) {
    guard var whole = quantities[id.position] else { return }
    quantities[id.position] = nil
    let (axes, extents) = (whole.axes.filter { $0 != along }, whole.axes.filter { $0 != along }.map(extent))
    let count = try allowed(extents, at: place)
    let start = label * whole.stride(along: along)
    let skeleton = LabelledArray(axes: whole.axes, extents: whole.extents, values: [])
    var walk = CellIterator(axes: axes, extents: extents, operands: [step, skeleton])
    for _ in 0..<count {
      whole.values[start + walk.offsets[1]] = step.values[walk.offsets[0]]
      walk.advance()
    }
    quantities[id.position] = whole
  }

  /// The values of a quantity over its indexes that are not fixed.
  func quantityCells(_ id: QuantityID, at fixed: Fixed) -> LabelledArray {
    guard var cells = quantities[id.position] else { return LabelledArray(.absent) }
    for index in cells.axes {
      if let position = fixed[index] { cells = cells.at(position, on: index) }
    }
    return cells
  }

  /// The coordinates whose probabilities, or correlated scores, a value is computed from.
  func coordinates(under root: ValueID) -> Set<CoordinateID> {
    var found: Set<CoordinateID> = []
    var seen: Set<ValueID> = [root]
    var open = root.isAbsent ? [] : [root]
    while let next = open.popLast() {
      switch graph[next] {
      case .uniform(let id): found.insert(id)
      case .score(let component, let row): found.insert(model.components[component].coordinates[row])
      // The second coordinate of a pair follows the first, which is thereby not used itself.
      case .conditional(_, _, let own): if seen.insert(own).inserted { open.append(own) }
      case let node: node.forEachOperand { if !$0.isAbsent, seen.insert($0).inserted { open.append($0) } }
      }
    }
    return found
  }

  /// A quantity's cells as roots of a plan; a cell that does not exist is not a number.
  func roots(of id: QuantityID) -> [ValueID] {
    guard let cells = quantities[id.position] else { return [] }
    return cells.values.map { $0.isAbsent ? graph.constant(.nan) : $0 }
  }

  // MARK: Cells

  /// A value for each cell of the operands' joint indexes; a cell that lacks an operand stays absent.
  func map(
    _ operands: [LabelledArray], keepingAbsent: Bool = false, at place: SourcePlace?,
    _ value: (inout Graph, [ValueID]) -> ValueID
  ) throws(Diagnostics) -> LabelledArray {
    if operands.allSatisfy({ $0.axes.isEmpty }) {
      let values = operands.map { $0.values[0] }
      try spend(1, at: place)
      return LabelledArray(!keepingAbsent && values.contains { $0.isAbsent } ? .absent : value(&graph, values))
    }
    let axes = inNameOrder(Set(operands.flatMap(\.axes)))
    let extents = axes.map(extent)
    let count = try allowed(extents, at: place)
    var walk = CellIterator(axes: axes, extents: extents, operands: operands)
    var values = [ValueID](repeating: .absent, count: operands.count)
    var made: [ValueID] = []
    made.reserveCapacity(count)
    for _ in 0..<count {
      for operand in operands.indices { values[operand] = operands[operand].values[walk.offsets[operand]] }
      made.append(!keepingAbsent && values.contains { $0.isAbsent } ? .absent : value(&graph, values))
      walk.advance()
    }
    try spend(count * max(1, operands.count / 2), at: place)
    return LabelledArray(axes: axes, extents: extents, values: made)
  }

  /// Values over all the cells of a space.
  private func spread(_ cells: LabelledArray, over space: CellSpace, at place: SourcePlace) throws(Diagnostics)
    -> LabelledArray
  {
    if cells.axes == space.indexes { return cells }
    let count = try allowed(space.extents, at: place)
    var walk = CellIterator(axes: space.indexes, extents: space.extents, operands: [cells])
    var made: [ValueID] = []
    made.reserveCapacity(count)
    for _ in 0..<count {
      made.append(cells.values[walk.offsets[0]])
      walk.advance()
    }
    return LabelledArray(axes: space.indexes, extents: space.extents, values: made)
  }

  /// Indexes in the order of their names.
  func inNameOrder(_ indexes: Set<IndexID>) -> [IndexID] {
    indexes.sorted { nameRank[$0.position] < nameRank[$1.position] }
  }

  /// The labels on an index.
  func extent(_ index: IndexID) -> Int { model[index].labels.count }

  /// The number of a label; not a number on an index without numbers.
  func number(_ position: Int, on index: IndexID) -> Double { model[index].numbers?[position] ?? .nan }

  /// The label positions by number.
  func positions(on index: IndexID) -> [Double: Int] {
    if let known = positionsOfNumbers[index] { return known }
    let numbers = model[index].numbers ?? []
    let positions = Dictionary(
      zip(numbers, numbers.indices).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
    positionsOfNumbers[index] = positions
    return positions
  }

  // MARK: Limits

  /// The number of cells, if it is one that a plan can have.
  func allowed(_ extents: [Int], at place: SourcePlace?) throws(Diagnostics) -> Int {
    var count = 1
    for extent in extents {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      if overflow || product > Graph.sizeLimit { throw tooLarge(place) }
      count = product
    }
    return count
  }

  /// Counts cells made.
  func spend(_ cells: Int, at place: SourcePlace?) throws(Diagnostics) {
    work = work.addingReportingOverflow(cells).overflow ? .max : work + cells
    if work >= Self.workLimit || graph.nodes.count > Graph.sizeLimit { throw tooLarge(place) }
  }

  private func tooLarge(_ place: SourcePlace?) -> Diagnostics {
    Diagnostics([
      Diagnostic(
        "the scenario makes more than \(Graph.sizeLimit) values a draw", at: place,
        notes: [.init("give fewer labels to its indexes, or reduce over an index before multiplying by another")])
    ])
  }

  private func place(of id: QuantityID) -> SourcePlace? {
    if case .equation(let formula) = model[id].kind { formula.place } else { nil }
  }
}

extension BinaryOperator {
  /// The block operation of the same meaning.
  var blockOperation: BinaryOperation {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .power: .power
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .and: .and
    case .or: .or
    }
  }
}

/// The finished values of a model, which nothing changes any more.
struct FinishedLowering: @unchecked Sendable {
  let lowering: Lowering
  init(_ lowering: Lowering) { self.lowering = lowering }
}
