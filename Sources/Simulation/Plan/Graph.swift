import Modeling
import VectorMath

/// A value of the graph: a column of draws, or a number that is the same in every draw.
struct ValueID: Hashable, Comparable {
  var position: Int32

  init(_ position: Int) { self.position = Int32(position) }

  /// A cell whose operand does not exist, such as one selected by a missing label.
  static let absent = ValueID(-1)

  var isAbsent: Bool { position < 0 }
  var index: Int { Int(position) }

  static func < (a: Self, b: Self) -> Bool { a.position < b.position }
}

/// The operation that computes a value from its operands. Equal nodes have equal values, so that each is computed once.
enum GraphNode: Hashable {
  /// A constant, by its bits, so that NaN equals itself, and whether an infinity was computed from finite numbers.
  /// Conditions treat a computed infinity as undefined and a written one as a number.
  case constant(bits: UInt64, isComputed: Bool)
  /// The probability of a coordinate; its normal score in a graph that holds scores.
  case uniform(CoordinateID)
  /// A correlated normal score: a row of a copula component.
  case score(component: Int, row: Int)
  case unary(UnaryOperation, ValueID)
  case binary(BinaryOperation, ValueID, ValueID)
  /// A value to an integer power.
  case wholePower(ValueID, Int32)
  /// scale * numerators[0] * numerators[1] * … / (denominators[0] * denominators[1] * …)
  case product(scale: UInt64, numerators: [ValueID], denominators: [ValueID])
  /// shift + weights[0] * terms[0] + …
  case linear(shift: UInt64, weights: [UInt64], terms: [ValueID])
  /// shift + weights[0] * (left[0] * right[0]) + …; created only by fusion
  case dot(shift: UInt64, weights: [UInt64], left: [ValueID], right: [ValueID])
  case select(ValueID, then: ValueID, otherwise: ValueID)
  /// A tabulated quantile function of a probability.
  case quantileTable(Int, ValueID)
  /// A tabulated function of a normal score.
  case scoreTable(Int, ValueID)
  /// A discrete quantile function.
  case steps(Int, ValueID)
  /// The conditional probability of a coordinate given another one, by a pair copula.
  case conditional(ConditionalQuantile, given: ValueID, own: ValueID)
  /// A distribution's scalar quantile function, draw by draw; the operands are its arguments, the probability last.
  case varyingDistribution(Int, [ValueID])
  /// A function that is no block operation.
  case call(Int, [ValueID])
  /// A reduction over many cells, see `CellLoop`; the operands are the cells of its leaves.
  case loop(Int, [ValueID])

  /// The operations whose result is 0, 1 or not a number.
  static let conditions: Set<BinaryOperation> = [
    .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or,
  ]

  static func constant(_ value: Double) -> GraphNode { .constant(bits: value.bitPattern, isComputed: false) }

  /// Whether the value is computed from no other: a constant or a coordinate.
  var isLeaf: Bool {
    switch self {
    case .constant, .uniform, .score: true
    default: false
    }
  }

  /// Calls the body with each operand, in order.
  func forEachOperand(_ body: (ValueID) -> Void) {
    switch self {
    case .constant, .uniform, .score: break
    case .unary(_, let a), .wholePower(let a, _), .quantileTable(_, let a), .scoreTable(_, let a), .steps(_, let a):
      body(a)
    case .binary(_, let a, let b), .conditional(_, let a, let b):
      body(a)
      body(b)
    case .product(_, let numerators, let denominators):
      numerators.forEach(body)
      denominators.forEach(body)
    case .linear(_, _, let terms): terms.forEach(body)
    case .dot(_, _, let left, let right):
      left.forEach(body)
      right.forEach(body)
    case .select(let condition, let then, let otherwise):
      body(condition)
      body(then)
      body(otherwise)
    case .varyingDistribution(_, let operands), .call(_, let operands), .loop(_, let operands): operands.forEach(body)
    }
  }
}

