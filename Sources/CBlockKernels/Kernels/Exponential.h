// exp x = 2^k exp(r), k = x / log 2 to the nearest integer, |r| <= log(2) / 2.
//
// exp(r) = 1 + r + r^2 q(r), with q of degree 9 near the best polynomial (Chebyshev): the relative error of the
// polynomial is 2e-17. log 2 is subtracted in two parts, the first of which has 32 bits, so that k times it is exact.
// Coefficients: Tests/VectorMathTests/Reference/make_constants.py.

// 2^k r for integers k held as doubles, -2200 < k < 2200, by two factors, so that subnormal results are rounded once
// and large ones overflow to infinity.
INLINE lanes scale_by_power_of_two(lanes r, lanes k) {
  // The integer k + 2048 in the low bits, its halves in exponent fields biased by 1023.
  lanes_u biased = bits_of(k + (whole_shift + 2048)) - bits_of(all(whole_shift));
  lanes_u first = biased >> 1, second = biased - first;
  return r * from_bits((first - 1) << 52) * from_bits((second - 1) << 52);
}

// exp(r) - 1, |r| <= log(2) / 2, relative error as that of exp.
INLINE lanes expm1_of_rest(lanes r) {
  lanes r2 = r * r, r4 = r2 * r2;
  lanes q0 = 0x1.0000000000001p-1 + 0x1.5555555555556p-3 * r;
  lanes q2 = 0x1.5555555553d63p-5 + 0x1.11111111109b3p-7 * r;
  lanes q4 = 0x1.6c16c1788bd90p-10 + 0x1.a01a01a7c41d5p-13 * r;
  lanes q6 = 0x1.a019b90d2ae7ap-16 + 0x1.71de0dae63bb3p-19 * r;
  lanes q8 = 0x1.289185613a3d6p-22 + 0x1.af38a9b0ec855p-26 * r;
  lanes q = (q0 + q2 * r2) + (q4 + q6 * r2 + q8 * r4) * r4;
  return r + r2 * q;
}

// exp(r), |r| <= log(2) / 2.
INLINE lanes exp_of_rest(lanes r) { return 1 + expm1_of_rest(r); }

// x = k log 2 + r; k + whole_shift is left in `shifted`.
INLINE lanes rest_of_exponent(lanes x, lanes low, lanes *shifted, lanes *k) {
  *shifted = x * 0x1.71547652b82fep+0 + whole_shift;
  *k = *shifted - whole_shift;
  return (x - *k * 0x1.62e42feep-1) - (*k * 0x1.a39ef35793c76p-33 - low);
}

// exp(x + low) for |low| far below the spacing of 1.
INLINE lanes exp_of_pair(lanes x, lanes low) {
  lanes shifted, k;
  if (any(~(absolute(x) < 708.0))) {
    // Beyond these bounds every result is infinite or 0. A NaN fails both comparisons and stays.
    x = choose(x > 710.0, all(710.0), x);
    x = choose(x < -746.0, all(-746.0), x);
    lanes r = rest_of_exponent(x, low, &shifted, &k);
    return scale_by_power_of_two(exp_of_rest(r), k);
  }
  // Results are normal numbers, to whose exponents k is added: the same bits, in less time.
  lanes r = rest_of_exponent(x, low, &shifted, &k);
  return from_bits(bits_of(exp_of_rest(r)) + (bits_of(shifted) << 52));
}

INLINE lanes exp_lanes(lanes x) { return exp_of_pair(x, all(0)); }

// exp(x) - 1, with relative accuracy also for small x.
INLINE lanes expm1_lanes(lanes x) {
  return choose(absolute(x) <= 0.34, expm1_of_rest(x), exp_lanes(x) - 1);
}

static void exponential(const double *x, double *out, ptrdiff_t count) { map(exp_lanes, x, out, count); }
