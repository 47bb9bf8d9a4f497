import Diagnostics
import Distributions
import Modeling
import VectorMath

/// Lowers a model's quantities to values of a graph, cell by cell.
///
/// Cells are resolved here: selections, reductions and choices that depend only on indexes are reduced to arithmetic on
/// the cells concerned. A cycle through `previous` is unrolled label by label.
final class Lowering {
  let model: Model
  var graph: Graph
  /// The values of each quantity's cells; nil for one that is not needed.
  private(set) var quantities: [LabelledArray?]
  /// The probability of each support point of the inputs, for explanations; nil for those that are not random.
  private(set) var probabilities: [[ValueID?]]
  /// Distributions and tables that nodes reference.
  var distributions = DistributionPool()

  /// The identifiers of the model's coordinates and components in nodes.
  let identities: CoordinateSpace.Identities
  /// The position of a coordinate in a copula component.
  let places: [CoordinateID: (component: Int, row: Int)]
  /// The rank of each index by name.
  private let nameRank: [Int]
  private var positionsOfNumbers: [IndexID: [Double: Int]] = [:]
  private var work = 0
  /// The quantities that loops over cells read.
  let leaves: LoopLeaves
  /// While the examples of a loop's cells are lowered, the labels of each index.
  var probe: Probe?

  /// Maximum number of intermediate cells during lowering; enough for `Graph.sizeLimit` instructions and some seconds.
  static let workLimit = 20_000_000

  /// An empty graph of a model.
  ///
  /// - Parameters:
  ///   - model: the checked model.
  ///   - identities: the identifiers of coordinates and components; by default their positions in the model.
  ///   - holdsScores: whether the columns of coordinates hold normal scores, see `PointSource.holdsScores`; by default
  ///     those of the model's points.
  ///   - rules: simplification rules that do not apply.
  init(
    _ model: Model, identities: CoordinateSpace.Identities? = nil, holdsScores: Bool? = nil,
    without rules: Set<SimplificationRule> = []
  ) {
    self.model = model
    graph = Graph(without: rules)
    graph.holdsScores = holdsScores ?? (model.posterior != nil)
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
    leaves = LoopLeaves(model)
  }

  /// Reuses the values of a model that differs from this one only in some quantities and their dependents.
  ///
  /// - Parameters:
  ///   - other: a model with the same names at the same positions.
  ///   - changed: the quantities that differ.
  func reuse(_ other: Lowering, but changed: Set<QuantityID>) {
    let affected = Dependencies.dependents(of: changed, in: model).union(
      Dependencies.dependents(of: changed, in: other.model))
    for id in model.quantities.indices.map(QuantityID.init) where !affected.contains(id) {
      quantities[id.position] = other.quantities[id.position]
      probabilities[id.position] = other.probabilities[id.position]
    }
  }

  /// Transfers the graph and the distributions that its nodes reference to the caller.
  func releaseGraph() -> (graph: Graph, distributions: DistributionPool) {
    let given = (graph: graph, distributions: distributions)
    graph = Graph()
    distributions = DistributionPool()
    return given
  }

  /// The node of a coordinate's probability before any correlation.
  func uniformNode(of coordinate: CoordinateID) -> GraphNode {
    .uniform(identities.coordinates[coordinate.position])
  }

  /// The value of a requested column; its quantity must have been lowered.
  func value(of request: ColumnRequest) -> ValueID {
    switch request {
    case .cell(let id, let cell): roots(of: id)[cell]
    case .coordinate(let id): coordinateProbability(of: id)
    case .score(let id): point(of: id).score
    case .probability(let id): point(of: id).probability
    }
  }

  /// Lowers quantities and all their dependencies, but for the cells of equations that only loops read.
  func lower(_ wanted: [QuantityID]) throws(Diagnostics) {
    let needed = Dependencies.closure(of: wanted, in: model)
    let requested = Set(wanted)
    for group in model.order {
      let members = group.quantities.filter { needed.contains($0) && quantities[$0.position] == nil }
      if members.isEmpty { continue }
      if let along = group.along {
        try lower(cycle: members, along: along)
      } else {
        for id in Dependencies.order(of: members, in: model, along: nil)
        where quantities[id.position] == nil && (requested.contains(id) || !isDeferred(id)) { try lower(id) }
      }
    }
  }

