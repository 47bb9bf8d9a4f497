import Units
import VectorMath

/// A function that formulas may call on values cell by cell, such as `exp` or `clamp`.
///
/// A new function is one file in this folder and one alphabetical line in `BuiltInFunctionCatalogue`.
package struct BuiltInFunction: Sendable {
  /// The dimension of the result as a function of those of the arguments.
  package enum DimensionRule: Sendable {
    /// Arguments and result are pure numbers.
    case pure
    /// Arguments share a dimension, which the result has.
    case same
    /// The result has the dimension of the single argument, raised to a rational power.
    case power(Rational)
  }

  /// The computation, in block operations where possible, so that an engine can share and fuse them.
  package enum Meaning: Sendable {
    /// An operation on one value.
    case unary(UnaryOperation)
    /// An operation that is applied to the result so far and each further argument: a left fold.
    case fold(BinaryOperation)
    /// A left fold with a different operation for each further argument: `clamp`.
    case steps([BinaryOperation])
    /// Any other computation, defined by `scalar` and `block`.
    case own
  }

  /// The name as written in formulas.
  package var name: String
  /// A one-line summary.
  package var summary: String
  /// The names of the arguments, for messages; a variadic function repeats the last.
  package var parameters: [String]
  /// Whether more arguments than named may be given.
  package var isVariadic: Bool
  /// The positions of two arguments of which the first must not exceed the second, such as the bounds of `clamp`; the
  /// result is NaN where it does.
  package var orderedArguments: (low: Int, high: Int)?
  /// The dimension of the result.
  package var dimension: DimensionRule
  /// The computation, in block operations.
  package var meaning: Meaning
  /// The value for one draw, used for values that are equal in all draws and to explain single draws.
  package var scalar: @Sendable ([Double]) -> Double
  /// The values for a block of draws: argument columns, the result's column (which may be one of them), the count.
  package var block: @Sendable ([UnsafePointer<Double>], UnsafeMutablePointer<Double>, Int) -> Void

  /// Creates a function with its own scalar and block computations.
  package init(
    name: String, summary: String, parameters: [String], isVariadic: Bool = false, dimension: DimensionRule,
    scalar: @escaping @Sendable ([Double]) -> Double,
    block: @escaping @Sendable ([UnsafePointer<Double>], UnsafeMutablePointer<Double>, Int) -> Void
  ) {
    self.name = name
    self.summary = summary
    self.parameters = parameters
    self.isVariadic = isVariadic
    self.dimension = dimension
    self.meaning = .own
    self.scalar = scalar
    self.block = block
  }

  /// Creates a function of one value that is a block operation.
  init(
    name: String, summary: String, parameters: [String], dimension: DimensionRule, applying operation: UnaryOperation
  ) {
    self.init(
      name: name, summary: summary, parameters: parameters, dimension: dimension, meaning: .unary(operation))
  }

  /// Creates a function that folds any number of values.
  init(
    name: String, summary: String, parameters: [String], isVariadic: Bool, dimension: DimensionRule,
    folding operation: BinaryOperation
  ) {
    self.init(
      name: name, summary: summary, parameters: parameters, isVariadic: isVariadic, dimension: dimension,
      meaning: .fold(operation))
  }

  /// Creates a function of block operations; a block of one draw is its scalar form, so that both agree in every bit.
  init(
    name: String, summary: String, parameters: [String], isVariadic: Bool = false, dimension: DimensionRule,
    meaning: Meaning, orderedArguments: (low: Int, high: Int)? = nil
  ) {
    self.orderedArguments = orderedArguments
    let block: @Sendable ([UnsafePointer<Double>], UnsafeMutablePointer<Double>, Int) -> Void = { x, out, count in
      // The result's column may be that of a bound.
      let reversed = orderedArguments.map { bounds in
        (0..<count).filter { x[bounds.low][$0] > x[bounds.high][$0] }
      }
      Self.apply(meaning, x, into: out, count: count)
      for draw in reversed ?? [] { out[draw] = .nan }
    }
    self.name = name
    self.summary = summary
    self.parameters = parameters
    self.isVariadic = isVariadic
    self.dimension = dimension
    self.meaning = meaning
    self.block = block
    self.scalar = { arguments in
      var out = Double.nan
      arguments.withUnsafeBufferPointer { values in
        guard let start = values.baseAddress else { return }
        block(values.indices.map { start + $0 }, &out, 1)
      }
      return out
    }
  }

  /// Applies block operations from the first argument to the last.
  ///
  /// The result's column may be any of the arguments. If it is one after the second, which would be overwritten before
  /// it is read, the result is first computed in temporary memory.
  private static func apply(
    _ meaning: Meaning, _ x: [UnsafePointer<Double>], into out: UnsafeMutablePointer<Double>, count: Int
  ) {
    guard let first = x.first else { return }
    let further = x.dropFirst()
    let operations: [BinaryOperation]
    switch meaning {
    case .unary(let operation): return Columns.apply(operation, first, into: out, count: count)
    case .fold(let operation): operations = [BinaryOperation](repeating: operation, count: further.count)
    case .steps(let steps): operations = steps
    case .own: return
    }
    if further.dropFirst().contains(UnsafePointer(out)) {
      let copy = UnsafeMutablePointer<Double>.allocate(capacity: count)
      defer { copy.deallocate() }
      apply(meaning, x, into: copy, count: count)
      out.update(from: copy, count: count)
      return
    }
    var joined = first
    for (operation, column) in zip(operations, further) {
      Columns.apply(operation, joined, column, into: out, count: count)
      joined = UnsafePointer(out)
    }
    if further.isEmpty, joined != UnsafePointer(out) { out.update(from: first, count: count) }
  }
}
