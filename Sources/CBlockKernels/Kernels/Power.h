// x^y = exp(y log x), with the logarithm as a sum of two doubles, accurate to about 2^-64: y log x may be as large as
// 745, which amplifies the logarithm's error.
//
// log m = 2 s + s z (2/3 + z Q(z)), z = s^2, as in Logarithm.h. s, z, 2/3 and the products of their leading parts are
// carried as pairs; Q, of degree 8, is an ordinary double. Pairs follow Dekker 1971, doi:10.1007/BF01397083.
// Coefficients: Tests/VectorMathTests/Reference/make_constants.py.

typedef struct pair { lanes high, low; } pair;

// a + b as a pair, |a| >= |b|.
INLINE pair sum_of_ordered(lanes a, lanes b) {
  lanes high = a + b;
  return (pair){high, b - (high - a)};
}

// (a.high + a.low)(b.high + b.low), without the product of the low parts.
INLINE pair pair_product(pair a, pair b) {
  lanes high = a.high * b.high;
  lanes low = product_error(a.high, b.high, high) + (a.high * b.low + a.low * b.high);
  return sum_of_ordered(high, low);
}

// The logarithm of a positive finite number as a pair.
INLINE pair log_pair(lanes x) {
  lanes k, m;
  split_subnormal_too(x, &k, &m);
  lanes f = m - 1;
  // m + 1 as a pair; either may be the larger (m < 1 or m > 1), so in the six operations that need no order.
  lanes d = m + 1, d_part = d - m;
  lanes d_low = (m - (d - d_part)) + (1 - d_part);
  pair s;
  s.high = f / d;
  lanes back = s.high * d;
  s.low = (((f - back) - product_error(s.high, d, back)) - s.high * d_low) / d;
  pair z = pair_product(s, s);
  lanes z2 = z.high * z.high, z4 = z2 * z2;
  lanes q = (0x1.999999999999ap-2 + 0x1.2492492492491p-2 * z.high) +
            (0x1.c71c71c71cfd9p-3 + 0x1.745d174513593p-3 * z.high) * z2 +
            ((0x1.3b13b1bc75cd4p-3 + 0x1.1110dfad0f8eap-3 * z.high) +
             (0x1.e1f7fa7547177p-4 + 0x1.ac4a89c964b82p-4 * z.high + 0x1.b8d433113b7fap-4 * z2) * z2) * z4;
  pair bracket = sum_of_ordered(all(0x1.5555555555555p-1), 0x1.5555555555555p-55 + z.high * q);
  pair correction = pair_product(s, pair_product(z, bracket));
  pair log_m = sum_of_ordered(2 * s.high, correction.high);
  log_m.low += 2 * s.low + correction.low;
  // log 2 in two parts, of which the first has 42 bits, so that k times it is exact.
  lanes k_high = k * 0x1.62e42fefa38p-1;
  pair result = sum_of_ordered(k_high, log_m.high);
  result.low += log_m.low + k * 0x1.ef35793c7673p-45;
  // With k = 0 the larger part is log m.
  return sum_of_ordered(result.high, result.low);
}

// The result of pow where x or y is 0, infinite, NaN, or x negative; `magnitude` is |x|^y in ordinary cases. As in C
// (IEEE 754-2019, 9.2.1), anything to the power 0 is 1, and so is 1 to any power.
static double power_special(double x, double y, double magnitude) {
  const double infinity = __builtin_inf();
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return x + y;
  double size = __builtin_fabs(x);
  if (y == infinity || y == -infinity) {
    if (size == 1) return 1;
    return (size > 1) == (y > 0) ? infinity : 0;
  }
  // From 2^53 on every double is even.
  int whole = __builtin_fabs(y) >= 0x1p53 || (double)(int64_t)y == y;
  int odd = __builtin_fabs(y) < 0x1p53 && whole && ((int64_t)y & 1);
  double result = magnitude;
  if (size == 0 || size == infinity) result = (size == 0) == (y > 0) ? 0 : infinity;
  if (x < 0 && !whole && size != infinity && size != 0) return __builtin_nan("");
  return odd && __builtin_signbit(x) ? -result : result;
}