  /// Lowers a quantity whose dependencies have been.
  func lower(_ id: QuantityID) throws(Diagnostics) {
    let quantity = model[id]
    switch quantity.kind {
    case .equation(let formula):
      quantities[id.position] = try spread(
        cells(formula), over: quantity.cells.indexes, extents: quantity.cells.extents, at: formula.place)
    case .input(let input), .reference(let input):
      let supportPoints = try supportPointValues(of: input)
      probabilities[id.position] = supportPoints.probabilities
      quantities[id.position] = LabelledArray(
        axes: quantity.cells.indexes, extents: quantity.cells.extents,
        values: input.cells.map { cellValue($0, supportPoints: supportPoints.values) })
    }
  }

  /// Lowers the equations of a cycle, label by label, and for each label in the order of dependencies.
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

  /// Stores a label's values in a quantity's cells.
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

  /// The values of a quantity over those of its indexes that are not fixed.
  func quantityCells(_ id: QuantityID, at fixed: Fixed) -> LabelledArray {
    guard var cells = quantities[id.position] else { return LabelledArray(.absent) }
    for index in cells.axes {
      if let position = fixed[index] { cells = cells.at(position, on: index) }
    }
    return cells
  }

  /// The coordinates from whose probabilities, or correlated scores, a value is computed.
  func coordinates(under root: ValueID) -> Set<CoordinateID> {
    var found: Set<CoordinateID> = []
    var seen: Set<ValueID> = [root]
    var open = root.isAbsent ? [] : [root]
    while let next = open.popLast() {
      switch graph[next] {
      case .uniform(let id): found.insert(id)
      case .score(let component, let row): found.insert(model.components[component].coordinates[row])
      // The second coordinate of a pair is conditional on the first, which is not itself used.
      case .conditional(_, _, let own): if seen.insert(own).inserted { open.append(own) }
      case let node: node.forEachOperand { if !$0.isAbsent, seen.insert($0).inserted { open.append($0) } }
      }
    }
    return found
  }

  /// A quantity's cells as roots of a plan; a cell that does not exist is NaN.
  func roots(of id: QuantityID) -> [ValueID] {
    guard let cells = quantities[id.position] else { return [] }
    return cells.values.map { $0.isAbsent ? graph.constant(.nan) : $0 }
  }

  // MARK: Cells

  /// Maps over the cells of the operands' joint indexes; a cell that lacks an operand stays absent.
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

  /// Broadcasts values to all cells of some indexes.
  func spread(
    _ cells: LabelledArray, over axes: [IndexID], extents: [Int], at place: SourcePlace
  ) throws(Diagnostics) -> LabelledArray {
    if cells.axes == axes { return cells }
    let count = try allowed(extents, at: place)
    var walk = CellIterator(axes: axes, extents: extents, operands: [cells])
    var made: [ValueID] = []
    made.reserveCapacity(count)
    for _ in 0..<count {
      made.append(cells.values[walk.offsets[0]])
      walk.advance()
    }
    return LabelledArray(axes: axes, extents: extents, values: made)
  }

  /// Indexes sorted by name.
  func inNameOrder(_ indexes: Set<IndexID>) -> [IndexID] {
    indexes.sorted { nameRank[$0.position] < nameRank[$1.position] }
  }

  /// The number of labels on an index; while examples are lowered, of theirs.
  func extent(_ index: IndexID) -> Int { probe?[index]?.count ?? model[index].labels.count }

  /// The number of a label; NaN on an index without numbers.
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

  /// The number of cells, if it is within the limit of a plan.
  func allowed(_ extents: [Int], at place: SourcePlace?) throws(Diagnostics) -> Int {
    var count = 1
    for extent in extents {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      if overflow || product > Graph.sizeLimit { throw tooLarge(place) }
      count = product
    }
    return count
  }

  /// Adds to the number of cells computed so far.
  func spend(_ cells: Int, at place: SourcePlace?) throws(Diagnostics) {
    work = work.addingReportingOverflow(cells).overflow ? .max : work + cells
    if work >= Self.workLimit || graph.nodes.count > Graph.sizeLimit { throw tooLarge(place) }
  }

  private func tooLarge(_ place: SourcePlace?) -> Diagnostics {
    Diagnostics(.tooManyValuesPerDraw(limit: Graph.sizeLimit), at: place)
  }

  private func place(of id: QuantityID) -> SourcePlace? {
    if case .equation(let formula) = model[id].kind { formula.place } else { nil }
  }
}

extension BinaryOperator {
  /// The corresponding block operation.
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

/// The finished, immutable values of a model.
struct FinishedLowering: @unchecked Sendable {
  let lowering: Lowering
  init(_ lowering: Lowering) { self.lowering = lowering }
}
