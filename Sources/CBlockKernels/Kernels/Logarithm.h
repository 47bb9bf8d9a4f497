// log x = k log 2 + log m, m between sqrt(1/2) and sqrt(2).
//
// With f = m - 1 and s = f / (2 + f), log m = log((1 + s) / (1 - s)) = 2 s + s R, R = 2/3 s^2 + 2/5 s^4 + ...; since 2
// s = f - s f, and s f = f^2/2 - s f^2/2, log m = f - (f^2/2 - s (f^2/2 + R)), where f is exact and only small terms
// are rounded. R / s^2 is a polynomial of degree 6 in s^2, near the best one (Chebyshev): the relative error of the
// result is below 1e-17. Coefficients: Tests/VectorMathTests/Reference/make_constants.py.

// A positive normal number's k and m.
INLINE void split_by_power_of_two(lanes x, lanes *k, lanes *m) {
  // Moving 1 to the position of sqrt(1/2) makes the exponent field step where m has to wrap round.
  const uint64_t one = 0x3ff0000000000000, root_half = 0x3fe6a09e667f3bcd;
  lanes_u moved = bits_of(x) + (one - root_half);
  // The field as a double: its bits below those of 2^52.
  *k = from_bits((moved >> 52) | 0x4330000000000000) - (0x1p52 + 1023);
  *m = from_bits((moved & 0xfffffffffffff) + root_half);
}

// The same for any positive finite number: subnormal ones are scaled up first.
INLINE void split_subnormal_too(lanes x, lanes *k, lanes *m) {
  lanes_i subnormal = x < 0x1p-1022;
  split_by_power_of_two(choose(subnormal, x * 0x1p54, x), k, m);
  *k -= choose(subnormal, all(54), all(0));
}

// The result of log for a number that is not both positive and finite.
INLINE lanes log_of_special(lanes x) {
  lanes nan = all(__builtin_nan(""));
  lanes at_or_below_zero = choose(x == 0, all(-__builtin_inf()), nan);
  return choose(x <= 0, at_or_below_zero, x);
}

// k log 2 + log m.
INLINE lanes log_of_parts(lanes k, lanes m) {
  lanes f = m - 1;
  lanes s = f / (2 + f), z = s * s, z2 = z * z;
  lanes p = (0x1.5555555555558p-1 + 0x1.99999999952d7p-2 * z) +
            ((0x1.2492492df281ap-2 + 0x1.c71c62e3f11e6p-3 * z) +
             (0x1.7462b51cb66b1p-3 + 0x1.39fe51a7c18f9p-3 * z + 0x1.2b5900de53b32p-3 * z2) * z2) * z2;
  lanes half_square = 0.5 * f * f;
  lanes small = half_square - (s * (half_square + z * p) + k * 0x1.a39ef35793c76p-33);
  return k * 0x1.62e42feep-1 - (small - f);
}

INLINE lanes log_lanes(lanes x) {
  lanes k, m;
  if (any(~((x >= 0x1p-1022) & (x < __builtin_inf())))) {
    split_subnormal_too(x, &k, &m);
    return choose((x > 0) & (x < __builtin_inf()), log_of_parts(k, m), log_of_special(x));
  }
  split_by_power_of_two(x, &k, &m);
  return log_of_parts(k, m);
}

// log(1 + x), x > -1, with relative accuracy also for small x: the rounding of 1 + x cancels in the quotient (Higham,
// Accuracy and Stability of Numerical Algorithms, 2nd ed., 2002, section 1.14.1).
INLINE lanes log1p_lanes(lanes x) {
  lanes w = 1 + x, d = w - 1;
  return choose((d == 0) | (w >= __builtin_inf()), x, log_lanes(w) * (x / d));
}

static void logarithm(const double *x, double *out, ptrdiff_t count) { map(log_lanes, x, out, count); }
