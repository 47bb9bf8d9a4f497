// Exponential functions by a table of 2^(i / 128): x = (128 k + i) log 2 / 128 + r, |r| <= log 2 / 256, and
// exp x = 2^k T_i (1 + p), p = exp r - 1 (Tang 1989, doi:10.1145/63522.214389). T and p are pairs.
#include "Scalar.h"

static const double powers_of_two[128][2] = {
#include "../Constants/ExponentialRows.h"
};

// The same for n = 128 k + i and r = high + low.
static scaled_sum exponential_of_parts(double n, sum2 r) {
  int whole = (int)n, index = whole & 127;
  const double *power = powers_of_two[index];
  double x = r.high, z = x * x;
  double rest = z * (0.5 + x * 0x1.5555555555555p-3 + z * (0x1.5555555555555p-5 + x * 0x1.1111111111111p-7 +
                                                           z * 0x1.6c16c16c16c17p-10));
  sum2 p = ordered_sum(x, r.low + rest);
  sum2 product = exact_product(power[0], p.high);
  sum2 sum = ordered_sum(power[0], product.high);
  double low = sum.low + (product.low + (power[0] * p.low + (power[1] + power[1] * p.high)));
  return (scaled_sum){ordered_sum(sum.high, low), (whole - index) / 128};
}

scaled_sum lc_exp_sum(double x, double low) {
  // Adding whole_shift rounds to the nearest integer.
  double n = (x * 0x1.71547652b82fep+7 + whole_shift) - whole_shift;
  // log 2 / 128 in two parts, of which the first has 35 bits, so that n times it is exact.
  sum2 r = exact_sum(x - n * 0x1.62e42fef8p-8, low - n * 0x1.1cf79abc9e3b4p-43);
  return exponential_of_parts(n, r);
}

double lc_scaled(scaled_sum value) {
  if (value.exponent > -1022 && value.exponent < 1023)
    return value.value.high * bits_to_double((uint64_t)(value.exponent + 1023) << 52);
  // By two powers of two, neither of which overflows or underflows.
  int exponent = value.exponent > 2000 ? 2000 : value.exponent < -2000 ? -2000 : value.exponent, first = exponent / 2;
  return value.value.high * bits_to_double((uint64_t)(first + 1023) << 52) *
         bits_to_double((uint64_t)(exponent - first + 1023) << 52);
}

double lc_exp(double x) {
  if (x != x) return x;
  if (x > 710) return __builtin_inf();
  if (x < -746) return 0;
  return lc_scaled(lc_exp_sum(x, 0));
}

double lc_exp2(double x) {
  if (x != x) return x;
  if (x >= 1024) return __builtin_inf();
  if (x < -1080) return 0;
  double n = (x * 128 + whole_shift) - whole_shift, r = x - n * 0x1p-7;
  sum2 product = exact_product(r, 0x1.62e42fefa39efp-1);
  product.low += r * 0x1.abc9e3b39803fp-56;
  return lc_scaled(exponential_of_parts(n, ordered_sum(product.high, product.low)));
}

// exp(x) - 1 as a pair; 0 < |x| < 700.
static sum2 expm1_sum(double x) {
  if (__builtin_fabs(x) < 0.125) {
    // x + x^2 / 2 + x^3 q; q to x^8 / 11!, whose next term is below 2^-64 of x.
    sum2 square = exact_product(x, x);
    double q = 0x1.5555555555555p-3 +
               x * (0x1.5555555555555p-5 +
                    x * (0x1.1111111111111p-7 +
                         x * (0x1.6c16c16c16c17p-10 +
                              x * (0x1.a01a01a01a01ap-13 +
                                   x * (0x1.a01a01a01a01ap-16 +
                                        x * (0x1.71de3a556c734p-19 +
                                             x * (0x1.27e4fb7789f5cp-22 + x * 0x1.ae64567f544e4p-26)))))));
    sum2 sum = ordered_sum(x, 0.5 * square.high);
    return ordered_sum(sum.high, sum.low + (0.5 * square.low + square.high * x * q));
  }
  scaled_sum e = lc_exp_sum(x, 0);
  double unit = bits_to_double((uint64_t)(e.exponent + 1023) << 52);
  sum2 sum = exact_sum(e.value.high * unit, -1);
  return ordered_sum(sum.high, sum.low + e.value.low * unit);
}

