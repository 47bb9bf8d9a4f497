import Units

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

  /// The name as written in formulas.
  public var name: String
  /// One line for a reader.
  public var summary: String
  /// The names of the arguments, for messages; a variadic function repeats the last.
  public var parameters: [String]
  /// Whether more arguments than named may be given.
  public var isVariadic: Bool
  /// The dimension of the result.
  public var dimension: DimensionRule
  /// The value for one draw, used where nothing varies between draws and to explain single draws.
  public var scalar: @Sendable ([Double]) -> Double
  /// The values for a block of draws: argument columns, the result's column (which may be one of them), the count.
  public var block: @Sendable ([UnsafePointer<Double>], UnsafeMutablePointer<Double>, Int) -> Void

  /// A function of values.
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
    self.scalar = scalar
    self.block = block
  }
}
