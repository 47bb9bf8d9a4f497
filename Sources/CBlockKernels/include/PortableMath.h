// The elementary functions of one double, with the same bits on every processor and under every C library.
//
// C libraries select variants of their functions by processor, with and without fused multiply-add, and change them
// between versions, so that their last digits are not guaranteed. These functions use only +, -, *, /, square roots and
// integers, each rounded according to IEEE 754, and never a fused operation whose result differs from two roundings.
//
// Errors in units of the last place, measured against mpmath over the values of
// Tests/VectorMathTests/Reference/portable.txt and checked by PortableMathTests: exp, exp2, log, log2, log10, hypot
// 0.51; expm1, log1p, pow, cosh 0.6; sinh 0.75; sin, cos, erf, erfc 0.75; tan, atan2 1; asin 1.5; asinh, tanh 2.5;
// results below 2^-1022 half a unit of 2^-1074 more. Special values are those of C (IEEE 754-2019, section 9.2.1).
#ifndef PORTABLE_MATH_H
#define PORTABLE_MATH_H

double lc_exp(double x);
double lc_exp2(double x);
// exp(x) - 1 and log(1 + x), relatively accurate also near 0.
double lc_expm1(double x);
double lc_log1p(double x);
double lc_log(double x);
double lc_log2(double x);
double lc_log10(double x);
double lc_pow(double x, double y);
double lc_sinh(double x);
double lc_cosh(double x);
double lc_tanh(double x);
double lc_asinh(double x);
double lc_sin(double x);
double lc_cos(double x);
double lc_tan(double x);
double lc_asin(double x);
// The angle of the point (x, y), -pi to pi.
double lc_atan2(double y, double x);
double lc_erf(double x);
double lc_erfc(double x);
// sqrt(x^2 + y^2) without overflow.
double lc_hypot(double x, double y);

#endif
