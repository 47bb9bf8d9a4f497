/// A binary operation.
///
/// Arithmetic is IEEE 754 double precision, correctly rounded. Conditions (comparisons, `and` and `or`) are 1 or 0, and
/// NaN where an operand is not finite.
package enum BinaryOperation: UInt32, Sendable, CaseIterable {
  // The order is that of `lc_binary`.
  /// a + b
  case add
  /// a - b
  case subtract
  /// a * b
  case multiply
  /// a / b
  case divide
  /// The smaller value; NaN if either is NaN.
  case minimum
  /// The larger value; NaN if either is NaN.
  case maximum
  /// a == b; NaN if either is not finite.
  case equal
  /// a != b; NaN if either is not finite.
  case notEqual
  /// a < b; NaN if either is not finite.
  case less
  /// a <= b; NaN if either is not finite.
  case lessOrEqual
  /// a > b; NaN if either is not finite.
  case greater
  /// a >= b; NaN if either is not finite.
  case greaterOrEqual
  /// a != 0 and b != 0; NaN if either is not finite.
  case and
  /// a != 0 or b != 0; NaN if either is not finite.
  case or
  /// a^b, within 1 ulp; special cases as in C (IEEE 754-2019, 9.2.1): anything to the power 0 is 1, and a negative base
  /// has a value only for integer exponents.
  case power
}

/// A unary operation.
package enum UnaryOperation: UInt32, Sendable, CaseIterable {
  // The order is that of `lc_unary`.
  /// -x
  case negate
  /// The absolute value of x.
  case absolute
  /// The square root, correctly rounded; NaN below zero.
  case squareRoot
  /// 1 where x is 0, else 0; NaN where x is not finite.
  case not
  /// The natural exponential, within 1 ulp, subnormal results included.
  case exp
  /// The natural logarithm, within 1 ulp; -infinity at 0, NaN below.
  case log
  /// The decimal logarithm, within 0.51 ulp, so that powers of ten give integers.
  case log10
  /// The sine of radians, within 0.75 ulp.
  case sine
  /// The cosine of radians, within 0.75 ulp.
  case cosine
  /// The tangent of radians, within 1 ulp.
  case tangent
  /// The standard normal quantile of a probability, with an absolute error of 1e-13 and, in both tails, a relative one
  /// of 1e-13.
  ///
  /// It is exactly odd about 1/2. Probabilities are clamped to 2^-53 ... 1 - 2^-53, so that scores are within 8.2095.
  case normalQuantile
  /// The standard normal cdf Phi(x), with a relative error of 3e-14 (of 1 - Phi above 0).
  ///
  /// It is clamped to 2^-53 ... 1 - 2^-53, so that a quantile function can be applied to it.
  case normalCdf
}
