// One path for the whole program, selected at load time.
#include "Kernels/Paths.h"

static const lc_kernels *current = &lc_plain_kernels;

static const lc_kernels *kernels(void) { return __atomic_load_n(&current, __ATOMIC_RELAXED); }

static const lc_kernels *kernels_of(lc_path path) {
  if (path == LC_PATH_PLAIN) return &lc_plain_kernels;
#if defined(__x86_64__)
  if (path == LC_PATH_AVX2) {
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &lc_avx2_kernels;
  }
  if (path == LC_PATH_AVX512) {
    __builtin_cpu_init();
    if (__builtin_cpu_supports("fma") && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")) {
      return &lc_avx512_kernels;
    }
  }
#endif
  return 0;
}

int lc_use_path(lc_path path) {
  const lc_kernels *chosen = kernels_of(path);
  if (chosen == 0) return 0;
  __atomic_store_n(&current, chosen, __ATOMIC_RELAXED);
  return 1;
}

// Nothing else runs at load time, so that no kernel needs to check whether a path has been selected.
__attribute__((constructor)) static void choose_path(void) {
  if (!lc_use_path(LC_PATH_AVX512)) lc_use_path(LC_PATH_AVX2);
}

lc_path lc_current_path(void) {
#if defined(__x86_64__)
  if (kernels() == &lc_avx512_kernels) return LC_PATH_AVX512;
  if (kernels() == &lc_avx2_kernels) return LC_PATH_AVX2;
#endif
  return LC_PATH_PLAIN;
}

void lc_apply_column_column(lc_binary operation, const double *a, const double *b, double *out, ptrdiff_t count) {
  kernels()->column_column[operation](a, b, out, count);
}

void lc_apply_column_scalar(lc_binary operation, const double *a, double b, double *out, ptrdiff_t count) {
  kernels()->column_scalar[operation](a, b, out, count);
}

void lc_apply_scalar_column(lc_binary operation, double a, const double *b, double *out, ptrdiff_t count) {
  kernels()->scalar_column[operation](a, b, out, count);
}

void lc_apply_unary(lc_unary operation, const double *x, double *out, ptrdiff_t count) {
  kernels()->unary[operation](x, out, count);
}

void lc_fill(double value, double *out, ptrdiff_t count) { kernels()->fill(value, out, count); }

void lc_affine(double scale, const double *x, double shift, double *out, ptrdiff_t count) {
  kernels()->affine(scale, x, shift, out, count);
}

void lc_multiply_add(const double *a, const double *b, const double *c, double *out, ptrdiff_t count) {
  kernels()->multiply_add(a, b, c, out, count);
}

void lc_select(const double *condition, const double *a, const double *b, double *out, ptrdiff_t count) {
  kernels()->select(condition, a, b, out, count);
}

void lc_whole_power(const double *x, int32_t exponent, double *out, ptrdiff_t count) {
  kernels()->whole_power(x, exponent, out, count);
}

void lc_product(double scale, lc_columns x, ptrdiff_t x_count, lc_columns y, ptrdiff_t y_count,
                double *out, ptrdiff_t count) {
  kernels()->product(scale, x, x_count, y, y_count, out, count);
}

void lc_sum(double shift, lc_columns x, ptrdiff_t x_count, double *out, ptrdiff_t count) {
  kernels()->sum(shift, x, x_count, out, count);
}

void lc_weighted_sum(double shift, const double *weights, lc_columns x, ptrdiff_t x_count, double *out,
                     ptrdiff_t count) {
  kernels()->weighted_sum(shift, weights, x, x_count, out, count);
}

void lc_dot(double shift, const double *weights, lc_columns x, lc_columns y, ptrdiff_t pair_count, double *out,
            ptrdiff_t count) {
  kernels()->dot(shift, weights, x, y, pair_count, out, count);
}

int lc_octave_table(const double *rows, int32_t cells_log2, const double *u, double *out, ptrdiff_t count) {
  return kernels()->octave_table(rows, cells_log2, u, out, count);
}

int lc_even_table(const double *rows, ptrdiff_t row_count, double low, double cells_per_unit, const double *z,
                  double *out, ptrdiff_t count) {
  return kernels()->even_table(rows, row_count, low, cells_per_unit, z, out, count);
}

void lc_steps(const double *cumulative, const double *outcomes, ptrdiff_t outcome_count, const double *u, double *out,
              ptrdiff_t count) {
  kernels()->steps(cumulative, outcomes, outcome_count, u, out, count);
}

void lc_conditional_quantile(lc_copula copula, double theta, int reflect_given, int reflect_own, const double *given,
                             const double *own, double *out, ptrdiff_t count) {
  kernels()->conditional[copula](theta, reflect_given, reflect_own, given, own, out, count);
}

void lc_uniforms(lc_key key, uint64_t block, double *out) { kernels()->uniforms(key, block, out); }

void lc_uniform_bits(lc_key key, uint64_t block, uint64_t *out) { kernels()->uniform_bits(key, block, out); }

void lc_philox(lc_key key, const uint64_t *counter, uint64_t *out) { kernels()->philox(key, counter, out); }

void lc_net_block(const uint64_t *columns, uint64_t base, double *out) { kernels()->net_block(columns, base, out); }

void lc_strata_block(lc_key key, uint64_t block, const uint32_t *keys, uint32_t first, double *out) {
  kernels()->strata_block(key, block, keys, first, out);
}

lc_moments lc_block_moments(const double *x, double pivot, ptrdiff_t count) {
  return kernels()->block_moments(x, pivot, count);
}

void lc_count_below(const double *x, const double *levels, ptrdiff_t level_count, int64_t *below, ptrdiff_t count) {
  kernels()->count_below(x, levels, level_count, below, count);
}

ptrdiff_t lc_bin_indexes(lc_bins bins, const double *x, uint32_t *indexes, ptrdiff_t count) {
  return kernels()->bin_indexes(bins, x, indexes, count);
}
