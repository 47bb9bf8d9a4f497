// Block kernels: the inner loops over columns of draws.
//
// A column is `count` doubles at any alignment. An output may be exactly one of the inputs, but may not partially
// overlap one. Every kernel exists once for each instruction path of the machine, and all paths give the same bits:
// operations on a draw depend on that draw alone, products and sums are rounded separately (a fused operation is used
// only to find a product's rounding error, which does not depend on the method), sums over draws have a fixed order of
// lanes, and no library function is called. The only exception is the sign and payload of a NaN, which the hardware
// determines.
//
// Structure of this target: `Kernels/` has one header per subject with the loops themselves; `PlainPath.c`,
// `AVX2Path.c` and `AVX512Path.c` compile all of them, each for its instructions; `Dispatch.c` selects a path when the
// program is loaded. `PortableMath/` has the elementary functions of one double.
#ifndef C_BLOCK_KERNELS_H
#define C_BLOCK_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "PortableMath.h"

#pragma clang assume_nonnull begin

// MARK: Instruction paths

// The instruction set of the kernels.
typedef enum lc_path {
  LC_PATH_PLAIN = 0,  // whatever the compiler assumes: SSE2 on x86-64, NEON on aarch64
  LC_PATH_AVX2 = 1,   // x86-64 with AVX2 and FMA
  LC_PATH_AVX512 = 2, // x86-64 with FMA and AVX-512 F, VL, DQ and BW
} lc_path;

// The current path.
lc_path lc_current_path(void);
// Selects a path for all threads; returns 0 if this machine does not support it. For tests and measurements.
int lc_use_path(lc_path path);

// MARK: Values made on demand

// Whether a value has been announced as complete by any thread; then everything written before is visible.
static inline int lc_is_complete(const uint8_t *flag) { return __atomic_load_n(flag, __ATOMIC_ACQUIRE) != 0; }
// Announces a value as complete.
static inline void lc_complete(uint8_t *flag) { __atomic_store_n(flag, 1, __ATOMIC_RELEASE); }

// MARK: Arithmetic

// A binary operation. Comparisons, AND and OR give 1 or 0, and NaN where an operand is not finite. AND and OR treat any
// number except 0 as true. MINIMUM and MAXIMUM are NaN if either operand is NaN.
typedef enum lc_binary {
  LC_ADD, LC_SUBTRACT, LC_MULTIPLY, LC_DIVIDE, LC_MINIMUM, LC_MAXIMUM,
  LC_EQUAL, LC_NOT_EQUAL, LC_LESS, LC_LESS_OR_EQUAL, LC_GREATER, LC_GREATER_OR_EQUAL,
  LC_AND, LC_OR,
  LC_POWER,
  LC_BINARY_COUNT
} lc_binary;

// A unary operation.
typedef enum lc_unary {
  LC_NEGATE, LC_ABSOLUTE, LC_SQUARE_ROOT, LC_NOT,
  LC_EXP, LC_LOG, LC_LOG10, LC_SINE, LC_COSINE, LC_TANGENT,
  LC_NORMAL_QUANTILE, LC_NORMAL_CDF,
  LC_UNARY_COUNT
} lc_unary;

void lc_apply_column_column(lc_binary operation, const double *a, const double *b, double *out, ptrdiff_t count);
void lc_apply_column_scalar(lc_binary operation, const double *a, double b, double *out, ptrdiff_t count);
void lc_apply_scalar_column(lc_binary operation, double a, const double *b, double *out, ptrdiff_t count);
void lc_apply_unary(lc_unary operation, const double *x, double *out, ptrdiff_t count);

void lc_fill(double value, double *out, ptrdiff_t count);
// scale * x + shift
void lc_affine(double scale, const double *x, double shift, double *out, ptrdiff_t count);
// a * b + c
void lc_multiply_add(const double *a, const double *b, const double *c, double *out, ptrdiff_t count);
// a where condition != 0, else b; NaN where the condition is not finite
void lc_select(const double *condition, const double *a, const double *b, double *out, ptrdiff_t count);
// x to an integer power, by repeated squaring
void lc_whole_power(const double *x, int32_t exponent, double *out, ptrdiff_t count);

// MARK: Several columns at once

typedef const double *lc_column;
typedef const lc_column _Nonnull *lc_columns;

// scale * x[0] * x[1] * ..., divided by y[0] * y[1] * ... if there is any y
void lc_product(double scale, lc_columns _Nonnull x, ptrdiff_t x_count, lc_columns _Nonnull y, ptrdiff_t y_count,
                double *out, ptrdiff_t count);
// shift + x[0] + x[1] + ...
void lc_sum(double shift, lc_columns _Nonnull x, ptrdiff_t x_count, double *out, ptrdiff_t count);
// shift + weights[0] * x[0] + weights[1] * x[1] + ...
void lc_weighted_sum(double shift, const double *weights, lc_columns _Nonnull x, ptrdiff_t x_count, double *out,
                     ptrdiff_t count);
