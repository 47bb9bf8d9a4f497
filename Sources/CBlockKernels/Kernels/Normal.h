// The standard normal quantile function and its inverse.
//
// Quantile: for |u - 1/2| <= 15/32, which is all but a sixteenth of draws, q P(r) / Q(r) with q = u - 1/2 and
// r = (15/32)^2 - q^2, a quotient of polynomials of degrees 8 and 7 as Wichura (1988, doi:10.2307/2347330) has one for
// the middle, with coefficients for this stretch: relative error 2e-14, rounding included, and exactly odd. The tails are
// set aside and read from a table of degree 7: octave table of one side, 8 cells an octave; the other side by symmetry.
// Probabilities are held in 2^-53 ... 1 - 2^-53, scores therefore within 8.2095.
// Cdf: even table of the lower tail, 32 cells a unit, to 8.25. Results are held in 2^-53 ... 1 - 2^-53, so that a
// quantile function can follow.
// Coefficients and tables: Tests/VectorMathTests/Reference/make_constants.py.

static const double normal_quantile_rows[] = {
#include "../Constants/NormalQuantileRows.h"
};

static const double normal_cdf_rows[] = {
#include "../Constants/NormalCdfRows.h"
};

INLINE lanes central_normal_quantile(lanes q) {
  lanes r = 0.2197265625 - q * q, r2 = r * r, r4 = r2 * r2;
  lanes p0 = (0x1.fca665373ee5cp+1 + 0x1.4f412950a624bp+8 * r) + (0x1.4927653f5f68fp+13 + 0x1.2c8e350befc45p+17 * r) * r2;
  lanes p4 = (0x1.05d1226af8530p+20 + 0x1.93b6875909263p+21 * r) + (0x1.c13b12ff0442dp+21 + 0x1.877a05e167a0ap+19 * r) * r2;
  lanes q0 = (1 + 0x1.68e7ab6ecc0d8p+6 * r) + (0x1.81907097f9aaep+11 + 0x1.88bd310506666p+15 * r) * r2;
  lanes q4 = (0x1.8c3b4301ffacap+18 + 0x1.7831ef5c0d1eep+20 * r) + (0x1.22391385b9940p+21 + 0x1.f902c2d8a20a6p+19 * r) * r2;
  return q * ((p0 + (p4 - 0x1.67673779ba5ffp+15 * r4) * r4) / (q0 + q4 * r4));
}

INLINE lanes tail_normal_quantile(lanes u) {
  lanes_u row;
  lanes s = octave_position(tail_of(u), 3, &row);
  lanes z = table_rows(normal_quantile_rows, row, s);
  // z <= 0 is that of the lower tail; the sign bit of 1/2 - u turns it over for the upper one.
  z = from_bits(bits_of(z) ^ (bits_of(0.5 - u) & (uint64_t)1 << 63));
  return choose(u == u, z, u);
}

// Draws whose tails are set aside at a time: the list of them stays in the first cache.
#define QUANTILE_CHUNK 512

// The tails are found first, without a branch a draw, then the middle is computed for all draws and the tails are put
// in their places. Out may be u: the tails' probabilities are copied before.
static void normal_quantile_chunk(const double *u, double *out, int count) {
  double tails[QUANTILE_CHUNK + LANES], rest[LANES];
  int32_t places[QUANTILE_CHUNK];
  int tail_count = 0;
  const int whole = count / LANES * LANES;
  store(rest, all(0.5));
  __builtin_memcpy(rest, u + whole, (size_t)(count - whole) * sizeof(double));
  for (int first = 0; first < count; first += 64) {
    uint64_t flags = 0;
    for (int i = first; i < first + 64 && i < count; i += LANES) {
      lanes q = load(i < whole ? u + i : rest) - 0.5;
      // Also what is not a number goes to the tails.
      flags |= flags_of(~(absolute(q) <= 0.46875)) << (i - first);
    }
    for (; flags != 0; flags &= flags - 1) {
      int place = first + __builtin_ctzll(flags);
      tails[tail_count] = u[place];
      places[tail_count] = place;
      tail_count++;
    }
  }
  for (int i = 0; i < whole; i += LANES) store(out + i, central_normal_quantile(load(u + i) - 0.5));
  store(rest, central_normal_quantile(load(rest) - 0.5));
  __builtin_memcpy(out + whole, rest, (size_t)(count - whole) * sizeof(double));
  store(tails + tail_count, all(0.5));
  for (int i = 0; i < tail_count; i += LANES) {
    double z[LANES];
    store(z, tail_normal_quantile(load(tails + i)));
    for (int j = 0; j < LANES && i + j < tail_count; j++) out[places[i + j]] = z[j];
  }
}

static void normal_quantile(const double *u, double *out, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i += QUANTILE_CHUNK)
    normal_quantile_chunk(u + i, out + i, count - i < QUANTILE_CHUNK ? (int)(count - i) : QUANTILE_CHUNK);
}

INLINE lanes normal_cdf_lanes(lanes z) {
  lanes_u row;
  lanes s = even_position(absolute(z), 264, 0, 32, &row);
  lanes tail = at_least(table_rows(normal_cdf_rows, row, s), 0x1p-53);
  lanes u = choose(z > 0, 1 - tail, tail);
  return choose(z == z, u, z);
}

static void normal_cdf(const double *z, double *out, ptrdiff_t count) { map(normal_cdf_lanes, z, out, count); }
