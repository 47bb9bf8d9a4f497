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
  /// A number, by its bits, so that what is not a number equals itself.
  case constant(bits: UInt64)
  /// The probability of a coordinate.
  case uniform(CoordinateID)
  /// A correlated normal score: a row of a copula component.
  case score(component: Int, row: Int)
  case unary(UnaryOperation, ValueID)
  case binary(BinaryOperation, ValueID, ValueID)
  /// A value to a whole power.
  case wholePower(ValueID, Int32)
  /// scale * above[0] * above[1] * … / (below[0] * below[1] * …)
  case product(scale: UInt64, above: [ValueID], below: [ValueID])
  /// shift + weights[0] * terms[0] + …
  case linear(shift: UInt64, weights: [UInt64], terms: [ValueID])
  /// shift + left[0] * right[0] + …; made by fusion only
  case dot(shift: UInt64, left: [ValueID], right: [ValueID])
  case select(ValueID, then: ValueID, otherwise: ValueID)
  /// A tabulated quantile function of a probability.
  case quantileTable(Int, ValueID)
  /// A tabulated function of a normal score.
  case scoreTable(Int, ValueID)
  /// A discrete quantile function.
  case steps(Int, ValueID)
  /// The probability of a coordinate that follows another by a pair copula
  case conditional(ConditionalQuantile, given: ValueID, own: ValueID)
  /// A law's scalar quantile function, draw by draw; the operands are its arguments, the probability last.
  case drawnLaw(Int, [ValueID])
  /// A function that is no block operation.
  case call(Int, [ValueID])

  static func constant(_ value: Double) -> Node { .constant(bits: value.bitPattern) }

  /// Calls the body with each operand, in order.
  func forEachOperand(_ body: (ValueID) -> Void) {
    switch self {
    case .constant, .uniform, .score: break
    case .unary(_, let a), .wholePower(let a, _), .quantileTable(_, let a), .scoreTable(_, let a), .steps(_, let a):
      body(a)
    case .binary(_, let a, let b), .conditional(_, let a, let b):
      body(a)
      body(b)
    case .product(_, let above, let below):
      above.forEach(body)
      below.forEach(body)
    case .linear(_, _, let terms): terms.forEach(body)
    case .dot(_, let left, let right):
      left.forEach(body)
      right.forEach(body)
    case .select(let condition, let then, let otherwise):
      body(condition)
      body(then)
      body(otherwise)
    case .drawnLaw(_, let operands), .call(_, let operands): operands.forEach(body)
    }
  }
}

/// The values that a model's formulas make, each once: constants are folded and equal values shared as they are added.
///
/// What a node computes depends only on the formula that asked for it, never on who else uses its operands, so that a
/// graph with more roots (the explanation of a draw) gives every value with the same bits.
struct Graph {
  private(set) var nodes: [Node] = []
  private var known: [Node: ValueID] = [:]
  /// Functions that nodes call.
  private(set) var functions: [BuiltInFunction] = []
  private var functionPositions: [String: Int] = [:]

  /// More instructions than this are refused; a block of them would take a second.
  static let sizeLimit = 4_000_000

  /// Operands of one pass, at most: all their columns are needed at the same time.
  static let widestPass = 64

  subscript(id: ValueID) -> Node { nodes[id.index] }

  /// The number, if the value is the same in every draw.
  func constant(_ id: ValueID) -> Double? {
    if case .constant(let bits) = nodes[id.index] { Double(bitPattern: bits) } else { nil }
  }

  /// The value that a node makes.
  mutating func add(_ node: Node) -> ValueID {
    if let id = known[node] { return id }
    let id = ValueID(nodes.count)
    nodes.append(node)
    known[node] = id
    return id
  }

  /// A number.
  mutating func constant(_ value: Double) -> ValueID {
    // One not-a-number serves all, whatever its bits.
    add(.constant(value.isNaN ? .nan : value))
  }

  mutating func unary(_ operation: UnaryOperation, _ a: ValueID) -> ValueID {
    if let x = constant(a) { return constant(Self.value(operation, x)) }
    if operation == .negate { return product(scale: -1, above: [a], below: []) }
    return add(.unary(operation, a))
  }

  mutating func binary(_ operation: BinaryOperation, _ a: ValueID, _ b: ValueID) -> ValueID {
    switch operation {
    case .add: return linear(shift: 0, [(1, a), (1, b)])
    case .subtract: return linear(shift: 0, [(1, a), (-1, b)])
    case .multiply: return product(scale: 1, above: [a, b], below: [])
    case .divide: return product(scale: 1, above: [a], below: [b])
    case .power: return power(a, b)
    default: break
    }
    let (x, y) = (constant(a), constant(b))
    if let x, let y { return constant(Self.value(operation, x, y)) }
    switch operation {
    case .and:
      if x == 0 || y == 0 { return constant(0) }
    case .or:
      if let x, x != 0 { return constant(1) }
      if let y, y != 0 { return constant(1) }
    default: break
    }
    return add(.binary(operation, a, b))
  }

