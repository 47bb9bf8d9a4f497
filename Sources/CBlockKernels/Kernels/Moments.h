// Sums over a block, in a fixed order: value i goes to lane i mod 8, and the eight lanes are added pairwise.

typedef struct moment_lanes { lanes sum, squares, minimum, maximum; lanes_i finite; } moment_lanes;

INLINE void add_to_moments(moment_lanes *m, lanes x, double pivot, lanes_i counted) {
  const double infinity = __builtin_inf();
  lanes_i finite = (absolute(x) < infinity) & counted;
  lanes d = from_bits(bits_of(x - pivot) & (lanes_u)finite);
  m->sum += d;
  m->squares += d * d;
  lanes low = choose(finite, x, all(infinity)), high = choose(finite, x, all(-infinity));
  m->minimum = choose(low < m->minimum, low, m->minimum);
  m->maximum = choose(high > m->maximum, high, m->maximum);
  m->finite -= finite;
}

static lc_moments block_moments(const double *x, double pivot, ptrdiff_t count) {
  const double infinity = __builtin_inf();
  const lanes_i every = {-1, -1, -1, -1};
  moment_lanes a = {all(0), all(0), all(infinity), all(-infinity), {0}}, b = a;
  ptrdiff_t i = 0;
  for (; i + 2 * LANES <= count; i += 2 * LANES) {
    add_to_moments(&a, load(x + i), pivot, every);
    add_to_moments(&b, load(x + i + LANES), pivot, every);
  }
  if (i < count) {
    double tail[2 * LANES] = {0};
    int64_t counted[2 * LANES] = {0};
    for (ptrdiff_t j = 0; i + j < count; j++) {
      tail[j] = x[i + j];
      counted[j] = -1;
    }
    add_to_moments(&a, load(tail), pivot, (lanes_i){counted[0], counted[1], counted[2], counted[3]});
    add_to_moments(&b, load(tail + LANES), pivot, (lanes_i){counted[4], counted[5], counted[6], counted[7]});
  }
  lanes s = a.sum + b.sum, q = a.squares + b.squares;
  lanes low = choose(b.minimum < a.minimum, b.minimum, a.minimum);
  lanes high = choose(b.maximum > a.maximum, b.maximum, a.maximum);
  lanes_i n = a.finite + b.finite;
  lc_moments result = {(s[0] + s[2]) + (s[1] + s[3]), (q[0] + q[2]) + (q[1] + q[3]), low[0], high[0], 0, 0};
  for (int j = 0; j < LANES; j++) {
    if (low[j] < result.minimum) result.minimum = low[j];
    if (high[j] > result.maximum) result.maximum = high[j];
    result.finite += n[j];
  }
  result.non_finite = count - result.finite;
  return result;
}
