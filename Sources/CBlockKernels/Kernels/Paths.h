// An instruction path: one function for each kernel. The parameters are those of CBlockKernels.h.
#ifndef LC_PATHS_H
#define LC_PATHS_H

#include "CBlockKernels.h"

typedef void (*lc_column_column)(const double *, const double *, double *, ptrdiff_t);
typedef void (*lc_column_scalar)(const double *, double, double *, ptrdiff_t);
typedef void (*lc_scalar_column)(double, const double *, double *, ptrdiff_t);
typedef void (*lc_column_to_column)(const double *, double *, ptrdiff_t);
typedef void (*lc_conditional)(double, int, int, const double *, const double *, double *, ptrdiff_t);

typedef struct lc_kernels {
  lc_column_column column_column[LC_BINARY_COUNT];
  lc_column_scalar column_scalar[LC_BINARY_COUNT];
  lc_scalar_column scalar_column[LC_BINARY_COUNT];
  lc_column_to_column unary[LC_UNARY_COUNT];
  void (*fill)(double, double *, ptrdiff_t);
  void (*affine)(double, const double *, double, double *, ptrdiff_t);
  void (*multiply_add)(const double *, const double *, const double *, double *, ptrdiff_t);
  void (*select)(const double *, const double *, const double *, double *, ptrdiff_t);
  void (*whole_power)(const double *, int32_t, double *, ptrdiff_t);
  void (*product)(double, lc_columns, ptrdiff_t, lc_columns, ptrdiff_t, double *, ptrdiff_t);
  void (*sum)(double, lc_columns, ptrdiff_t, double *, ptrdiff_t);
  void (*weighted_sum)(double, const double *, lc_columns, ptrdiff_t, double *, ptrdiff_t);
  void (*dot)(double, const double *, lc_columns, lc_columns, ptrdiff_t, double *, ptrdiff_t);
  int (*octave_table)(const double *, int32_t, const double *, double *, ptrdiff_t);
  int (*even_table)(const double *, ptrdiff_t, double, double, const double *, double *, ptrdiff_t);
  void (*steps)(const double *, const double *, ptrdiff_t, const double *, double *, ptrdiff_t);
  lc_conditional conditional[LC_COPULA_COUNT];
  void (*uniforms)(lc_key, uint64_t, double *);
  void (*uniform_bits)(lc_key, uint64_t, uint64_t *);
  void (*philox)(lc_key, const uint64_t *, uint64_t *);
  void (*net_block)(const uint64_t *, uint64_t, double *);
  void (*strata_block)(lc_key, uint64_t, const uint32_t *, uint32_t, double *);
  lc_moments (*block_moments)(const double *, double, ptrdiff_t);
  void (*count_below)(const double *, const double *, ptrdiff_t, int64_t *, ptrdiff_t);
  ptrdiff_t (*bin_indexes)(lc_bins, const double *, uint32_t *, ptrdiff_t);
} lc_kernels;

extern const lc_kernels lc_plain_kernels;
#if defined(__x86_64__)
extern const lc_kernels lc_avx2_kernels;
extern const lc_kernels lc_avx512_kernels;
#endif

#endif
