// Circular functions by the kernels in lanes of one, and their inverses by a table of atan(i / 16).
#include "Scalar.h"
#include "../Kernels/Trigonometry.h"

double lc_sin(double x) { return sine_lanes(all(x))[0]; }
double lc_cos(double x) { return cosine_lanes(all(x))[0]; }
double lc_tan(double x) { return tangent_lanes(all(x))[0]; }

static const double arctangents[17][2] = {
#include "../Constants/ArctangentRows.h"
};

// atan(y / x), 0 <= y <= x: atan(y / x) = atan c + atan d, d = (y - c x) / (x + c y), c the multiple of 1/16 nearest to
// y / x, |d| <= 1/32. atan d = d + d^3 A(d^2), A near the best polynomial (Chebyshev), to 2^-62.
static sum2 smaller_angle(double y, double x) {
  int index = (int)(y / x * 16 + 0.5);
  double c = index * 0.0625, d;
  sum2 product = exact_product(c, x);
  d = ((y - product.high) - product.low) / (x + c * y);
  double z = d * d;
  double rest = d * z * (-0x1.5555555555555p-2 +
                         z * (0x1.999999999988cp-3 +
                              z * (-0x1.2492492282c2dp-3 + z * (0x1.c71c44b12f1f2p-4 + z * -0x1.7393b9af45e23p-4))));
  sum2 sum = exact_sum(arctangents[index][0], d);
  return ordered_sum(sum.high, sum.low + (arctangents[index][1] + rest));
}

double lc_atan2(double y, double x) {
  const sum2 pi = {0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53}, half = {0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54};
  if (x != x || y != y) return x + y;
  double a = __builtin_fabs(x), b = __builtin_fabs(y);
  // Powers of two prevent overflow and underflow of products; infinities and zeros become 1 and 0.
  double larger = a > b ? a : b;
  if (larger == __builtin_inf()) {
    a = a == larger;
    b = b == larger;
  } else if (larger == 0) {
    a = 1;
  } else if (larger > 0x1p900) {
    a *= 0x1p-200;
    b *= 0x1p-200;
  } else if (larger < 0x1p-800) {
    a *= 0x1p200;
    b *= 0x1p200;
  }
  sum2 angle = b <= a ? smaller_angle(b, a) : smaller_angle(a, b);
  if (b > a) {
    sum2 rest = ordered_sum(half.high, -angle.high);
    angle = ordered_sum(rest.high, rest.low + (half.low - angle.low));
  }
  if (__builtin_signbit(x)) {
    sum2 rest = ordered_sum(pi.high, -angle.high);
    angle = ordered_sum(rest.high, rest.low + (pi.low - angle.low));
  }
  return __builtin_copysign(angle.high, y);
}

// The angle of the point (sqrt(1 - x^2), x).
double lc_asin(double x) {
  if (!(__builtin_fabs(x) <= 1)) return __builtin_nan("");
  if (__builtin_fabs(x) < 0x1p-27) return x;
  return lc_atan2(x, __builtin_sqrt((1 - x) * (1 + x)));
}

// sqrt(s), s = x^2 + y^2 as a pair: the rounded root h plus (s - h^2) / (2 h).
double lc_hypot(double x, double y) {
  double a = __builtin_fabs(x), b = __builtin_fabs(y), scale = 1;
  if (a == __builtin_inf() || b == __builtin_inf()) return __builtin_inf();
  if (x != x || y != y) return x + y;
  double larger = a > b ? a : b, smaller = a > b ? b : a;
  if (smaller == 0 || smaller < larger * 0x1p-54) return larger + smaller;
  if (larger > 0x1p500) scale = 0x1p600;
  if (larger < 0x1p-400) scale = 0x1p-600;
  larger /= scale;
  smaller /= scale;
  sum2 first = exact_product(larger, larger), second = exact_product(smaller, smaller);
  sum2 sum = ordered_sum(first.high, second.high);
  sum.low += first.low + second.low;
  double root = __builtin_sqrt(sum.high);
  sum2 square = exact_product(root, root);
  return (root + ((sum.high - square.high) - square.low + sum.low) / (2 * root)) * scale;
}
