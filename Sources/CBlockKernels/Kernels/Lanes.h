// Several draws in parallel, in the compiler's portable vector types: four or eight, as defined in a path's file.
//
// If the machine's registers are narrower, the compiler uses several. All bits of a lane of a comparison are ones or
// zeros.

typedef double lanes __attribute__((vector_size(8 * LANES)));
typedef int64_t lanes_i __attribute__((vector_size(8 * LANES)));
typedef uint64_t lanes_u __attribute__((vector_size(8 * LANES)));

#define INLINE static inline __attribute__((always_inline))

INLINE lanes load(const double *x) {
  lanes v;
  __builtin_memcpy(&v, x, sizeof v);
  return v;
}

INLINE void store(double *out, lanes v) { __builtin_memcpy(out, &v, sizeof v); }

INLINE lanes all(double x) {
  lanes v;
  for (int j = 0; j < LANES; j++) v[j] = x;
  return v;
}

INLINE lanes_u all_u(uint64_t x) { return (lanes_u){0} + x; }

INLINE lanes_u bits_of(lanes v) { return (lanes_u)v; }
INLINE lanes from_bits(lanes_u v) { return (lanes)v; }

INLINE lanes choose(lanes_i mask, lanes a, lanes b) {
  return (lanes)(((lanes_i)a & mask) | ((lanes_i)b & ~mask));
}

INLINE lanes absolute(lanes v) { return from_bits(bits_of(v) & all_u(INT64_MAX)); }

INLINE int any(lanes_i mask) { return __builtin_reduce_or(mask) != 0; }

// Bit j is that of lane j. One instruction if the path has it; the portable version takes eight.
INLINE uint64_t flags_of(lanes_i mask) {
#if defined(LANE_FLAGS)
  return LANE_FLAGS(mask);
#else
  lanes_i bit;
  for (int j = 0; j < LANES; j++) bit[j] = 1 << j;
  return (uint64_t)__builtin_reduce_or(mask & bit);
#endif
}

INLINE lanes_u exclusive_or(lanes_u a, lanes_u b, lanes_u c) {
#if defined(LANE_EXCLUSIVE_OR)
  return LANE_EXCLUSIVE_OR(a, b, c);
#else
  return a ^ b ^ c;
#endif
}

// x or the bound, and the bound for a NaN.
INLINE lanes at_least(lanes x, double bound) { return choose(x > bound, x, all(bound)); }
INLINE lanes at_most(lanes x, double bound) { return choose(x < bound, x, all(bound)); }

// The draws of a column from here on that fill the lanes, padded with 1/2 if fewer are left.
INLINE lanes load_some(const double *x, ptrdiff_t left) {
  if (left >= LANES) return load(x);
  double some[LANES];
  store(some, all(0.5));
  __builtin_memcpy(some, x, (size_t)left * sizeof(double));
  return load(some);
}

INLINE void store_some(double *out, lanes v, ptrdiff_t left) {
  if (left >= LANES) {
    store(out, v);
  } else {
    __builtin_memcpy(out, &v, (size_t)left * sizeof(double));
  }
}

// Applies a function of lanes to a column. The last draws go through the same function in a padded group, so that a
// draw's value does not depend on its position in the column.
INLINE void map(lanes (*f)(lanes), const double *x, double *out, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i += LANES) store_some(out + i, f(load_some(x + i, count - i)), count - i);
}

// Adding this number to |x| < 2^51 rounds x to the nearest integer, ties to even, and leaves that integer in the low
// bits of the sum.
static const double whole_shift = 0x1.8p52;

// product + error = a * b exactly, for the rounded product, unless something overflows or underflows: by a fused
// operation if the path has one, otherwise by splitting both numbers (Dekker 1971, doi:10.1007/BF01397083). The error
// is a double, so both methods give the same bits; this is the only use of fused operations.
INLINE lanes product_error(lanes a, lanes b, lanes product) {
#if defined(LANE_FUSED)
  return __builtin_elementwise_fma(a, b, -product);
#else
  const double split = 0x1p27 + 1;
  lanes a_high = a * split - (a * split - a), b_high = b * split - (b * split - b);
  lanes a_low = a - a_high, b_low = b - b_high;
  return ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
#endif
}
