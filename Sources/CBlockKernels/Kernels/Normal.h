// The standard normal quantile function and its inverse, both read from tables in two passes (Tables.h).
//
// Quantile: (u - 1/2) f(t), t the smaller tail; f from an octave table of degree 5, 32 cells per octave: relative error
// 2e-14, rounding included, and exactly odd. Probabilities are clamped to 2^-53 ... 1 - 2^-53, and scores therefore to
// 8.2095.
// Cdf: even table of the lower tail, 32 cells per unit, up to 8.25. Results are clamped to 2^-53 ... 1 - 2^-53, so that
// a quantile function can be applied.
// Tables: Tests/VectorMathTests/Reference/make_constants.py.

static const double normal_quantile_rows[][ROW] __attribute__((aligned(64))) = {
#include "../Constants/NormalQuantileRows.h"
};

static const double normal_cdf_rows[][ROW] __attribute__((aligned(64))) = {
#include "../Constants/NormalCdfRows.h"
};

static void normal_quantile(const double *u, double *out, ptrdiff_t count) {
  places at;
  for (; count > 0; u += PLACES, out += PLACES, count -= PLACES) {
    const ptrdiff_t some = places_of(count);
    for (ptrdiff_t i = 0; i < some; i += LANES) {
      lanes_u row;
      lanes s = octave_position(tail_of(load_some(u + i, some - i)), 5, &row);
      put_place(&at, i, row, s);
    }
    for (ptrdiff_t i = 0; i < some; i += LANES) {
      // Clamped by the far side of a comparison, so that a NaN stays.
      lanes q = load_some(u + i, some - i) - 0.5;
      q = choose(-0.5 > q, all(-0.5), q);
      q = choose(0.5 < q, all(0.5), q);
      store_some(out + i, q * fifth_degree(normal_quantile_rows[0], &at, i), some - i);
    }
  }
}

static void normal_cdf(const double *z, double *out, ptrdiff_t count) {
  places at;
  for (; count > 0; z += PLACES, out += PLACES, count -= PLACES) {
    const ptrdiff_t some = places_of(count);
    for (ptrdiff_t i = 0; i < some; i += LANES) {
      lanes_u row;
      lanes s = even_position(absolute(load_some(z + i, some - i)), 264, 0, 32, &row);
      put_place(&at, i, row, s);
    }
    for (ptrdiff_t i = 0; i < some; i += LANES) {
      lanes x = load_some(z + i, some - i);
      lanes tail = at_least(seventh_degree(normal_cdf_rows[0], &at, i), 0x1p-53);
      store_some(out + i, choose(x == x, choose(x > 0, 1 - tail, tail), x), some - i);
    }
  }
}
