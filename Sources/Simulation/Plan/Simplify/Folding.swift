import Modeling
import VectorMath

/// The rules `constants`, `terms`, `identities`, `powers` and `scales`: the operations of formulas, in the smallest
/// number of nodes.
///
/// Operations on constants are computed here, once, by the kernels that would serve a block. Products and sums absorb
/// constants into their scale or shift; products and sums of many operands are one node; small integer powers are
/// multiplications. Comparisons, logic and choices are in `Conditions.swift`.
extension Graph {
  mutating func unary(_ operation: UnaryOperation, _ a: ValueID) -> ValueID {
    if operation == .not { return not(a) }
    if let x = constant(a) { return computed(Self.value(operation, x), from: [a]) }
    if operation == .negate { return product(scale: -1, numerators: [a], denominators: []) }
    return add(.unary(operation, a))
  }

  mutating func binary(_ operation: BinaryOperation, _ a: ValueID, _ b: ValueID) -> ValueID {
    switch operation {
    case .add: return linear(shift: 0, [(1, a), (1, b)])
    case .subtract: return linear(shift: 0, [(1, a), (-1, b)])
    case .multiply: return product(scale: 1, numerators: [a, b], denominators: [])
    case .divide: return product(scale: 1, numerators: [a], denominators: [b])
    case .power: return power(a, b)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or:
      return condition(operation, a, b)
    case .minimum: return extreme(operation, a, b, neutral: .infinity)
    case .maximum: return extreme(operation, a, b, neutral: -.infinity)
    }
  }

  /// The minimum or maximum of two values; if one is the infinity that has no effect, the other value.
  private mutating func extreme(
    _ operation: BinaryOperation, _ a: ValueID, _ b: ValueID, neutral: Double
  ) -> ValueID {
    let (x, y) = (constant(a), constant(b))
    if y == neutral { return a }
    if x == neutral { return b }
    if let x, let y { return computed(Self.value(operation, x, y), from: [a, b]) }
    return add(.binary(operation, a, b))
  }

  /// A power; integer exponents up to 16 by multiplication, 1/2 by the square root.
  private mutating func power(_ a: ValueID, _ b: ValueID) -> ValueID {
    if let y = constant(b) {
      if let x = constant(a) { return computed(Self.value(.power, x, y), from: [a, b]) }
      if y == 0, rules.contains(.identities) { return constant(1) }
      if y == 1, rules.contains(.identities) { return a }
      if y == 0.5, rules.contains(.powers) { return unary(.squareRoot, a) }
      if let whole = Int32(exactly: y), abs(whole) <= 16, whole < 0 || whole > 1, rules.contains(.powers) {
        // Powers of one reciprocal share a single division.
        if whole < 0 { return power(product(scale: 1, numerators: [], denominators: [a]), constant(-y)) }
        return add(.wholePower(a, whole))
      }
    }
    if let exponent = exponent(of: a) {
      return unary(.exp, product(scale: 1, numerators: [b, exponent], denominators: []))
    }
    return add(.binary(.power, a, b))
  }

  /// A product and quotient of many factors; constants, also those within factors, are collected in the scale.
  ///
  /// A scaled product is the unscaled one times its scale, so that products that differ only in the scale share the
  /// rest: variants of a sweep that multiply an input cost one instruction each, and none if they are only summarised.
  mutating func product(scale: Double, numerators: [ValueID], denominators: [ValueID]) -> ValueID {
    var scale = scale
    var kept: (numerators: [ValueID], denominators: [ValueID]) = ([], [])
    let collects = rules.contains(.constants) || (numerators + denominators).allSatisfy { constant($0) != nil }
    if !collects { kept = (numerators, denominators) }
    for factor in numerators where collects {
      if let number = constant(factor) {
        scale *= number
      } else {
        let (bare, own) = unscaled(factor)
        scale *= own
        kept.numerators.append(bare)
      }
    }
    for factor in denominators where collects {
      if let number = constant(factor) {
        scale /= number
      } else {
        let (bare, own) = unscaled(factor)
        scale /= own
        kept.denominators.append(bare)
      }
    }
    if kept.numerators.isEmpty, kept.denominators.isEmpty { return computed(scale, from: numerators + denominators) }
    if rules.contains(.identities), kept.denominators.isEmpty {
      if scale == 0, kept.numerators.allSatisfy(isFinite) { return constant(0) }
      if scale == 1, kept.numerators.count == 1 { return kept.numerators[0] }
    }
    for side in [\(numerators: [ValueID], denominators: [ValueID]).numerators, \.denominators]
    where kept[keyPath: side].count > Self.maxOperands {
      kept[keyPath: side] = Self.parts(of: kept[keyPath: side]).map {
        product(scale: 1, numerators: $0, denominators: [])
      }
      return product(scale: scale, numerators: kept.numerators, denominators: kept.denominators)
    }
    if scale != 1, kept.numerators.count + kept.denominators.count > 1, rules.contains(.scales) {
      let bare = add(.product(scale: 1.0.bitPattern, numerators: kept.numerators, denominators: kept.denominators))
      return add(.product(scale: scale.bitPattern, numerators: [bare], denominators: []))
    }
    return add(.product(scale: scale.bitPattern, numerators: kept.numerators, denominators: kept.denominators))
  }

