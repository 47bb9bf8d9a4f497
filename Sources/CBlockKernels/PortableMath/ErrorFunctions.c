// erf and erfc by tables of polynomials about the midpoints of cells; the value at the midpoint is a pair, so that only
// the small remainder is rounded.
#include "Scalar.h"

enum { ERF_ROW = 13, SCALED_ROW = 11 };

static const double erf_rows[][ERF_ROW] = {
#include "../Constants/ErrorFunctionRows.h"
};

static const double scaled_rows[][SCALED_ROW] = {
#include "../Constants/ScaledErrorRows.h"
};

// f(c + t): the pair in front of a row, and t times the polynomial of the other coefficients.
static sum2 row_value(const double *row, int length, double t) {
  double sum = row[length - 1];
  for (int j = length - 2; j >= 2; j--) sum = sum * t + row[j];
  return ordered_sum(row[0], row[1] + t * sum);
}

// erf x, 0 <= x < 6.
static sum2 erf_sum(double x) {
  if (x < 0.25) {
    double z = x * x;
    double p = -0x1.812746b0379e7p-2 +
               z * (0x1.ce2f21a042be2p-4 +
                    z * (-0x1.b82ce31288b50p-6 +
                         z * (0x1.565bcd0e6a3eep-8 +
                              z * (-0x1.c02db4000a9adp-11 +
                                   z * (0x1.f9a326ab7e32bp-14 +
                                        z * (-0x1.f4d219c873fc4p-17 +
                                             z * (0x1.b9c5da134a76ap-20 + z * -0x1.56a197860affbp-23)))))));
    sum2 head = exact_product(x, 0x1.20dd750429b6dp+0);
    return ordered_sum(head.high, head.low + (x * 0x1.1ae3a914fed80p-56 + x * z * p));
  }
  int cell = (int)(x * 8);
  return row_value(erf_rows[cell - 2], ERF_ROW, x - (cell * 0.125 + 0.0625));
}

double lc_erf(double x) {
  if (x != x) return x;
  double size = __builtin_fabs(x);
  // Where the error of a product may underflow: 2 x / sqrt(pi).
  if (size < 0x1p-900) return x * 0x1.20dd750429b6dp+0;
  double value = size < 6 ? erf_sum(size).high : 1;
  return x < 0 ? -value : value;
}

double lc_erfc(double x) {
  if (x != x) return x;
  if (x < 0.25) {
    if (x <= -6) return 2;
    if (__builtin_fabs(x) < 0x1p-60) return 1;
    sum2 value = erf_sum(__builtin_fabs(x));
    if (x < 0) value = (sum2){-value.high, -value.low};
    sum2 sum = ordered_sum(1, -value.high);
    return sum.high + (sum.low - value.low);
  }
  if (x >= 28) return 0;
  // exp(-x^2) times a function without an exponential, in one of 16 cells of the octave 2^(exponent - 2).
  int exponent = x < 0.5 ? 0 : x < 1 ? 1 : x < 2 ? 2 : x < 4 ? 3 : x < 8 ? 4 : x < 16 ? 5 : 6;
  double width = bits_to_double((uint64_t)(1023 - 6 + exponent) << 52), low = 16 * width;
  int cell = (int)((x - low) / width);
  sum2 factor = row_value(scaled_rows[16 * exponent + cell], SCALED_ROW, x - (low + (cell + 0.5) * width));
  sum2 square = exact_product(x, x);
  scaled_sum e = lc_exp_sum(-square.high, -square.low);
  sum2 product = exact_product(e.value.high, factor.high);
  product.low += e.value.high * factor.low + e.value.low * factor.high;
  return lc_scaled((scaled_sum){ordered_sum(product.high, product.low), e.exponent});
}