// shift + weights[0] * (x[0] * y[0]) + weights[1] * (x[1] * y[1]) + ...
void lc_dot(double shift, const double *weights, lc_columns _Nonnull x, lc_columns _Nonnull y, ptrdiff_t pair_count,
            double *out, ptrdiff_t count);

// MARK: Tables

// Rows of 8 polynomial coefficients, constant first, in the position -1/2 ... 1/2 within a cell. Both kinds return
// whether any result is NaN, as those of rows without a polynomial are.

// A function of a probability u. t = min(u, 1 - u), clamped to 2^-53 ... 1/2, selects the row: 2^cells_log2 equal cells
// in each of the octaves 2^-53 ... 2^-52, ..., 1/4 ... 1/2, and one row for t = 1/2; first all rows for u <= 1/2, then
// the same number for u > 1/2. NaN gives NaN.
int lc_octave_table(const double *rows, int32_t cells_log2, const double *u, double *out, ptrdiff_t count);

// A function of z: row_count equal cells from low, cells_per_unit per unit. A z beyond the ends is clamped.
int lc_even_table(const double *rows, ptrdiff_t row_count, double low, double cells_per_unit, const double *z,
                  double *out, ptrdiff_t count);

// A discrete quantile function: the first outcome whose cumulative probability is not below u, else the last outcome.
// There is one outcome more than there are cumulative probabilities, which ascend. NaN gives NaN.
void lc_steps(const double *cumulative, const double *outcomes, ptrdiff_t outcome_count, const double *u, double *out,
              ptrdiff_t count);

// MARK: Copulas

// Copulas of two coordinates, by name; LC_COPULA_COUNT is their number.
typedef enum lc_copula { LC_CLAYTON, LC_FRANK, LC_GUMBEL, LC_COPULA_COUNT } lc_copula;

// The v with P(V <= v | U = given) = own under a copula with parameter theta, see Kernels/Copulas.h; with reflections,
// the copula is that of (1 - U, V), (U, 1 - V) or (1 - U, 1 - V). NaN gives NaN.
void lc_conditional_quantile(lc_copula copula, double theta, int reflect_given, int reflect_own, const double *given,
                             const double *own, double *out, ptrdiff_t count);

// MARK: Uniforms

// Values per address block.
#define LC_BLOCK 1024

// A stream's key; see Kernels/Uniforms.h.
typedef struct lc_key { uint64_t low, high; } lc_key;

// The 1024 probabilities (k + 1/2) * 2^-52 of a block of a stream.
void lc_uniforms(lc_key key, uint64_t block, double *out);
// The 1024 words whose upper 52 bits give the probabilities.
void lc_uniform_bits(lc_key key, uint64_t block, uint64_t *out);
// Philox4x64-10: four words from a counter of four words.
void lc_philox(lc_key key, const uint64_t *counter, uint64_t *out);

// MARK: Structured designs

// The 1024 points of an aligned block of a digital net: (k + 1/2) * 2^-52, where the k of point i is the exclusive-or
// of base and those of ten 52-bit columns that the bits of i select.
void lc_net_block(const uint64_t *columns, uint64_t base, double *out);
// Points first ... first + 1023 of a Latin hypercube of 2^14 points, each at a position in its stratum given by a block
// of uniforms. `keys` holds 8 random words, which determine the order of the strata.
void lc_strata_block(lc_key key, uint64_t block, const uint32_t *keys, uint32_t first, double *out);

// MARK: Moments

// Sums over the finite values of a block.
typedef struct lc_moments {
  double sum;             // of x - pivot
  double sum_of_squares;  // of (x - pivot)^2
  double minimum;         // infinity if no value is finite
  double maximum;         // -infinity if no value is finite
  int64_t finite;
  int64_t non_finite;
} lc_moments;

lc_moments lc_block_moments(const double *x, double pivot, ptrdiff_t count);

// MARK: Counts

// Adds the number of values below levels[k] to below[k]; a NaN is not below any level.
void lc_count_below(const double *x, const double *levels, ptrdiff_t level_count, int64_t *below, ptrdiff_t count);

// MARK: Sketch

// Bins of equal width within an octave, ascending: negative_bins, one for zero, positive_bins.
typedef struct lc_bins {
  int32_t log2_per_octave;   // at most 20
  int32_t lowest_exponent;   // the smallest octave begins at 2^lowest_exponent; at least -1022
  int32_t negative_bins;
  int32_t positive_bins;
} lc_bins;

// Writes each value's bin. The index is negative_bins + positive_bins + 1 for a value outside the bins and
// negative_bins + positive_bins + 2 for a non-finite one. Magnitudes below 2^-1022 count as zero. Returns the number
// outside.
ptrdiff_t lc_bin_indexes(lc_bins bins, const double *x, uint32_t *indexes, ptrdiff_t count);

#pragma clang assume_nonnull end

#endif