  /// The value that is summarised in place of another, and the positive factor between the two.
  func summarised(_ id: ValueID) -> (value: ValueID, factor: Double) {
    guard rules.contains(.multiples) else { return (id, 1) }
    let (bare, scale) = unscaled(id)
    return scale > 0 && scale < .infinity ? (bare, scale) : (id, 1)
  }

  /// A value as a constant times another value; the constant is 1 unless the value is such a product.
  func unscaled(_ id: ValueID) -> (value: ValueID, scale: Double) {
    if case .product(let scale, let numerators, let denominators) = self[id], numerators.count == 1,
      denominators.isEmpty
    {
      return (numerators[0], Double(bitPattern: scale))
    }
    return (id, 1)
  }

  /// A weighted sum of varying values: constants are collected in the shift, and each value occurs once.
  mutating func linear(shift: Double, _ terms: [(weight: Double, value: ValueID)]) -> ValueID {
    var shift = shift
    let operands = terms.map(\.value)
    var terms = collected(terms, shift: &shift)
    if terms.isEmpty { return computed(shift, from: operands) }
    if let quotient = overCommonDenominator(terms) { terms = collected([(1, quotient)], shift: &shift) }
    return sum(shift: shift, terms)
  }

  /// The node of a sum with collected terms.
  mutating func sum(shift: Double, _ terms: [(weight: Double, value: ValueID)]) -> ValueID {
    if terms.isEmpty { return constant(shift) }
    if terms.count > Self.maxOperands {
      return linear(shift: shift, Self.parts(of: terms).map { (weight: 1, value: linear(shift: 0, $0)) })
    }
    if shift == 0, terms.count == 1, rules.contains(.identities) {
      var (weight, value) = terms[0]
      // Terms that cancel are +0 as in a - a, whatever the sign of a, so that a quotient by them keeps its sign.
      if weight == 0 { (weight, value) = (0, unary(.absolute, value)) }
      return weight == 1 ? value : add(.product(scale: weight.bitPattern, numerators: [value], denominators: []))
    }
    return add(.linear(shift: shift.bitPattern, weights: terms.map(\.weight.bitPattern), terms: terms.map(\.value)))
  }

  /// Adds constant terms to the shift, merges multiples of one value and removes zero terms.
  ///
  /// A term that is itself a sum is kept, even `value + constant`: a stock that loses a fraction every year would
  /// otherwise become its initial value minus all losses, and cancellation would remove all digits of the remainder.
  func collected(
    _ terms: [(weight: Double, value: ValueID)], shift: inout Double
  ) -> [(weight: Double, value: ValueID)] {
    var collected: [(weight: Double, value: ValueID)] = []
    var places: [ValueID: Int] = [:]
    let collects = rules.contains(.constants) || terms.allSatisfy { constant($0.value) != nil }
    for term in terms {
      if collects, let number = constant(term.value) {
        shift += term.weight * number
        continue
      }
      let (value, scale) = collects ? unscaled(term.value) : (term.value, 1)
      if let place = places[value], rules.contains(.terms) {
        collected[place].weight += term.weight * scale
      } else {
        places[value] = collected.count
        collected.append((term.weight * scale, value))
      }
    }
    return rules.contains(.identities) ? collected.filter { $0.weight != 0 || !isFinite($0.value) } : collected
  }

  /// Operands in groups that fit into one instruction.
  private static func parts<Operand>(of operands: [Operand]) -> [[Operand]] {
    stride(from: 0, to: operands.count, by: maxOperands).map { first in
      Array(operands[first..<min(first + maxOperands, operands.count)])
    }
  }

  /// The value of a function.
  mutating func call(_ function: BuiltInFunction, _ arguments: [ValueID]) -> ValueID {
    switch function.meaning {
    case .unary(.log) where arguments.count == 1: return logarithm(arguments[0])
    case .unary(let operation) where arguments.count == 1: return unary(operation, arguments[0])
    case .fold(let operation) where !arguments.isEmpty:
      return arguments.dropFirst().reduce(arguments[0]) { binary(operation, $0, $1) }
    case .steps(let operations) where arguments.count == operations.count + 1:
      let value = zip(operations, arguments.dropFirst()).reduce(arguments[0]) { binary($1.0, $0, $1.1) }
      guard let (low, high) = function.orderedArguments else { return value }
      return inOrder(arguments[low], arguments[high], value)
    default: break
    }
    let numbers = arguments.compactMap { constant($0) }
    if numbers.count == arguments.count { return computed(function.scalar(numbers), from: arguments) }
    return add(.call(position(of: function), arguments))
  }

  /// An operation on constants, by the kernel that would serve a block: a folded value has the bits of a computed one.
  static func value(_ operation: UnaryOperation, _ x: Double) -> Double {
    var out = x
    withUnsafePointer(to: x) { Columns.apply(operation, $0, into: &out, count: 1) }
    return out
  }

  /// An operation on constants, by the kernel that would serve a block.
  static func value(_ operation: BinaryOperation, _ x: Double, _ y: Double) -> Double {
    var out = x
    withUnsafePointer(to: x) { Columns.apply(operation, $0, y, into: &out, count: 1) }
    return out
  }
}
