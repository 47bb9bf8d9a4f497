import Modeling
import VectorMath

/// Computes formulas of constants and indexes, which do not change from draw to draw.
struct IndexEvaluator {
  let context: CheckContext

  init(_ context: CheckContext) { self.context = context }

  /// The value of a formula of constants only; nil if it contains anything else.
  func constant(_ expression: Expression) -> Double? { value(expression, at: [:]) }

  /// Whether a formula contains only constants and labels, cell by cell.
  func isDecided(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .constant, .label, .isLabel, .negate, .not, .binary, .call, .conditional:
      expression.operands.allSatisfy(isDecided)
    case .quantity, .isOutcome, .reduce, .select, .previous, .cumulative, .stack, .stock: false
    }
  }

  /// The value of a formula at label positions; nil if it contains anything but constants and labels of these indexes.
  func value(_ expression: Expression, at labels: [IndexID: Int]) -> Double? { number(expression, at: labels)?.value }

  /// Whether a condition is true at label positions; nil if it contains anything but constants and labels of these
  /// indexes, or if its value is not finite, in which case neither branch of its `if` is taken.
  func holds(_ condition: Expression, at labels: [IndexID: Int]) -> Bool? { number(condition, at: labels)?.holds }

  private func number(_ expression: Expression, at labels: [IndexID: Int]) -> Number? {
    switch expression.kind {
    case .constant(let number): return Number(value: number)
    case .label(let index):
      guard let position = labels[index], let numbers = context[index].numbers else { return nil }
      return Number(value: numbers[position])
    case .isLabel(let index, let position): return labels[index].map { Number(value: $0 == position ? 1 : 0) }
    case .negate(let operand): return number(operand, at: labels).map { Number(value: -$0.value, of: [$0]) }
    case .not(let operand):
      return number(operand, at: labels).map { Number(value: $0.holds.map { $0 ? 0 : 1 } ?? .nan) }
    case .binary(let sign, let a, let b):
      guard let x = number(a, at: labels), let y = number(b, at: labels) else { return nil }
      return Self.result(sign, x, y)
    case .call(let function, let arguments):
      let numbers = arguments.compactMap { number($0, at: labels) }
      return numbers.count == arguments.count
        ? Number(value: function.scalar(numbers.map(\.value)), of: numbers) : nil
    case .conditional(let condition, let then, let otherwise):
      guard let decision = number(condition, at: labels) else { return nil }
      guard let holds = decision.holds else { return Number(value: .nan) }
      return number(holds ? then : otherwise, at: labels)
    case .quantity, .isOutcome, .reduce, .select, .previous, .cumulative, .stack, .stock: return nil
    }
  }

  private static func result(_ sign: BinaryOperator, _ a: Number, _ b: Number) -> Number {
    let (x, y) = (a.value, b.value)
    func arithmetic(_ value: Double) -> Number { Number(value: value, of: [a, b]) }
    func condition(_ holds: Bool) -> Number { Number(value: a.holds == nil || b.holds == nil ? .nan : holds ? 1 : 0) }
    return switch sign {
    case .add: arithmetic(x + y)
    case .subtract: arithmetic(x - y)
    case .multiply: arithmetic(x * y)
    case .divide: arithmetic(x / y)
    case .power: arithmetic(PortableMath.pow(x, y))
    case .equal: condition(x == y)
    case .notEqual: condition(x != y)
    case .less: condition(x < y)
    case .lessOrEqual: condition(x <= y)
    case .greater: condition(x > y)
    case .greaterOrEqual: condition(x >= y)
    case .and: condition(x != 0 && y != 0)
    case .or: condition(x != 0 || y != 0)
    }
  }

  /// A number, and whether it is an infinity computed from finite numbers. Such an infinity decides no condition; a
  /// written one does. Draws follow the same rule, see `Graph`'s conditions.
  private struct Number {
    var value: Double
    var isComputedInfinity = false

    init(value: Double) { self.value = value }

    init(value: Double, of operands: [Number]) {
      self.value = value
      isComputedInfinity =
        value.isInfinite && operands.allSatisfy { $0.value.isFinite || $0.isComputedInfinity }
    }

    /// The truth value of the number as a condition; nil if it is not finite.
    var holds: Bool? { value.isNaN || isComputedInfinity ? nil : value != 0 }
  }
}
