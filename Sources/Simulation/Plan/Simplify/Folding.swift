import Modeling
import VectorMath

/// Folding: what formulas ask for, in the fewest nodes.
///
/// Numbers are computed here, once, by the kernels that would serve a block; what multiplies or adds numbers takes them
/// into its scale or shift; products and sums of many operands are one node; small whole powers are multiplications.
/// Comparisons, logic and choices are in `Conditions.swift`.
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

  /// The smaller or larger of two values; that of a value and the infinity that it is never beyond is the value.
  private mutating func extreme(
    _ operation: BinaryOperation, _ a: ValueID, _ b: ValueID, neutral: Double
  ) -> ValueID {
    let (x, y) = (constant(a), constant(b))
    if y == neutral { return a }
    if x == neutral { return b }
    if let x, let y { return computed(Self.value(operation, x, y), from: [a, b]) }
    return add(.binary(operation, a, b))
  }

  /// A power; whole exponents up to 16 by multiplication, a half by the square root.
  private mutating func power(_ a: ValueID, _ b: ValueID) -> ValueID {
    if let y = constant(b) {
      if let x = constant(a) { return computed(Self.value(.power, x, y), from: [a, b]) }
      if y == 0 { return constant(1) }
      if y == 1 { return a }
      if y == 0.5 { return unary(.squareRoot, a) }
      if let whole = Int32(exactly: y), abs(whole) <= 16 {
        // The powers of one reciprocal: the division is made once for all of them.
        if whole < 0 { return power(product(scale: 1, numerators: [], denominators: [a]), constant(-y)) }
        return add(.wholePower(a, whole))
      }
    }
    if let exponent = exponent(of: a) {
      return unary(.exp, product(scale: 1, numerators: [b, exponent], denominators: []))
    }
    return add(.binary(.power, a, b))
  }

  /// A product and quotient of many factors; numbers go into the scale, those inside a factor too.
  ///
  /// A scaled product is the bare one times its scale, so that products that differ in the scale alone share all the
  /// rest: the variants of a sweep that multiply an input cost one pass each, and those of them that are only
  /// summarised none at all.
  mutating func product(scale: Double, numerators: [ValueID], denominators: [ValueID]) -> ValueID {
    var scale = scale
    var kept: (numerators: [ValueID], denominators: [ValueID]) = ([], [])
    for factor in numerators {
      if let number = constant(factor) {
        scale *= number
      } else {
        let (bare, own) = unscaled(factor)
        scale *= own
        kept.numerators.append(bare)
      }
    }
    for factor in denominators {
      if let number = constant(factor) {
        scale /= number
      } else {
        let (bare, own) = unscaled(factor)
        scale /= own
        kept.denominators.append(bare)
      }
    }
    if kept.numerators.isEmpty, kept.denominators.isEmpty { return computed(scale, from: numerators + denominators) }
    if scale == 0, kept.denominators.isEmpty, kept.numerators.allSatisfy(isFinite) { return constant(0) }
    if scale == 1, kept.numerators.count == 1, kept.denominators.isEmpty { return kept.numerators[0] }
    for side in [\(numerators: [ValueID], denominators: [ValueID]).numerators, \.denominators]
    where kept[keyPath: side].count > Self.maxOperands {
      kept[keyPath: side] = Self.parts(of: kept[keyPath: side]).map {
        product(scale: 1, numerators: $0, denominators: [])
      }
      return product(scale: scale, numerators: kept.numerators, denominators: kept.denominators)
    }
    if scale != 1, kept.numerators.count + kept.denominators.count > 1 {
      let bare = add(.product(scale: 1.0.bitPattern, numerators: kept.numerators, denominators: kept.denominators))
      return add(.product(scale: scale.bitPattern, numerators: [bare], denominators: []))
    }
    return add(.product(scale: scale.bitPattern, numerators: kept.numerators, denominators: kept.denominators))
  }

  /// The value whose draws are summarised in place of a value's, and the positive factor between the two.
  func summarised(_ id: ValueID) -> (value: ValueID, factor: Double) {
    let (bare, scale) = unscaled(id)
    return scale > 0 && scale < .infinity ? (bare, scale) : (id, 1)
  }

  /// A value as a number times another value; the number is 1 where the value is no such product.
  func unscaled(_ id: ValueID) -> (value: ValueID, scale: Double) {
    if case .product(let scale, let numerators, let denominators) = self[id], numerators.count == 1,
      denominators.isEmpty
    {
      return (numerators[0], Double(bitPattern: scale))
    }
    return (id, 1)
  }

  /// A weighted sum of what varies: numbers are in its shift, and each value is there once.
  mutating func linear(shift: Double, _ terms: [(weight: Double, value: ValueID)]) -> ValueID {
    var shift = shift
    let operands = terms.map(\.value)
    var terms = collected(terms, shift: &shift)
    if terms.isEmpty { return computed(shift, from: operands) }
    if let quotient = overCommonDenominator(terms) { terms = collected([(1, quotient)], shift: &shift) }
    return sum(shift: shift, terms)
  }

  /// The node of a sum whose terms are collected.
  mutating func sum(shift: Double, _ terms: [(weight: Double, value: ValueID)]) -> ValueID {
    if terms.isEmpty { return constant(shift) }
    if terms.count > Self.maxOperands {
      return linear(shift: shift, Self.parts(of: terms).map { (weight: 1, value: linear(shift: 0, $0)) })
    }
    if shift == 0, terms.count == 1 {
      let (weight, value) = terms[0]
      return weight == 1 ? value : add(.product(scale: weight.bitPattern, numerators: [value], denominators: []))
    }
    return add(.linear(shift: shift.bitPattern, weights: terms.map(\.weight.bitPattern), terms: terms.map(\.value)))
  }

  /// Terms with their numbers added to a shift; multiples of one value as one; without those that are nothing.
  ///
  /// A term that is a sum stays one, though it be of one value and a number: a stock that loses a part of itself every
  /// year would become its beginning less all that it ever lost, and keep no digit of what is left.
  func collected(
    _ terms: [(weight: Double, value: ValueID)], shift: inout Double
  ) -> [(weight: Double, value: ValueID)] {
    var collected: [(weight: Double, value: ValueID)] = []
    var places: [ValueID: Int] = [:]
    for term in terms {
      if let number = constant(term.value) {
        shift += term.weight * number
        continue
      }
      let (value, scale) = unscaled(term.value)
      if let place = places[value] {
        collected[place].weight += term.weight * scale
      } else {
        places[value] = collected.count
        collected.append((term.weight * scale, value))
      }
    }
    return collected.filter { $0.weight != 0 || !isFinite($0.value) }
  }

  /// Operands in groups that a pass can take.
  private static func parts<Operand>(of operands: [Operand]) -> [[Operand]] {
    stride(from: 0, to: operands.count, by: maxOperands).map { first in
      Array(operands[first..<min(first + maxOperands, operands.count)])
    }
  }

  /// A function's value.
  mutating func call(_ function: BuiltInFunction, _ arguments: [ValueID]) -> ValueID {
    switch function.meaning {
    case .unary(.log) where arguments.count == 1: return logarithm(arguments[0])
    case .unary(let operation) where arguments.count == 1: return unary(operation, arguments[0])
    case .fold(let operation) where !arguments.isEmpty:
      return arguments.dropFirst().reduce(arguments[0]) { binary(operation, $0, $1) }
    case .steps(let operations) where arguments.count == operations.count + 1:
      return zip(operations, arguments.dropFirst()).reduce(arguments[0]) { binary($1.0, $0, $1.1) }
    default: break
    }
    let numbers = arguments.compactMap { constant($0) }
    if numbers.count == arguments.count { return computed(function.scalar(numbers), from: arguments) }
    return add(.call(position(of: function), arguments))
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
