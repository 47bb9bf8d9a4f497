import Foundation

/// A quantile function as an arithmetic expression, which the block engine evaluates for columns of draws.
///
/// It is a small expression tree over the draw's probability and the distribution's arguments. Constant arguments are
/// folded by the engine; arguments that vary from draw to draw are columns, at the same speed.
package indirect enum QuantileExpression: Sendable {
  /// The draw's probability u, in the open interval 0 ... 1.
  case probability
  /// 1 - u, exact.
  case complement
  /// The standard normal quantile of u.
  case score
  /// A number.
  case constant(Double)
  /// The distribution's canonical argument at an index, for arguments that are not constants.
  case argument(Int)
  /// A function of one value.
  case unary(Unary, QuantileExpression)
  /// An operation on two values.
  case binary(Binary, QuantileExpression, QuantileExpression)
  /// `then` where `a < b`, else `otherwise`. Both may be computed; the one not chosen has no effect.
  case choose(QuantileExpression, lessThan: QuantileExpression, then: QuantileExpression, otherwise: QuantileExpression)
  /// A distribution whose quantile function is read from a table over u.
  case tabulated(any Distribution)
  /// A discrete distribution: the first outcome whose cumulative probability is at least u.
  case steps(outcomes: [Double], cumulative: [Double])
  /// A distribution without a usable table (atoms within a density): its scalar quantile, draw by draw.
  case scalar(any Distribution)

  /// Functions of one value.
  package enum Unary: Sendable {
    /// Natural exponential.
    case exp
    /// Natural logarithm.
    case log
    /// Square root.
    case squareRoot
  }

  /// Operations on two values.
  package enum Binary: Sendable {
    /// Sum.
    case add
    /// Difference.
    case subtract
    /// Product.
    case multiply
    /// Quotient.
    case divide
    /// A positive base to a power.
    case power
  }

  /// Sum.
  package static func + (a: Self, b: Self) -> Self { .binary(.add, a, b) }
  /// Difference.
  package static func - (a: Self, b: Self) -> Self { .binary(.subtract, a, b) }
  /// Product.
  package static func * (a: Self, b: Self) -> Self { .binary(.multiply, a, b) }
  /// Quotient.
  package static func / (a: Self, b: Self) -> Self { .binary(.divide, a, b) }
  /// Natural exponential.
  package static func exp(_ a: Self) -> Self { .unary(.exp, a) }
  /// Natural logarithm.
  package static func log(_ a: Self) -> Self { .unary(.log, a) }
  /// Square root.
  package static func squareRoot(_ a: Self) -> Self { .unary(.squareRoot, a) }
  /// A positive base to a power.
  package static func power(_ a: Self, _ b: Self) -> Self { .binary(.power, a, b) }
}

extension QuantileExpression: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// A number.
  package init(floatLiteral value: Double) { self = .constant(value) }
  /// A number.
  package init(integerLiteral value: Int) { self = .constant(Double(value)) }
}
