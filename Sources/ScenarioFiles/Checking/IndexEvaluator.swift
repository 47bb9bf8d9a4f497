import Modeling

import func Foundation.pow

/// Computes formulas of constants and indexes, which do not change from draw to draw.
struct IndexEvaluator {
  let context: CheckContext

  init(_ context: CheckContext) { self.context = context }

  /// The value of a formula of constants alone; nil if it has anything else.
  func constant(_ expression: Expression) -> Double? { value(expression, at: [:]) }

  /// Whether a formula holds nothing but constants and labels, cell by cell.
  func isDecided(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .constant, .label, .isLabel: true
    case .negate(let operand), .not(let operand): isDecided(operand)
    case .binary(_, let a, let b): isDecided(a) && isDecided(b)
    case .call(_, let values): values.allSatisfy(isDecided)
    case .conditional(let condition, let then, let otherwise):
      isDecided(condition) && isDecided(then) && isDecided(otherwise)
    case .quantity, .isOutcome, .reduce, .select, .previous, .cumulative, .stack, .stock: false
    }
  }

  /// The value of a formula at label positions; nil if it has anything but constants and these indexes' labels.
  func value(_ expression: Expression, at labels: [IndexID: Int]) -> Double? {
    switch expression.kind {
    case .constant(let number): return number
    case .label(let index):
      guard let position = labels[index], let numbers = context[index].numbers else { return nil }
      return numbers[position]
    case .isLabel(let index, let position): return labels[index].map { $0 == position ? 1 : 0 }
    case .negate(let operand): return value(operand, at: labels).map { -$0 }
    case .not(let operand): return value(operand, at: labels).map { $0 == 0 ? 1 : 0 }
    case .binary(let sign, let a, let b):
      guard let x = value(a, at: labels), let y = value(b, at: labels) else { return nil }
      return Self.result(sign, x, y)
    case .call(let function, let arguments):
      let values = arguments.compactMap { value($0, at: labels) }
      return values.count == arguments.count ? function.scalar(values) : nil
    case .conditional(let condition, let then, let otherwise):
      guard let decision = value(condition, at: labels) else { return nil }
      return value(decision != 0 ? then : otherwise, at: labels)
    case .quantity, .isOutcome, .reduce, .select, .previous, .cumulative, .stack, .stock: return nil
    }
  }

  private static func result(_ sign: BinaryOperator, _ x: Double, _ y: Double) -> Double {
    switch sign {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: x / y
    case .power: pow(x, y)
    case .equal: x == y ? 1 : 0
    case .notEqual: x != y ? 1 : 0
    case .less: x < y ? 1 : 0
    case .lessOrEqual: x <= y ? 1 : 0
    case .greater: x > y ? 1 : 0
    case .greaterOrEqual: x >= y ? 1 : 0
    case .and: x != 0 && y != 0 ? 1 : 0
    case .or: x != 0 || y != 0 ? 1 : 0
    }
  }
}
