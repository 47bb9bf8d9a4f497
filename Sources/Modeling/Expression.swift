import Units

/// A quantity's position in `Model.quantities`.
public struct QuantityID: Hashable, Sendable, Comparable {
  /// The position.
  public var position: Int

  /// The quantity at a position.
  public init(_ position: Int) { self.position = position }

  /// By position.
  public static func < (a: Self, b: Self) -> Bool { a.position < b.position }
}

/// A checked formula: names are resolved, units fit, indexes are known. Numbers are in coherent base units.
public struct Expression: Sendable {
  /// What it computes.
  public var kind: Kind
  /// The indexes of its value, in the order of their names.
  public var indexes: [IndexID]
  /// The dimension of its value.
  public var dimension: Dimension
  /// Where it is written.
  public var place: SourcePlace
  /// How it is written, for messages; empty where a formula is made rather than read.
  public var text: String

  /// A checked formula.
  public init(_ kind: Kind, indexes: [IndexID], dimension: Dimension, place: SourcePlace, text: String = "") {
    self.kind = kind
    self.indexes = indexes
    self.dimension = dimension
    self.place = place
    self.text = text
  }

  /// The forms of a formula. An operand without one of the result's indexes has the same value at each of its labels.
  public indirect enum Kind: Sendable {
    /// A number.
    case constant(Double)
    /// An input's, equation's or reference's value at the same labels.
    case quantity(QuantityID)
    /// The label's number on a numeric index.
    case label(IndexID)
    /// 1 at one label of an index, else 0: `region == us`.
    case isLabel(IndexID, position: Int)
    /// 1 in draws where a label-valued input takes an outcome, else 0: `choice == coal`.
    case isOutcome(QuantityID, position: Int)
    /// The opposite number.
    case negate(Expression)
    /// 1 where the operand is 0, else 0; not a number where it is not finite.
    case not(Expression)
    /// An operation on two values.
    case binary(BinaryOperator, Expression, Expression)
    /// A built-in function of one or more values.
    case call(BuiltInFunction, [Expression])
    /// `then` where the condition is not 0, else `otherwise`; the side not taken never counts. Not a number where the
    /// condition is not finite.
    case conditional(Expression, then: Expression, otherwise: Expression)
    /// A reduction over indexes that the operand has; `labels` restricts some of them to label positions.
    case reduce(Reduction, Expression, over: [IndexID], labels: [IndexID: [Int]])
    /// The operand at selected labels; indexes that selectors name come in instead.
    case select(Expression, [IndexID: Selector])
    /// The operand at the preceding label, `initial` at the first.
    case previous(Expression, initial: Expression, along: IndexID)
    /// The sum of the operand's values at this label and all before it.
    case cumulative(Expression, along: IndexID)
    /// One operand for each label of an index that the result gains.
    case stack(IndexID, [Expression])
    /// Units in service from an inflow and a survival by age; see `StockTiming`.
    case stock(inflow: Expression, survival: Expression, along: IndexID, age: IndexID, timing: StockTiming)
  }
}

/// Operations written between two values. Comparisons and logic give 1 or 0, and not a number where an operand is not
/// finite; any other value but 0 is true. An infinity that is written, as `inf`, may be compared.
public enum BinaryOperator: String, Sendable, CaseIterable {
  /// Arithmetic.
  case add = "+", subtract = "-", multiply = "*", divide = "/", power = "^"
  /// Comparison.
  case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
  /// Logic.
  case and = "and", or = "or"
}

/// What a reduction makes of the values along indexes.
public enum Reduction: String, Sendable, CaseIterable {
  /// Sum, arithmetic mean, extremes, product.
  case sum, mean, min, max, product
}

/// Which label an operand is taken at.
public enum Selector: Sendable {
  /// A fixed label.
  case label(Int)
  /// The label that a label-valued input takes in the draw.
  case outcome(QuantityID)
  /// The label whose number is `constant` plus the weighted labels' numbers: `age = year - vintage`.
  ///
  /// The result has these indexes. Where no such label exists, and the branch is taken, checking has failed.
  case number(terms: [IndexID: Int], constant: Int)
}

/// When within a label's interval a stock is counted.
///
/// At the end of label t it is the sum over labels v <= t of inflow(v) * survival[age = t - v]. In the middle it is
/// the mean of the end before and the end of t (zero before the first label), so that half of the label's own inflow
/// counts and cohorts are half an interval younger: a stock's mean over the interval.
public enum StockTiming: String, Sendable, CaseIterable {
  /// At the end or over the interval.
  case end, middle
}
