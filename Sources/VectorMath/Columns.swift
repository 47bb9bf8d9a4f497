import CBlockKernels

/// A column of draws to read.
package typealias Column = UnsafePointer<Double>

/// A column of draws to write.
package typealias MutableColumn = UnsafeMutablePointer<Double>

/// Element-wise operations on columns of draws.
///
/// A column is `count` doubles at any alignment; the count may be 0. The result may replace one of the inputs exactly,
/// but may not partially overlap one. A draw's result depends on that draw alone: neither on the count, nor on its
/// position, nor on the instruction path. Products and sums are rounded separately and never fused.
package enum Columns {
  /// out = a op b
  package static func apply(
    _ operation: BinaryOperation, _ a: Column, _ b: Column, into out: MutableColumn, count: Int
  ) {
    lc_apply_column_column(lc_binary(operation.rawValue), a, b, out, count)
  }

  /// out = a op b, with one b for all draws.
  package static func apply(
    _ operation: BinaryOperation, _ a: Column, _ b: Double, into out: MutableColumn, count: Int
  ) {
    lc_apply_column_scalar(lc_binary(operation.rawValue), a, b, out, count)
  }

  /// out = a op b, with one a for all draws.
  package static func apply(
    _ operation: BinaryOperation, _ a: Double, _ b: Column, into out: MutableColumn, count: Int
  ) {
    lc_apply_scalar_column(lc_binary(operation.rawValue), a, b, out, count)
  }

  /// out = op x
  package static func apply(_ operation: UnaryOperation, _ x: Column, into out: MutableColumn, count: Int) {
    lc_apply_unary(lc_unary(operation.rawValue), x, out, count)
  }

  /// out = value
  package static func fill(_ out: MutableColumn, with value: Double, count: Int) {
    lc_fill(value, out, count)
  }

  /// out = scale * x + shift
  package static func affine(
    scale: Double, _ x: Column, shift: Double, into out: MutableColumn, count: Int
  ) {
    lc_affine(scale, x, shift, out, count)
  }

  /// out = a * b + c
  package static func multiplyAdd(_ a: Column, _ b: Column, _ c: Column, into out: MutableColumn, count: Int) {
    lc_multiply_add(a, b, c, out, count)
  }

  /// out = a where the condition is non-zero, else b; NaN where the condition is not finite.
  package static func select(
    _ condition: Column, then a: Column, else b: Column, into out: MutableColumn, count: Int
  ) {
    lc_select(condition, a, b, out, count)
  }

  /// out = x^exponent for an integer exponent, by repeated squaring; within |exponent| ulp, exact where the products
  /// are.
  ///
  /// A negative exponent gives the reciprocal of the positive power. For exponents beyond about 16,
  /// `BinaryOperation.power` is more accurate.
  package static func wholePower(_ x: Column, _ exponent: Int32, into out: MutableColumn, count: Int) {
    lc_whole_power(x, exponent, out, count)
  }
}
