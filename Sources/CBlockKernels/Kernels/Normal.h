// The standard normal quantile function and its inverse, from tables of degree 7.
//
// Quantile: octave table of one side, 8 cells an octave; the other side by symmetry. Probabilities are held in
// 2^-53 ... 1 - 2^-53, scores therefore within 8.2095.
// Cdf: even table of the lower tail, 32 cells a unit, to 8.25. Results are held in 2^-53 ... 1 - 2^-53, so that a
// quantile function can follow.

static const double normal_quantile_rows[] = {
#include "../Constants/NormalQuantileRows.h"
};

static const double normal_cdf_rows[] = {
#include "../Constants/NormalCdfRows.h"
};

INLINE lanes normal_quantile_lanes(lanes u) {
  lanes_u row;
  lanes s = octave_position(tail_of(u), 3, &row);
  lanes z = table_rows(normal_quantile_rows, row, s);
  // z <= 0 is that of the lower tail; the sign bit of 1/2 - u turns it over for the upper one.
  z = from_bits(bits_of(z) ^ (bits_of(0.5 - u) & (uint64_t)1 << 63));
  return choose(u == u, z, u);
}

static void normal_quantile(const double *u, double *out, ptrdiff_t count) {
  map(normal_quantile_lanes, u, out, count);
}

INLINE lanes normal_cdf_lanes(lanes z) {
  lanes_u row;
  lanes s = even_position(absolute(z), 264, 0, 32, &row);
  lanes tail = at_least(table_rows(normal_cdf_rows, row, s), 0x1p-53);
  lanes u = choose(z > 0, 1 - tail, tail);
  return choose(z == z, u, z);
}

static void normal_cdf(const double *z, double *out, ptrdiff_t count) { map(normal_cdf_lanes, z, out, count); }
