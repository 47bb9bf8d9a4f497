import VectorMath

/// Comparisons, `and`, `or`, `not` and choices, whose operands may be non-finite in some draws, and the rule
/// `conditions`.
///
/// If an operand of a condition is not finite, the condition is NaN, and so is the choice that it decides. A rule that
/// would drop such an operand (`false and x`, a choice between two equal values) keeps `0 * operand` instead, which is
/// 0 or NaN; for operands known to be finite (`Bounds.swift`) nothing is kept.
///
/// Conditions treat an infinity that the scenario writes as a number: `cap == inf`, or the year of an event that is
/// `inf` if it never happens. An infinity that arithmetic or a function computes from finite numbers, such as 1 / 0, is
/// not a number in this sense.
extension Graph {
  /// The outcome of a condition that is the same in every draw.
  enum Decision {
    case holds, fails
    /// The condition's value is not finite.
    case isUndefined
  }

  /// The outcome of a condition if it is the same in every draw; otherwise nil.
  func decision(_ condition: ValueID) -> Decision? {
    guard case .constant(let bits, let isComputed) = self[condition] else { return nil }
    let number = Double(bitPattern: bits)
    if number.isNaN || number.isInfinite && isComputed { return .isUndefined }
    return number == 0 ? .fails : .holds
  }

  /// `then` where the condition is non-zero, else `otherwise`; NaN where the condition is not finite.
  mutating func select(_ condition: ValueID, then: ValueID, otherwise: ValueID) -> ValueID {
    switch decision(condition) {
    case .holds: return then
    case .fails: return otherwise
    case .isUndefined: return constant(.nan)
    case nil: break
    }
    let condition = comparable(condition)
    if then == otherwise, rules.contains(.conditions) {
      return isFinite(condition) ? then : linear(shift: 0, [(1, then), (0, condition)])
    }
    return add(.select(condition, then: then, otherwise: otherwise))
  }

  /// A value in draws in which its lower bound does not exceed its upper bound; NaN in the others. Infinite bounds are
  /// beyond all numbers.
  mutating func inOrder(_ low: ValueID, _ high: ValueID, _ value: ValueID) -> ValueID {
    let (bottom, top) = (constant(low), constant(high))
    if let bottom, let top { return bottom > top ? constant(.nan) : value }
    if bottom == -.infinity || top == .infinity { return value }
    let finite = [low, high].map { bound in
      if isFinite(bound) { return bound }
      let largest = Double.greatestFiniteMagnitude
      return binary(.maximum, binary(.minimum, bound, constant(largest)), constant(-largest))
    }
    return select(condition(.lessOrEqual, finite[0], finite[1]), then: value, otherwise: constant(.nan))
  }

  /// 1 where a value is 0, else 0.
  mutating func not(_ a: ValueID) -> ValueID {
    switch decision(a) {
    case .holds: constant(0)
    case .fails: constant(1)
    case .isUndefined: constant(.nan)
    case nil: add(.unary(.not, comparable(a)))
    }
  }

  /// A comparison, or `and`, or `or`.
  mutating func condition(_ operation: BinaryOperation, _ a: ValueID, _ b: ValueID) -> ValueID {
    if decision(a) == .isUndefined || decision(b) == .isUndefined { return constant(.nan) }
    switch (constant(a), constant(b)) {
    case (let x?, let y?): return constant(Self.holds(operation, x, y) ? 1 : 0)
    case (let x?, nil):
      if let decided = decided(operation, by: x, b, isFirst: true) { return decided }
    case (nil, let y?):
      if let decided = decided(operation, by: y, a, isFirst: false) { return decided }
    case (nil, nil):
      if a == b, operation == .and || operation == .or, isTruth(a), rules.contains(.conditions) { return a }
    }
    return add(.binary(operation, comparable(a), comparable(b)))
  }

