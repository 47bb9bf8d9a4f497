import CBlockKernels

/// Elementary functions of a double, with the same bits on every processor, system and C library.
///
/// C libraries have separate variants of their functions for processors with and without fused multiply-add and change
/// them between versions, so that last digits differ. These functions are the project's own and use only operations
/// that IEEE 754 defines to the last bit.
///
/// Errors in units of the last place, checked by `PortableMathTests` against mpmath: `exp`, `exp2`, `log`, `log2`,
/// `log10` and `hypot` 0.51; `expm1`, `log1p`, `pow` and `cosh` 0.6; `sinh`, `sin`, `cos`, `erf` and `erfc` 0.75; `tan`
/// and `atan2` 1; `asin` 1.5; `asinh` and `tanh` 2.5. Results below 2^-1022 may have an additional error of half a unit
/// of 2^-1074. Special values are those of C.
///
/// Formulas call them as `PortableMath.exp(x)`. `Distributions` and `Evidence`, which consist of formulas, define `exp(x)`
/// and others by them in their `PortableFunctions.swift`, because a module's own function shadows the C library's of the
/// same type. A test searches the sources for names that are not defined in this way.
package enum PortableMath {
  /// e^x.
  package static func exp(_ x: Double) -> Double { lc_exp(x) }
  /// 2^x.
  package static func exp2(_ x: Double) -> Double { lc_exp2(x) }
  /// exp(x) - 1, relatively accurate also near 0.
  package static func expm1(_ x: Double) -> Double { lc_expm1(x) }
  /// The natural logarithm.
  package static func log(_ x: Double) -> Double { lc_log(x) }
  /// The logarithm to base 2.
  package static func log2(_ x: Double) -> Double { lc_log2(x) }
  /// The logarithm to base 10.
  package static func log10(_ x: Double) -> Double { lc_log10(x) }
  /// log(1 + x), relatively accurate also near 0.
  package static func log1p(_ x: Double) -> Double { lc_log1p(x) }
  /// The sine of x radians.
  package static func sin(_ x: Double) -> Double { lc_sin(x) }
  /// The cosine of x radians.
  package static func cos(_ x: Double) -> Double { lc_cos(x) }
  /// The tangent of x radians.
  package static func tan(_ x: Double) -> Double { lc_tan(x) }
  /// The angle in -pi/2 ... pi/2 whose sine is x.
  package static func asin(_ x: Double) -> Double { lc_asin(x) }
  /// (exp(x) - exp(-x)) / 2.
  package static func sinh(_ x: Double) -> Double { lc_sinh(x) }
  /// (exp(x) + exp(-x)) / 2.
  package static func cosh(_ x: Double) -> Double { lc_cosh(x) }
  /// sinh(x) / cosh(x).
  package static func tanh(_ x: Double) -> Double { lc_tanh(x) }
  /// The number whose hyperbolic sine is x.
  package static func asinh(_ x: Double) -> Double { lc_asinh(x) }
  /// The error function, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x.
  package static func erf(_ x: Double) -> Double { lc_erf(x) }
  /// 1 - erf(x), relatively accurate also where it is small.
  package static func erfc(_ x: Double) -> Double { lc_erfc(x) }
  /// x^y.
  package static func pow(_ x: Double, _ y: Double) -> Double { lc_pow(x, y) }
  /// The angle of the point (x, y), -pi ... pi.
  package static func atan2(_ y: Double, _ x: Double) -> Double { lc_atan2(y, x) }
  /// sqrt(x^2 + y^2), without intermediate overflow.
  package static func hypot(_ x: Double, _ y: Double) -> Double { lc_hypot(x, y) }
}
