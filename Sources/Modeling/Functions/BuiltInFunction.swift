import Units
import VectorMath

/// A function that formulas may call on values cell by cell, such as `exp` or `clamp`.
///
/// A new function is one file in this folder and one alphabetical line in `BuiltInFunctionCatalogue`.
public struct BuiltInFunction: Sendable {
  /// The dimension of the result, from those of the arguments.
  public enum DimensionRule: Sendable {
    /// Arguments and result are pure numbers.
    case pure
    /// Arguments share a dimension, which the result has.
    case same
    /// The result's dimension is the one argument's to a rational power.
    case power(Rational)
  }

  /// What it computes, in block operations where they suffice, so that an engine can share and fuse them.
  public enum Meaning: Sendable {
    /// An operation on one value.
    case unary(UnaryOperation)
    /// An operation that joins the first value with each further one in turn.
    case fold(BinaryOperation)
    /// Operations that join the first value with each further one in turn, each with its own: `clamp`.
    case steps([BinaryOperation])
    /// Anything else: `scalar` and `block` say what.
    case own
  }

  /// The name as written in formulas.
  public var name: String
  /// One line for a reader.
  public var summary: String
  /// The names of the arguments, for messages; a variadic function repeats the last.
  public var parameters: [String]
  /// Whether more arguments than named may be given.
  public var isVariadic: Bool
  /// The positions of two arguments of which the first must not be above the second, such as the bounds of `clamp`.
  public var orderedArguments: (low: Int, high: Int)?
  /// The dimension of the result.
  public var dimension: DimensionRule
  /// What it computes, in block operations.
  public var meaning: Meaning
  /// The value for one draw, used where nothing varies between draws and to explain single draws.
  public var scalar: @Sendable ([Double]) -> Double
  /// The values for a block of draws: argument columns, the result's column (which may be one of them), the count.
  public var block: @Sendable ([UnsafePointer<Double>], UnsafeMutablePointer<Double>, Int) -> Void

  /// A function with computations of its own.
  public init(
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

  /// A function of one value that is a block operation.
  init(
    name: String, summary: String, parameters: [String], dimension: DimensionRule, applying operation: UnaryOperation
  ) {
    self.init(
      name: name, summary: summary, parameters: parameters, dimension: dimension, meaning: .unary(operation))
  }

  /// A function that joins any number of values.
  init(
    name: String, summary: String, parameters: [String], isVariadic: Bool, dimension: DimensionRule,
    folding operation: BinaryOperation
  ) {
    self.init(
      name: name, summary: summary, parameters: parameters, isVariadic: isVariadic, dimension: dimension,
      meaning: .fold(operation))
  }

  /// A function made of block operations; a block of one draw serves as its scalar form, so that both agree in every bit.
  init(
    name: String, summary: String, parameters: [String], isVariadic: Bool = false, dimension: DimensionRule,
    meaning: Meaning, orderedArguments: (low: Int, high: Int)? = nil
  ) {
    self.orderedArguments = orderedArguments
    let block: @Sendable ([UnsafePointer<Double>], UnsafeMutablePointer<Double>, Int) -> Void = { x, out, count in
      Self.apply(meaning, x, into: out, count: count)
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
  /// The result's column may be any of the arguments, so it is written only while the arguments still to come cannot
  /// be it: a later argument that is the result's column joins from a copy.
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