INLINE lanes power_lanes(lanes x, lanes y) {
  const double infinity = __builtin_inf();
  lanes size = absolute(x), y_size = absolute(y);
  lanes_i ordinary = (x > 0) & (x < infinity) & (y_size < infinity);
  pair l = log_pair(size);
  // Beyond 2^70 every result except for x = 1 is 0 or infinite already; the products below stay finite.
  lanes held = choose(y > 0x1p70, all(0x1p70), choose(y < -0x1p70, all(-0x1p70), y));
  lanes high = held * l.high;
  lanes low = product_error(held, l.high, high) + held * l.low;
  // Where the exponential is clamped to its bounds, the low part is no longer small, but irrelevant.
  low = choose(absolute(high) < 800, low, all(0));
  lanes result = exp_of_pair(high, low);
  if (any(~ordinary)) {
    for (int j = 0; j < LANES; j++)
      if (!ordinary[j]) result[j] = power_special(x[j], y[j], result[j]);
  }
  return result;
}

static void power_column_column(const double *a, const double *b, double *out, ptrdiff_t count) {
  ptrdiff_t i = 0;
  for (; i + LANES <= count; i += LANES) store(out + i, power_lanes(load(a + i), load(b + i)));
  if (i < count) {
    double x[LANES], y[LANES];
    store(x, all(1));
    store(y, all(1));
    size_t bytes = (size_t)(count - i) * sizeof(double);
    __builtin_memcpy(x, a + i, bytes);
    __builtin_memcpy(y, b + i, bytes);
    store(x, power_lanes(load(x), load(y)));
    __builtin_memcpy(out + i, x, bytes);
  }
}

// The one-column forms broadcast the number to a column on the stack and use the loop above, so that there is one loop.
#define SPREAD 64

static void power_column_scalar(const double *a, double y, double *out, ptrdiff_t count) {
  double spread[SPREAD];
  for (int j = 0; j < SPREAD; j++) spread[j] = y;
  for (ptrdiff_t i = 0; i < count; i += SPREAD)
    power_column_column(a + i, spread, out + i, count - i < SPREAD ? count - i : SPREAD);
}

static void power_scalar_column(double x, const double *b, double *out, ptrdiff_t count) {
  double spread[SPREAD];
  for (int j = 0; j < SPREAD; j++) spread[j] = x;
  for (ptrdiff_t i = 0; i < count; i += SPREAD)
    power_column_column(spread, b + i, out + i, count - i < SPREAD ? count - i : SPREAD);
}

// log10 x = log x / log 10 in pairs, so that powers of ten give integers.
INLINE lanes log10_lanes(lanes x) {
  pair l = log_pair(x);
  pair result = pair_product(l, (pair){all(0x1.bcb7b1526e50ep-2), all(0x1.95355baaafad3p-57)});
  lanes_i ordinary = (x > 0) & (x < __builtin_inf());
  return choose(ordinary, result.high, log_of_special(x));
}

static void logarithm10(const double *x, double *out, ptrdiff_t count) { map(log10_lanes, x, out, count); }

INLINE void whole_power_group(const double *x, int32_t exponent, double *out, ptrdiff_t left, int parts) {
  group square = load_group(x, left, parts), result = group_of(1, parts);
  for (uint32_t rest = exponent < 0 ? 0u - (uint32_t)exponent : (uint32_t)exponent; rest != 0; rest >>= 1) {
    if (rest & 1)
      for (int j = 0; j < parts; j++) result.part[j] *= square.part[j];
    if (rest > 1)
      for (int j = 0; j < parts; j++) square.part[j] *= square.part[j];
  }
  if (exponent < 0)
    for (int j = 0; j < parts; j++) result.part[j] = 1 / result.part[j];
  store_group(out, result, left, parts);
}

// x^n by squaring; a negative n by the reciprocal of x^|n|.
static void whole_power(const double *x, int32_t exponent, double *out, ptrdiff_t count) {
  EACH_GROUP(whole_power_group(x + i, exponent, out + i, count - i, parts))
}
