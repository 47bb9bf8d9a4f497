import Diagnostics
import Units

/// A quantity's position in `Model.quantities`.
package struct QuantityID: Hashable, Sendable, Comparable {
  /// The position.
  package var position: Int

  /// Creates an identifier from a position.
  package init(_ position: Int) { self.position = position }

  /// By position.
  package static func < (a: Self, b: Self) -> Bool { a.position < b.position }
}

/// A checked formula: names are resolved, units fit, indexes are known. Numbers are in coherent base units.
package struct Expression: Sendable {
  /// The operation.
  package var kind: Kind
  /// The indexes of its value, in the order of their names.
  package var indexes: [IndexID]
  /// The dimension of its value.
  package var dimension: Dimension
  /// Its place.
  package var place: SourcePlace
  /// Its text, for messages; empty for a formula that was not read from a file.
  package var text: String { written.text }
  /// The same text, as a part of the formula's.
  package private(set) var written: FormulaText

  /// Creates a formula.
  package init(
    _ kind: Kind, indexes: [IndexID], dimension: Dimension, place: SourcePlace, written: FormulaText = .none
  ) {
    self.kind = kind
    self.indexes = indexes
    self.dimension = dimension
    self.place = place
    self.written = written
  }

  /// The kinds of formulas. An operand without one of the result's indexes has the same value at each of its labels.
  package indirect enum Kind: Sendable {
    /// A number.
    case constant(Double)
    /// An input's, equation's or reference's value at the same labels.
    case quantity(QuantityID)
    /// The label's number on a numeric index.
    case label(IndexID)
    /// 1 at one label of an index, otherwise 0: `region == us`.
    case isLabel(IndexID, position: Int)
    /// 1 in draws in which a label-valued input has an outcome, otherwise 0: `choice == coal`.
    case isOutcome(QuantityID, position: Int)
    /// The negated operand.
    case negate(Expression)
    /// 1 if the operand is 0, otherwise 0; NaN if it is not finite.
    case not(Expression)
    /// An operation on two values.
    case binary(BinaryOperator, Expression, Expression)
    /// A built-in function of one or more values.
    case call(BuiltInFunction, [Expression])
    /// `then` if the condition is not 0, otherwise `otherwise`; the other branch has no effect. NaN if the condition is
    /// not finite.
    case conditional(Expression, then: Expression, otherwise: Expression)
    /// A reduction over indexes of the operand; `labels` restricts some of them to label positions.
    case reduce(Reduction, Expression, over: [IndexID], labels: [IndexID: [Int]])
    /// The operand at selected labels; indexes named by selectors replace the selected ones.
    case select(Expression, [IndexID: Selector])
    /// The operand at the preceding label, or `initial` at the first.
    case previous(Expression, initial: Expression, along: IndexID)
    /// The sum of the operand's values at this label and all before it.
    case cumulative(Expression, along: IndexID)
    /// One operand for each label of an index that the result gains.
    case stack(IndexID, [Expression])
    /// Units in service from an inflow and a survival by age; see `StockTiming`.
    case stock(inflow: Expression, survival: Expression, along: IndexID, age: IndexID, timing: StockTiming)
  }
}

/// Binary operators. Comparisons and logical operators give 1 or 0, or NaN if an operand is not finite; any value other
/// than 0 is true. A written infinity, `inf`, may be compared.
package enum BinaryOperator: String, Sendable, CaseIterable {
  /// Arithmetic.
  case add = "+", subtract = "-", multiply = "*", divide = "/", power = "^"
  /// Comparison.
  case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
  /// Logic.
  case and = "and", or = "or"
}

/// The statistic of the values along indexes.
package enum Reduction: String, Sendable, CaseIterable {
  /// Sum, arithmetic mean, extremes, product.
  case sum, mean, min, max, product
}

/// The label at which an operand is selected.
package enum Selector: Sendable {
  /// A fixed label.
  case label(Int)
  /// The label that a label-valued input has in the draw.
  case outcome(QuantityID)
  /// The label whose number is `constant` plus the sum of the labels' numbers times their terms: `age = year -
  /// vintage`.
  ///
  /// The result has these indexes. The checker has verified that the label exists in every branch that is taken.
  case number(terms: [IndexID: Int], constant: Int)
}

/// The time within a label's interval at which a stock is counted.
///
/// At the end of label t it is the sum over labels v <= t of inflow(v) * survival[age = t - v]. In the middle it is
/// the mean of the end before and the end of t (zero before the first label), so that half of the label's inflow counts
/// and cohorts are half an interval younger: a stock's mean over the interval.
package enum StockTiming: String, Sendable, CaseIterable {
  /// At the end, or the mean over the interval.
  case end, middle
}
