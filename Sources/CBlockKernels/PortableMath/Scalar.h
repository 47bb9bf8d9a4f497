// Common definitions of the functions of one double: the block kernels' pairs in lanes of one, and pairs of plain
// doubles.
//
// This is compiled for the architecture's baseline, so that the code is the same on all processors.
#ifndef LC_SCALAR_H
#define LC_SCALAR_H

#include <stddef.h>
#include <stdint.h>

#include "../include/PortableMath.h"

#pragma STDC FP_CONTRACT OFF
// Lanes of one are passed only between inlined functions.
#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang diagnostic ignored "-Wunused-function"

#define LANES 1
#if defined(__aarch64__)
#define LANE_FUSED
#endif
#include "../Kernels/Lanes.h"
#include "../Kernels/Groups.h"
#include "../Kernels/Exponential.h"
#include "../Kernels/Logarithm.h"
#include "../Kernels/Power.h"

// The unevaluated sum of two doubles.
typedef struct sum2 { double high, low; } sum2;

static inline double bits_to_double(uint64_t bits) {
  double x;
  __builtin_memcpy(&x, &bits, sizeof x);
  return x;
}

// a + b exactly, |a| >= |b| or a = 0.
static inline sum2 ordered_sum(double a, double b) {
  double high = a + b;
  return (sum2){high, b - (high - a)};
}

// a + b exactly.
static inline sum2 exact_sum(double a, double b) {
  double high = a + b, part = high - a;
  return (sum2){high, (a - (high - part)) + (b - part)};
}

// a b exactly, unless a part over- or underflows.
static inline sum2 exact_product(double a, double b) {
  double high = a * b;
  return (sum2){high, product_error(all(a), all(b), all(high))[0]};
}

// exp(x + low) = (high + low) 2^exponent to about 2^-66 of it, high between 1 and 2 or rounded to 2; for |x| < 2^19 and
// |low| far below the spacing of |x| or 1.
typedef struct scaled_sum { sum2 value; int exponent; } scaled_sum;
scaled_sum lc_exp_sum(double x, double low);

// (high + low) 2^exponent, rounded once unless it is subnormal.
double lc_scaled(scaled_sum value);

#endif