/// The values of a model's formulas, without duplicates.
///
/// Values are simplified as they are added, by the rules that `SimplificationRule` lists; `add` shares equal values
/// (hash-consing), so that common subexpressions are computed once.
///
/// The node of a formula depends only on the formula, never on other users of its operands, so that a graph with more
/// roots (the explanation of a draw) has the same bits for every value.
struct Graph {
  private(set) var nodes: [GraphNode] = []
  private var known: [GraphNode: ValueID] = [:]
  /// The upper bound of each value's magnitude.
  private var bounds: [Double] = []
  /// Whether each value may be an infinity that the scenario writes; see `Simplify/Conditions.swift`.
  private var infinities: [Bool] = []
  /// Whether the columns of coordinates hold normal scores instead of probabilities; see `PointSource.holdsScores`.
  var holdsScores = false
  /// Functions called by nodes.
  private(set) var functions: [BuiltInFunction] = []
  private var functionPositions: [String: Int] = [:]
  /// Loops of nodes.
  private(set) var loops: [CellLoop] = []
  private var loopPositions: [CellLoop: Int] = [:]
  /// The simplification rules that apply.
  let rules: SimplificationRules

  /// An empty graph.
  ///
  /// - Parameter rules: simplification rules that do not apply.
  init(without rules: Set<SimplificationRule> = []) { self.rules = SimplificationRules(without: rules) }

  /// Maximum number of instructions; a block of this many would take a second.
  static let sizeLimit = 4_000_000

  /// Maximum number of operands of one instruction but a loop: all their columns are needed at the same time.
  static let maxOperands = 64

  subscript(id: ValueID) -> GraphNode { nodes[id.index] }

  /// The number, if the value is the same in every draw; otherwise nil.
  func constant(_ id: ValueID) -> Double? {
    if case .constant(let bits, _) = nodes[id.index] { Double(bitPattern: bits) } else { nil }
  }

  /// Whether a value may be an infinity written in the scenario as `inf`.
  func writesInfinity(_ id: ValueID) -> Bool { infinities[id.index] }

  /// The value of a node: an existing one, if an equal node was added before.
  mutating func add(_ node: GraphNode) -> ValueID { add(node, within: .infinity) }

  /// The value of a node whose magnitude is known to be within a bound.
  mutating func add(_ node: GraphNode, within bound: Double) -> ValueID {
    if let id = known[node], rules.contains(.sharing) || node.isLeaf { return id }
    let id = ValueID(nodes.count)
    bounds.append(min(bound, self.bound(of: node)))
    infinities.append(writesInfinity(node))
    nodes.append(node)
    known[node] = id
    return id
  }

  /// An upper bound of a value's magnitude in any draw; infinite if unknown.
  func bound(of id: ValueID) -> Double { bounds[id.index] }

  /// A constant given by the scenario or a distribution.
  mutating func constant(_ value: Double) -> ValueID {
    // All NaNs are the same constant, whatever their bits.
    add(.constant(value.isNaN ? .nan : value))
  }

  /// A constant computed from others. An infinity computed from finite numbers is marked as such.
  mutating func computed(_ value: Double, from operands: some Sequence<ValueID>) -> ValueID {
    guard value.isInfinite, !operands.contains(where: writesInfinity) else { return constant(value) }
    return add(.constant(bits: value.bitPattern, isComputed: true))
  }

  /// The index of a function among those called by nodes.
  mutating func position(of function: BuiltInFunction) -> Int {
    if let known = functionPositions[function.name] { return known }
    functions.append(function)
    functionPositions[function.name] = functions.count - 1
    return functions.count - 1
  }

  /// The index of a loop among those of nodes.
  mutating func position(of loop: CellLoop) -> Int {
    if let known = loopPositions[loop] { return known }
    loops.append(loop)
    loopPositions[loop] = loops.count - 1
    return loops.count - 1
  }
}
