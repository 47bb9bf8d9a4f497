// sin, cos and tan: x = k pi / 2 + r, |r| <= pi / 4, r as a pair, then polynomials in r, selected by k mod 4.
//
// sin r = r + r z S(z), cos r = 1 - z / 2 + z^2 C(z), z = r^2, S and C of degree 6 near the best (Chebyshev): errors
// below 2e-20. Up to 2^20, k times the first three parts of pi / 2, of 33 bits each, is exact (Cody & Waite 1980,
// Software Manual for the Elementary Functions, chapter 8); beyond, the product with 2 / pi is taken in integers (Payne
// & Hanek 1983, doi:10.1145/1057600.1057602).
// Errors, measured against mpmath: sin and cos 0.7 ulp, tan 1 ulp. Constants:
// Tests/VectorMathTests/Reference/make_portable_constants.py.

static const uint64_t two_over_pi_words[] = {
#include "../Constants/TwoOverPi.h"
};

// r and k mod 4 for a positive finite number from 2^20 on.
static double large_angle_rest(double x, double *low, int64_t *quadrant) {
  uint64_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  const uint64_t mantissa = (bits & 0xfffffffffffff) | 0x10000000000000;
  // x = mantissa 2^exponent. Bits of 2 / pi whose product with x is a multiple of 4 do not matter: 192 bits from the
  // first that does, counted with the 64 zeros in front.
  const int exponent = (int)(bits >> 52) - 1075, start = exponent - 2 + 64;
  uint64_t window[3];
  for (int j = 0; j < 3; j++) {
    const uint64_t *word = two_over_pi_words + start / 64 + j;
    window[j] = start % 64 == 0 ? word[0] : word[0] << (start % 64) | word[1] >> (64 - start % 64);
  }
  // x / (2 pi) modulo 1 as 192 bits.
  unsigned __int128 part = (unsigned __int128)mantissa * window[2];
  uint64_t turn[3] = {0, 0, (uint64_t)part};
  part = (unsigned __int128)mantissa * window[1] + (uint64_t)(part >> 64);
  turn[1] = (uint64_t)part;
  turn[0] = mantissa * window[0] + (uint64_t)(part >> 64);
  *quadrant = (int64_t)(turn[0] >> 62);
  // The remainder beyond the quadrant, as 192 bits; from one half on, the complement to the next one.
  uint64_t rest[3] = {turn[0] << 2 | turn[1] >> 62, turn[1] << 2 | turn[2] >> 62, turn[2] << 2};
  double sign = 1;
  if (rest[0] >> 63) {
    *quadrant += 1;
    sign = -1;
    unsigned __int128 lower = ~((unsigned __int128)rest[1] << 64 | rest[2]) + 1;
    rest[0] = ~rest[0] + (lower == 0);
    rest[1] = (uint64_t)(lower >> 64);
    rest[2] = (uint64_t)lower;
  }
  // No double is within 2^-64 of a multiple of pi / 2 (Muller 2016, Elementary Functions, 3rd ed., section 11.3.2), so
  // that the 190 bits hold more than the 106 of a pair.
  int zeros = 0;
  if (rest[0] == 0) {
    zeros = 64;
    rest[0] = rest[1];
    rest[1] = rest[2];
    rest[2] = 0;
  }
  const int shift = __builtin_clzll(rest[0] | 1);
  if (shift > 0) {
    rest[0] = rest[0] << shift | rest[1] >> (64 - shift);
    rest[1] = rest[1] << shift | rest[2] >> (64 - shift);
  }
  // The first 53 bits, and 53 more.
  const uint64_t unit_bits = (uint64_t)(1023 - 53 - zeros - shift) << 52;
  double unit;
  __builtin_memcpy(&unit, &unit_bits, sizeof unit);
  unit *= sign;
  const double first = (double)(rest[0] >> 11) * unit;
  const double second = (double)((rest[0] & 0x7ff) << 42 | rest[1] >> 22) * (unit * 0x1p-53);
  // Times pi / 2, in pairs.
  const double pi_half = 0x1.921fb54442d18p+0, pi_half_low = 0x1.1a62633145c07p-54, split = 0x1p27 + 1;
  const double product = first * pi_half;
  const double a = first * split - (first * split - first), b = pi_half * split - (pi_half * split - pi_half);
  const double error = ((a * b - product) + a * (pi_half - b) + (first - a) * b) + (first - a) * (pi_half - b);
  const double small = error + (first * pi_half_low + second * pi_half);
  const double high = product + small;
  *low = small - (high - product);
  return high;
}

typedef struct angle { lanes high, low; lanes_u quadrant; } angle;

