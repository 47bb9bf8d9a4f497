// Logarithms by a table: x = 2^k m, m between sqrt(1/2) and sqrt(2), d near 1 / m in 10 bits, r = m d - 1 exactly, and
// log x = k log 2 - log d + log(1 + r), |r| < 0.008 (Tang 1990, doi:10.1145/98267.98294). The first two terms are sums
// of a multiple of 2^-42 and a small remainder, so that only small terms are rounded.
#include "Scalar.h"

enum { FIRST_ROW = 90 };

static const double logarithm_rows[][3] = {
#include "../Constants/LogarithmRows.h"
};

// log x of a positive finite number, with a relative error of about 2^-60.
static sum2 log_sum(double x) {
  lanes k, m;
  split_subnormal_too(all(x), &k, &m);
  const double *row = logarithm_rows[(int)(m[0] * 128 + 0.5) - FIRST_ROW];
  // The upper 30 bits of m and the others times d are exact.
  double upper = (m[0] + 0x1.8p23) - 0x1.8p23;
  sum2 r = exact_sum(upper * row[0] - 1, (m[0] - upper) * row[0]);
  double q = r.high, z = q * q;
  double rest = z * ((-0.5 + q * 0x1.5555555555555p-2) + z * ((-0.25 + q * 0x1.999999999999ap-3) +
                                                              z * ((-0x1.5555555555555p-3 + q * 0x1.2492492492492p-3) +
                                                                   z * -0.125)));
  // log 2 in two parts, of which the first is a multiple of 2^-42. The sum is 0 or larger than r.
  sum2 sum = ordered_sum(k[0] * 0x1.62e42fefa38p-1 + row[1], q);
  double low = (r.low - q * r.low) + (row[2] + k[0] * 0x1.ef35793c7673p-45) + rest;
  return ordered_sum(sum.high, sum.low + low);
}

// The result of all logarithms if x is not both positive and finite.
static double special(double x) { return log_of_special(all(x))[0]; }
static int is_ordinary(double x) { return x > 0 && x < __builtin_inf(); }

double lc_log(double x) { return is_ordinary(x) ? log_sum(x).high : special(x); }

static double times(sum2 l, double factor, double factor_low) {
  sum2 product = exact_product(l.high, factor);
  return product.high + (product.low + (l.high * factor_low + l.low * factor));
}

double lc_log2(double x) {
  return is_ordinary(x) ? times(log_sum(x), 0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56) : special(x);
}

double lc_log10(double x) {
  return is_ordinary(x) ? times(log_sum(x), 0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57) : special(x);
}

// 1 + x = w + d exactly, and log(w + d) = log w + d / w - ..., whose further terms are below a relative 2^-60 for the
// remaining x.
double lc_log1p(double x) {
  if (x != x || x == __builtin_inf()) return x;
  if (x <= -1) return x == -1 ? -__builtin_inf() : __builtin_nan("");
  if (__builtin_fabs(x) < 0x1p-54) return x;
  if (__builtin_fabs(x) < 0x1p-16) {
    // x - x^2 / 2 + x^3 / 3 - x^4 / 4, whose next term is below 2^-66 of x.
    return x - x * x * (0.5 - x * (0x1.5555555555555p-2 - x * 0.25));
  }
  sum2 w = exact_sum(1, x), l = log_sum(w.high);
  return l.high + (l.low + w.low / w.high);
}

// log(x + sqrt(x^2 + 1)); below 1 as log(1 + x + x^2 / (1 + sqrt(1 + x^2))), where nothing cancels.
double lc_asinh(double x) {
  double size = __builtin_fabs(x), value;
  if (x != x || size < 0x1p-28 || size == __builtin_inf()) return x;
  if (size > 0x1p28) {
    sum2 l = log_sum(size);
    value = l.high + (l.low + 0x1.62e42fefa39efp-1);
  } else {
    double square = size * size, root = __builtin_sqrt(1 + square);
    value = size >= 1 ? lc_log(size + root) : lc_log1p(size + square / (1 + root));
  }
  return x < 0 ? -value : value;
}