  /// A power; whole exponents up to 16 by multiplication, a half by the square root.
  private mutating func power(_ a: ValueID, _ b: ValueID) -> ValueID {
    if let y = constant(b) {
      if let x = constant(a) { return constant(Self.value(.power, x, y)) }
      if y == 0 { return constant(1) }
      if y == 1 { return a }
      if y == 0.5 { return unary(.squareRoot, a) }
      if let whole = Int32(exactly: y), abs(whole) <= 16 {
        // The powers of one reciprocal: the division is made once for all of them.
        if whole < 0 { return power(product(scale: 1, above: [], below: [a]), constant(-y)) }
        return add(.wholePower(a, whole))
      }
    }
    return add(.binary(.power, a, b))
  }

  /// `then` where the condition is not 0, else `otherwise`.
  mutating func select(_ condition: ValueID, then: ValueID, otherwise: ValueID) -> ValueID {
    if let decided = constant(condition) { return decided != 0 ? then : otherwise }
    return then == otherwise ? then : add(.select(condition, then: then, otherwise: otherwise))
  }

  /// A product and quotient of many factors; numbers go into the scale.
  mutating func product(scale: Double, above: [ValueID], below: [ValueID]) -> ValueID {
    var scale = scale
    var kept: (above: [ValueID], below: [ValueID]) = ([], [])
    for factor in above {
      if let number = constant(factor) { scale *= number } else { kept.above.append(factor) }
    }
    for factor in below {
      if let number = constant(factor) { scale /= number } else { kept.below.append(factor) }
    }
    if kept.above.isEmpty, kept.below.isEmpty { return constant(scale) }
    if scale == 1, kept.above.count == 1, kept.below.isEmpty { return kept.above[0] }
    for side in [\(above: [ValueID], below: [ValueID]).above, \.below] where kept[keyPath: side].count > Self.widestPass
    {
      kept[keyPath: side] = Self.parts(of: kept[keyPath: side]).map { product(scale: 1, above: $0, below: []) }
      return product(scale: scale, above: kept.above, below: kept.below)
    }
    // Two factors commute in every bit; more do not.
    if kept.above.count == 2 { kept.above.sort() }
    return add(.product(scale: scale.bitPattern, above: kept.above, below: kept.below))
  }

  /// A weighted sum; numbers go into the shift, and a term that is a multiple of a value into its weight.
  mutating func linear(shift: Double, _ terms: [(weight: Double, value: ValueID)]) -> ValueID {
    var shift = shift
    var weights: [UInt64] = []
    var values: [ValueID] = []
    for (weight, value) in terms {
      if let number = constant(value) {
        shift += weight * number
      } else if case .product(let scale, let above, let below) = self[value], above.count == 1, below.isEmpty {
        weights.append((weight * Double(bitPattern: scale)).bitPattern)
        values.append(above[0])
      } else {
        weights.append(weight.bitPattern)
        values.append(value)
      }
    }
    if values.isEmpty { return constant(shift) }
    if values.count > Self.widestPass {
      let parts = Self.parts(of: Array(zip(weights, values))).map { part in
        (weight: 1.0, value: linear(shift: 0, part.map { (weight: Double(bitPattern: $0.0), value: $0.1) }))
      }
      return linear(shift: shift, parts)
    }
    if shift == 0, values.count == 1 {
      let weight = Double(bitPattern: weights[0])
      return weight == 1 ? values[0] : add(.product(scale: weights[0], above: values, below: []))
    }
    if shift == 0, values.count == 2, weights[0] == weights[1] { values.sort() }
    return add(.linear(shift: shift.bitPattern, weights: weights, terms: values))
  }

  /// Operands in groups that a pass can take.
  private static func parts<Operand>(of operands: [Operand]) -> [[Operand]] {
    stride(from: 0, to: operands.count, by: widestPass).map { first in
      Array(operands[first..<min(first + widestPass, operands.count)])
    }
  }

  /// A function's value.
  mutating func call(_ function: BuiltInFunction, _ arguments: [ValueID]) -> ValueID {
    switch function.meaning {
    case .unary(let operation) where arguments.count == 1: return unary(operation, arguments[0])
    case .fold(let operation) where !arguments.isEmpty:
      return arguments.dropFirst().reduce(arguments[0]) { binary(operation, $0, $1) }
    case .steps(let operations) where arguments.count == operations.count + 1:
      return zip(operations, arguments.dropFirst()).reduce(arguments[0]) { binary($1.0, $0, $1.1) }
    default: break
    }
    let numbers = arguments.compactMap { constant($0) }
    if numbers.count == arguments.count { return constant(function.scalar(numbers)) }
    let position = functionPositions[function.name] ?? functions.count
    if position == functions.count {
      functions.append(function)
      functionPositions[function.name] = position
    }
    return add(.call(position, arguments))
  }

  /// An operation on numbers, by the kernel that would serve a block: a folded value has the bits of a computed one.
  static func value(_ operation: UnaryOperation, _ x: Double) -> Double {
    var out = x
    withUnsafePointer(to: x) { Columns.apply(operation, $0, into: &out, count: 1) }
    return out
  }

  /// An operation on numbers, by the kernel that would serve a block.
  static func value(_ operation: BinaryOperation, _ x: Double, _ y: Double) -> Double {
    var out = x
    withUnsafePointer(to: x) { Columns.apply(operation, $0, y, into: &out, count: 1) }
    return out
  }
}