double lc_expm1(double x) {
  if (x != x || x == 0) return x;
  if (x > 700) return lc_exp(x);
  if (x < -40) return -1;
  // Below, x^2 / 2 is less than 2^-55 of x, and its parts may underflow.
  if (__builtin_fabs(x) < 0x1p-54) return x;
  return expm1_sum(x).high;
}

// (exp x -+ exp(-x)) / 2 as a pair, 0 < x < 40, sign -1 or 1.
static sum2 half_of_both(double x, double sign) {
  scaled_sum up = lc_exp_sum(x, 0), down = lc_exp_sum(-x, 0);
  double unit = bits_to_double((uint64_t)(up.exponent + 1022) << 52);
  double other = sign * bits_to_double((uint64_t)(down.exponent + 1022) << 52);
  sum2 sum = ordered_sum(up.value.high * unit, down.value.high * other);
  return ordered_sum(sum.high, sum.low + (up.value.low * unit + down.value.low * other));
}

// exp(x) / 2 for x >= 40, from where exp(-x) is below 2^-115 of it.
static double half_of_large(double x) {
  if (x > 712) return __builtin_inf();
  scaled_sum e = lc_exp_sum(x, 0);
  e.exponent -= 1;
  return lc_scaled(e);
}

double lc_sinh(double x) {
  double size = __builtin_fabs(x), value;
  if (x != x || size < 0x1p-28) return x;
  if (size >= 40) {
    value = half_of_large(size);
  } else if (size < 0.25) {
    // x + x^3 s; s to x^8 / 11!, whose next term is below 2^-57 of x.
    double z = x * x;
    value = size + size * z * (0x1.5555555555555p-3 +
                               z * (0x1.1111111111111p-7 +
                                    z * (0x1.a01a01a01a01ap-13 +
                                         z * (0x1.71de3a556c734p-19 + z * 0x1.ae64567f544e4p-26))));
  } else {
    value = half_of_both(size, -1).high;
  }
  return x < 0 ? -value : value;
}

double lc_cosh(double x) {
  double size = __builtin_fabs(x);
  if (x != x) return x;
  return size >= 40 ? half_of_large(size) : half_of_both(size, 1).high;
}

// E / (E + 2) with E = exp(2 x) - 1.
double lc_tanh(double x) {
  double size = __builtin_fabs(x);
  if (x != x || size < 0x1p-28) return x;
  double value = 1;
  if (size < 20) {
    sum2 e = expm1_sum(2 * size);
    value = e.high / (e.high + 2);
  }
  return x < 0 ? -value : value;
}

// exp(y log |x|), with the logarithm to a relative 2^-64 and the product as a pair, because |y log x| <= 745 amplifies
// errors.
double lc_pow(double x, double y) {
  double size = __builtin_fabs(x);
  if (!(size > 0 && size < __builtin_inf() && __builtin_fabs(y) < __builtin_inf())) return power_special(x, y, 0);
  // Beyond 2^70 every result except for |x| = 1 is 0 or infinite already; the product below stays finite.
  double held = y > 0x1p70 ? 0x1p70 : y < -0x1p70 ? -0x1p70 : y, value;
  // The pair of Kernels/Power.h, accurate to 2^-64 of the logarithm.
  pair logarithm = log_pair(all(size));
  sum2 l = {logarithm.high[0], logarithm.low[0]}, product = exact_product(held, l.high);
  if (product.high > 710) {
    value = __builtin_inf();
  } else if (product.high < -746) {
    value = 0;
  } else {
    // A product whose error underflows is itself below every rounding of 1.
    value = lc_scaled(lc_exp_sum(product.high, product.low + held * l.low));
  }
  return x > 0 ? value : power_special(x, y, value);
}
