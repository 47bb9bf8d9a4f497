// Sums over a block, in a fixed order: value i goes to lane i mod 8, and the eight lanes are added pairwise.

#define SUM_LANES 8
#define SUM_PARTS (SUM_LANES / LANES)

typedef struct moment_lanes { lanes sum, squares, minimum, maximum; lanes_i finite; } moment_lanes;

// For blocks of finite draws: the same bits, in less time.
INLINE void add_finite_to_moments(moment_lanes *m, lanes x, double pivot) {
  lanes d = x - pivot;
  m->sum += d;
  m->squares += d * d;
  m->minimum = choose(x < m->minimum, x, m->minimum);
  m->maximum = choose(x > m->maximum, x, m->maximum);
}

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

// ((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7))
INLINE double pairwise_sum(const double *x) {
  return ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
}

INLINE void start_moments(moment_lanes m[SUM_PARTS]) {
  const double infinity = __builtin_inf();
  for (int part = 0; part < SUM_PARTS; part++)
    m[part] = (moment_lanes){all(0), all(0), all(infinity), all(-infinity), {0}};
}

// The sums of a block in eight lanes; false, without sums, if a draw may be non-finite, which would make its lane's sum
// non-finite.
INLINE int finite_moments(moment_lanes m[SUM_PARTS], const double *x, double pivot, ptrdiff_t count) {
  start_moments(m);
  for (ptrdiff_t i = 0; i < count; i += SUM_LANES)
    for (int part = 0; part < SUM_PARTS; part++) add_finite_to_moments(&m[part], load(x + i + part * LANES), pivot);
  lanes_i bad = {0};
  for (int part = 0; part < SUM_PARTS; part++) {
    bad |= ~(absolute(m[part].sum) < __builtin_inf());
    m[part].finite += count / SUM_LANES;
  }
  return !any(bad);
}

static lc_moments block_moments(const double *x, double pivot, ptrdiff_t count) {
  const double infinity = __builtin_inf();
  const ptrdiff_t eights = count / SUM_LANES * SUM_LANES;
  moment_lanes m[SUM_PARTS];
  if (!finite_moments(m, x, pivot, eights)) {
    const lanes_i every = (lanes_i){0} - 1;
    start_moments(m);
    for (ptrdiff_t i = 0; i < eights; i += SUM_LANES)
      for (int part = 0; part < SUM_PARTS; part++) add_to_moments(&m[part], load(x + i + part * LANES), pivot, every);
  }
  if (eights < count) {
    double tail[SUM_LANES] = {0};
    int64_t counted[SUM_LANES] = {0};
    for (ptrdiff_t j = 0; eights + j < count; j++) {
      tail[j] = x[eights + j];
      counted[j] = -1;
    }
    for (int part = 0; part < SUM_PARTS; part++) {
      lanes_i mask;
      __builtin_memcpy(&mask, counted + part * LANES, sizeof mask);
      add_to_moments(&m[part], load(tail + part * LANES), pivot, mask);
    }
  }
  double sum[SUM_LANES], squares[SUM_LANES];
  lc_moments result = {0, 0, infinity, -infinity, 0, 0};
  for (int part = 0; part < SUM_PARTS; part++) {
    store(sum + part * LANES, m[part].sum);
    store(squares + part * LANES, m[part].squares);
    for (int j = 0; j < LANES; j++) {
      if (m[part].minimum[j] < result.minimum) result.minimum = m[part].minimum[j];
      if (m[part].maximum[j] > result.maximum) result.maximum = m[part].maximum[j];
      result.finite += m[part].finite[j];
    }
  }
  result.sum = pairwise_sum(sum);
  result.sum_of_squares = pairwise_sum(squares);
  result.non_finite = count - result.finite;
  return result;
}
