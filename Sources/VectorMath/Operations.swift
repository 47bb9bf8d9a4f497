/// An operation on two values.
///
/// Arithmetic is IEEE 754 double precision, correctly rounded. Conditions, which are comparisons, `and` and `or`, are 1 or 0,
/// and not a number where a side is not finite.
public enum BinaryOperation: UInt32, Sendable, CaseIterable {
  // The order is that of `lc_binary`.
  /// a + b
  case add
  /// a - b
  case subtract
  /// a * b
  case multiply
  /// a / b
  case divide
  /// The smaller value; not a number if either is not.
  case minimum
  /// The larger value; not a number if either is not.
  case maximum
  /// a == b; not a number if either is not finite.
  case equal
  /// a != b; not a number if either is not finite.
  case notEqual
  /// a < b; not a number if either is not finite.
  case less
  /// a <= b; not a number if either is not finite.
  case lessOrEqual
  /// a > b; not a number if either is not finite.
  case greater
  /// a >= b; not a number if either is not finite.
  case greaterOrEqual
  /// Whether neither is 0; not a number if either is not finite.
  case and
  /// Whether one of them is not 0; not a number if either is not finite.
  case or
  /// a to the power b, within 1 ulp; special cases as in C (IEEE 754-2019, 9.2.1): anything to the power 0 is 1, and
  /// a negative base has a value for whole exponents only.
  case power
}

/// An operation on one value.
public enum UnaryOperation: UInt32, Sendable, CaseIterable {
  // The order is that of `lc_unary`.
  /// -x
  case negate
  /// The magnitude of x.
  case absolute
  /// The square root, correctly rounded; not a number below zero.
  case squareRoot
  /// 1 where x is 0, else 0; not a number where x is not finite.
  case not
  /// The natural exponential, within 1 ulp, subnormal results included.
  case exp
  /// The natural logarithm, within 1 ulp; -infinity at 0, not a number below.
  case log
  /// The decimal logarithm, within 0.51 ulp, so that powers of ten give whole numbers.
  case log10
  /// The sine of radians, within 0.75 ulp.
  case sine
  /// The cosine of radians, within 0.75 ulp.
  case cosine
  /// The tangent of radians, within 1 ulp.
  case tangent
  /// The standard normal quantile of a probability, within 1e-13 and, in both tails, within 1e-13 of its size.
  ///
  /// Exactly odd about 1/2. Probabilities are held in 2^-53 ... 1 - 2^-53, so that scores stay within 8.2095.
  case normalQuantile
  /// The standard normal probability below x, within 3e-14 of its size (of 1 - p above 0).
  ///
  /// Held in 2^-53 ... 1 - 2^-53, so that a quantile function can follow.
  case normalCdf
}
