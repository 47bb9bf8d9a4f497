import Modeling
import VectorMath

/// A value of the graph: a column of draws, or a number that is the same in every draw.
struct ValueID: Hashable, Comparable {
  var position: Int32

  init(_ position: Int) { self.position = Int32(position) }

  /// What a cell has where an operand does not exist, such as a label that a selection names in vain.
  static let absent = ValueID(-1)

  var isAbsent: Bool { position < 0 }
  var index: Int { Int(position) }

  static func < (a: Self, b: Self) -> Bool { a.position < b.position }
}

/// What makes a value from its operands; everything that two equal values have in common, so that they are made once.
enum Node: Hashable {
  /// A number, by its bits, so that what is not a number equals itself; and whether it is an infinity that arithmetic or a
  /// function made of finite numbers, which is no number to a condition, while one that the scenario writes is.
  case constant(bits: UInt64, isComputed: Bool)
  /// The probability of a coordinate.
  case uniform(CoordinateID)
  /// A correlated normal score: a row of a copula component.
  case score(component: Int, row: Int)
  case unary(UnaryOperation, ValueID)
  case binary(BinaryOperation, ValueID, ValueID)
  /// A value to a whole power.
  case wholePower(ValueID, Int32)
  /// scale * above[0] * above[1] * … / (below[0] * below[1] * …)
  case product(scale: UInt64, numerators: [ValueID], denominators: [ValueID])
  /// shift + weights[0] * terms[0] + …
  case linear(shift: UInt64, weights: [UInt64], terms: [ValueID])
  /// shift + weights[0] * (left[0] * right[0]) + …; made by fusion only
  case dot(shift: UInt64, weights: [UInt64], left: [ValueID], right: [ValueID])
  case select(ValueID, then: ValueID, otherwise: ValueID)
  /// A tabulated quantile function of a probability.
  case quantileTable(Int, ValueID)
  /// A tabulated function of a normal score.
  case scoreTable(Int, ValueID)
  /// A discrete quantile function.
  case steps(Int, ValueID)
  /// The probability of a coordinate that follows another by a pair copula
  case conditional(ConditionalQuantile, given: ValueID, own: ValueID)
  /// A distribution's scalar quantile function, draw by draw; the operands are its arguments, the probability last.
  case varyingDistribution(Int, [ValueID])
  /// A function that is no block operation.
  case call(Int, [ValueID])

  static func constant(_ value: Double) -> Node { .constant(bits: value.bitPattern, isComputed: false) }

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
    case .varyingDistribution(_, let operands), .call(_, let operands): operands.forEach(body)
    }
  }
}

/// The values that a model's formulas make, each once.
///
/// Simplifications that are made as formulas are read: `Simplify/Folding.swift` has what formulas ask for, with
/// constants folded; it takes zeros out by `Bounds.swift`, settles conditions by `Conditions.swift`, weighted means over one denominator by `Denominators.swift` and
/// logarithms of exponentials away by `Logarithms.swift`; and `add` shares equal values (hash-consing, so that common
/// subexpressions are never made twice).
///
/// What a node computes depends only on the formula that asked for it, never on who else uses its operands, so that a
/// graph with more roots (the explanation of a draw) gives every value with the same bits.
struct Graph {
  private(set) var nodes: [Node] = []
  private var known: [Node: ValueID] = [:]
  /// The greatest magnitude of each value.
  private var bounds: [Double] = []
  /// Whether each value may be an infinity that the scenario writes; see `Simplify/Conditions.swift`.
  private var infinities: [Bool] = []
  /// Functions that nodes call.
  private(set) var functions: [BuiltInFunction] = []
  private var functionPositions: [String: Int] = [:]

  /// More instructions than this are refused; a block of them would take a second.
  static let sizeLimit = 4_000_000

  /// Operands of one pass, at most: all their columns are needed at the same time.
  static let maxOperands = 64

  subscript(id: ValueID) -> Node { nodes[id.index] }

  /// The number, if the value is the same in every draw.
  func constant(_ id: ValueID) -> Double? {
    if case .constant(let bits, _) = nodes[id.index] { Double(bitPattern: bits) } else { nil }
  }

  /// Whether a value may be an infinity that the scenario writes, as `inf`.
  func writesInfinity(_ id: ValueID) -> Bool { infinities[id.index] }

  /// The value that a node makes: the one known already, if an equal node was added before.
  mutating func add(_ node: Node) -> ValueID { add(node, within: .infinity) }

  /// A node's value, of which it is known besides that its magnitude stays within a bound.
  mutating func add(_ node: Node, within bound: Double) -> ValueID {
    if let id = known[node] { return id }
    let id = ValueID(nodes.count)
    bounds.append(min(bound, self.bound(of: node)))
    infinities.append(writesInfinity(node))
    nodes.append(node)
    known[node] = id
    return id
  }

  /// The greatest magnitude that a value can have in any draw; infinite where it is not known.
  func bound(of id: ValueID) -> Double { bounds[id.index] }

  /// A number that the scenario or a distribution states.
  mutating func constant(_ value: Double) -> ValueID {
    // One not-a-number serves all, whatever its bits.
    add(.constant(value.isNaN ? .nan : value))
  }

  /// A number that was computed of others. An infinity of finite ones is marked as such.
  mutating func computed(_ value: Double, from operands: some Sequence<ValueID>) -> ValueID {
    guard value.isInfinite, !operands.contains(where: writesInfinity) else { return constant(value) }
    return add(.constant(bits: value.bitPattern, isComputed: true))
  }

  /// The position of a function among those that nodes call.
  mutating func position(of function: BuiltInFunction) -> Int {
    if let known = functionPositions[function.name] { return known }
    functions.append(function)
    functionPositions[function.name] = functions.count - 1
    return functions.count - 1
  }
}