INLINE angle rest_of_angle(lanes x) {
  lanes shifted = x * 0x1.45f306dc9c883p-1 + whole_shift;
  lanes k = shifted - whole_shift;
  lanes first = x - k * 0x1.921fb544p+0;
  lanes b = k * 0x1.0b4611a6p-34, c = k * 0x1.3198a2ep-69;
  // Both differences with their rounding errors (Knuth's two-sum).
  lanes second = first - b, back = second - first;
  lanes lost = (first - (second - back)) - (b + back);
  lanes third = second - c, back_again = third - second;
  lost += (second - (third - back_again)) - (c + back_again);
  lost -= k * 0x1.b839a252049c1p-104;
  angle result;
  result.high = third + lost;
  result.low = lost - (result.high - third);
  result.quadrant = bits_of(shifted);
  lanes_i large = ~(absolute(x) < 0x1p20);
  if (any(large)) {
    for (int j = 0; j < LANES; j++) {
      if (!large[j]) continue;
      double size = __builtin_fabs(x[j]), low = 0, high = __builtin_nan("");
      int64_t quadrant = 0;
      if (size < __builtin_inf()) high = large_angle_rest(size, &low, &quadrant);
      result.high[j] = x[j] < 0 ? -high : high;
      result.low[j] = x[j] < 0 ? -low : low;
      result.quadrant[j] = (uint64_t)(x[j] < 0 ? -quadrant : quadrant);
    }
  }
  return result;
}

// sin r and cos r as pairs whose low parts are the rounding errors of the sum of a leading part and the small
// remainder.
INLINE void sine_and_cosine(angle a, pair *sine, pair *cosine) {
  lanes r = a.high, z = r * r, z2 = z * z, z4 = z2 * z2;
  lanes s = (-0x1.5555555555555p-3 + 0x1.1111111111110p-7 * z) + (-0x1.a01a01a019937p-13 + 0x1.71de3a54607a5p-19 * z) * z2 +
            ((-0x1.ae64541295cdfp-26 + 0x1.61217ee5cca1bp-33 * z) + -0x1.ab17bdcbd3414p-41 * z2) * z4;
  lanes c = (0x1.5555555555555p-5 + -0x1.6c16c16c16c16p-10 * z) + (0x1.a01a01a019d0ap-16 + -0x1.27e4fb7712ca2p-22 * z) * z2 +
            ((0x1.1eed8deb82809p-29 + -0x1.9394b9eb4d56dp-37 * z) + 0x1.ab78473be59d7p-45 * z2) * z4;
  lanes half = 0.5 * z, whole = 1 - half;
  *sine = sum_of_ordered(r, r * z * s + a.low * whole);
  // (1 - whole) - half is what 1 - half lost; half lost half of z's rounding error.
  lanes z_error = product_error(r, r, z);
  *cosine = sum_of_ordered(whole, ((1 - whole) - half) + (z2 * c - (r * a.low + 0.5 * z_error)));
}

// The sine of x + quarters pi / 2.
INLINE lanes sine_of_quarters(lanes x, uint64_t quarters) {
  angle a = rest_of_angle(x);
  pair s, c;
  sine_and_cosine(a, &s, &c);
  lanes_u quadrant = a.quadrant + quarters;
  lanes value = choose((lanes_i)(quadrant & 1) != 0, c.high, s.high);
  return from_bits(bits_of(value) ^ (quadrant & 2) << 62);
}

// Below 2^-30 sin x and tan x are x to 2^-61 of it; that also keeps the sign of 0.
INLINE lanes sine_lanes(lanes x) { return choose(absolute(x) < 0x1p-30, x, sine_of_quarters(x, 0)); }

INLINE lanes cosine_lanes(lanes x) { return sine_of_quarters(x, 1); }

INLINE lanes tangent_lanes(lanes x) {
  angle a = rest_of_angle(x);
  pair s, c;
  sine_and_cosine(a, &s, &c);
  // tan(r + pi / 2) = -cos r / sin r.
  lanes_i odd = (lanes_i)(a.quadrant & 1) != 0;
  lanes top = choose(odd, -c.high, s.high), top_low = choose(odd, -c.low, s.low);
  lanes bottom = choose(odd, s.high, c.high), bottom_low = choose(odd, s.low, c.low);
  lanes q = top / bottom, back = q * bottom;
  lanes left = ((top - back) - product_error(q, bottom, back)) + (top_low - q * bottom_low);
  return choose(absolute(x) < 0x1p-30, x, q + left / bottom);
}

static void sine(const double *x, double *out, ptrdiff_t count) { map(sine_lanes, x, out, count); }
static void cosine(const double *x, double *out, ptrdiff_t count) { map(cosine_lanes, x, out, count); }
static void tangent(const double *x, double *out, ptrdiff_t count) { map(tangent_lanes, x, out, count); }