  /// Simplifies a condition on a constant and a varying value if the constant decides it or has no effect.
  ///
  /// `false and x` and `true or x` are decided even without the rule `conditions`: a branch that no cell takes may
  /// reference labels that do not exist.
  private mutating func decided(
    _ operation: BinaryOperation, by number: Double, _ value: ValueID, isFirst: Bool
  ) -> ValueID? {
    switch operation {
    case .and where number == 0: return constant(0, whereFinite: comparable(value))
    case .or where number != 0: return constant(1, whereFinite: comparable(value))
    case .and, .or: return isTruth(value) && rules.contains(.conditions) ? value : nil
    default:
      // Every finite value is on the same side of an infinity.
      guard number.isInfinite, !writesInfinity(value), rules.contains(.conditions) else { return nil }
      let holds = isFirst ? Self.holds(operation, number, 0) : Self.holds(operation, 0, number)
      return linear(shift: holds ? 1 : 0, [(0, value)])
    }
  }

  /// A constant; NaN in draws in which a value is not finite.
  private mutating func constant(_ number: Double, whereFinite value: ValueID) -> ValueID {
    isFinite(value) ? constant(number) : linear(shift: number, [(0, value)])
  }

  /// Whether a value is 1, 0 or NaN in every draw.
  private func isTruth(_ id: ValueID) -> Bool {
    switch self[id] {
    case .unary(.not, _): true
    case .binary(let operation, _, _): operation.isCondition
    case .linear(let shift, let weights, _):
      (shift == 0 || shift == 1.0.bitPattern) && weights.allSatisfy { $0 == 0 }
    default: false
    }
  }

  /// The result of an operation on two numbers that are finite or written infinities.
  private static func holds(_ operation: BinaryOperation, _ x: Double, _ y: Double) -> Bool {
    switch operation {
    case .equal: x == y
    case .notEqual: x != y
    case .less: x < y
    case .lessOrEqual: x <= y
    case .greater: x > y
    case .greaterOrEqual: x >= y
    case .and: x != 0 && y != 0
    case .or: x != 0 || y != 0
    case .add, .subtract, .multiply, .divide, .minimum, .maximum, .power: false
    }
  }

  // MARK: Written infinities

  /// The value with written infinities replaced by the largest finite number, so that kernels, for which infinities are
  /// not numbers, compare it correctly; other values are returned unchanged.
  private mutating func comparable(_ id: ValueID) -> ValueID {
    guard writesInfinity(id) else { return id }
    // Operands first, without recursion: a minimum over an index is a chain as long as the index.
    var finite: [ValueID: ValueID] = [:]
    var open = [id]
    while let next = open.last {
      let operands = infiniteOperands(next).filter { finite[$0] == nil }
      if !operands.isEmpty {
        open += operands
        continue
      }
      open.removeLast()
      switch self[next] {
      case .constant:
        let number = constant(next) ?? .nan
        finite[next] = constant(number > 0 ? .greatestFiniteMagnitude : -.greatestFiniteMagnitude)
      case .select(let condition, let then, let otherwise):
        finite[next] = select(condition, then: finite[then] ?? then, otherwise: finite[otherwise] ?? otherwise)
      case .binary(let operation, let a, let b):
        finite[next] = binary(operation, finite[a] ?? a, finite[b] ?? b)
      default: finite[next] = next
      }
    }
    return finite[id] ?? id
  }

  /// The operands of a choice that may be a written infinity.
  private func infiniteOperands(_ id: ValueID) -> [ValueID] {
    switch self[id] {
    case .select(_, let a, let b), .binary(.minimum, let a, let b), .binary(.maximum, let a, let b):
      [a, b].filter(writesInfinity)
    default: []
    }
  }

  /// Whether a node is a written infinity, or a choice among values of which one is.
  func writesInfinity(_ node: GraphNode) -> Bool {
    switch node {
    case .constant(let bits, let isComputed): Double(bitPattern: bits).isInfinite && !isComputed
    case .select(_, let a, let b), .binary(.minimum, let a, let b), .binary(.maximum, let a, let b):
      writesInfinity(a) || writesInfinity(b)
    default: false
    }
  }
}

extension BinaryOperation {
  /// Whether the result is 1, 0 or NaN.
  var isCondition: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or: true
    case .add, .subtract, .multiply, .divide, .minimum, .maximum, .power: false
    }
  }
}
