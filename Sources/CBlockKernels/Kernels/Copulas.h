// Conditional quantile functions of copulas of two coordinates: out is the v for which P(V <= v | U = u) = w, so that
// independent uniform u and w become the pair (u, v) with the copula.
//
// `reflect_given` and `reflect_own` rotate the copula: u is replaced by 1 - u, v by 1 - v (and w by 1 - w, so that v
// still increases with w). Results are clamped to 2^-53 ... 1 - 2^-53, so that a quantile function can be applied.

INLINE lanes held_probability(lanes v) {
  return choose(v == v, at_most(at_least(v, 0x1p-53), 1 - 0x1p-53), v);
}

// exp(-depth) or 1 - exp(-depth).
INLINE lanes of_depth(lanes depth, int reflected) {
  return reflected ? -expm1_lanes(-depth) : exp_lanes(-depth);
}

// Clayton 1978 (doi:10.1093/biomet/65.1.141), C = (u^-t + v^-t - 1)^(-1/t), t > 0: with A = -t / (1 + t) log w and
// B = -t log u, -log v = log(1 + (exp(A) - 1) exp(B)) / t. Where exp(B) might overflow, nothing cancels in
// B + log(exp(A) - 1 + exp(-B)).
INLINE lanes clayton_lanes(lanes u, lanes w, double theta, int reflected) {
  lanes depth_u = -theta * log_lanes(u);
  lanes grown = expm1_lanes(-theta / (1 + theta) * log_lanes(w));
  lanes depth = log1p_lanes(grown * exp_lanes(depth_u));
  if (any(depth_u > 300)) depth = choose(depth_u > 300, depth_u + log_lanes(grown + exp_lanes(-depth_u)), depth);
  return of_depth(depth / theta, reflected);
}

// Frank 1979 (doi:10.1007/BF02189866), C = -log(1 + (exp(-t u) - 1)(exp(-t v) - 1) / (exp(-t) - 1)) / t, t > 0:
// v = log(1 + w (1 - exp(-t)) / ((1 - w) exp(-t u) + w exp(-t))) / t.
INLINE lanes frank_lanes(lanes u, lanes w, double theta, int reflected) {
  (void)reflected;  // it is its own reflection in both, so that the caller reflects u alone
  lanes below = (1 - w) * exp_lanes(-theta * u) + w * exp_lanes(all(-theta));
  return log1p_lanes(w * -expm1_lanes(all(-theta)) / below) / theta;
}

// Gumbel 1960 (Publ. Inst. Statist. Univ. Paris 9, 171-173), C = exp(-(x^t + y^t)^(1/t)), x = -log u, y = -log v,
// t > 1. With (x^t + y^t)^(1/t) = x exp(r), P(V <= v | U = u) = w is x (exp(r) - 1) + (t - 1) r = -log w, whose left
// side is convex in r. From the smaller of two upper bounds, four of Halley's steps reach the last bit (checked for t =
// 1.001 ... 50 and both probabilities in 2^-53 ... 1 - 2^-53). Then y^t = x^t (exp(t r) - 1).
INLINE lanes gumbel_lanes(lanes u, lanes w, double theta, int reflected) {
  const double slope = theta - 1;
  lanes x = -log_lanes(u), depth = -log_lanes(w);
  lanes bound = depth / (x + slope), other = log1p_lanes(depth / x);
  lanes r = choose(other < bound, other, bound);
  for (int step = 0; step < 4; step++) {
    lanes grown = x * expm1_lanes(r);
    lanes second = grown + x, first = second + slope;
    lanes miss = grown + slope * r - depth;
    r -= 2 * miss * first / (2 * first * first - miss * second);
  }
  lanes power = theta * r;
  lanes log_y = log_lanes(x) + (power + log_lanes(-expm1_lanes(-power))) / theta;
  return of_depth(exp_lanes(log_y), reflected);
}

// Applies a copula to columns; the last draws as in `map`.
#define CONDITIONAL(NAME, REFLECT_U, REFLECT_W)                                                                        \
  static void NAME##_conditional(double theta, int reflect_given, int reflect_own, const double *u, const double *w,  \
                                 double *out, ptrdiff_t count) {                                                      \
    const int turn_u = REFLECT_U, turn_w = REFLECT_W;                                                                 \
    for (ptrdiff_t i = 0; i < count; i += LANES) {                                                                    \
      double given[LANES], own[LANES];                                                                                \
      store(given, all(0.5));                                                                                         \
      store(own, all(0.5));                                                                                           \
      size_t bytes = (size_t)(count - i < LANES ? count - i : LANES) * sizeof(double);                                \
      __builtin_memcpy(given, u + i, bytes);                                                                          \
      __builtin_memcpy(own, w + i, bytes);                                                                            \
      lanes p = load(given), q = load(own);                                                                           \
      lanes v = NAME##_lanes(turn_u ? 1 - p : p, turn_w ? 1 - q : q, theta, reflect_own);                             \
      store(own, held_probability(v));                                                                                \
      __builtin_memcpy(out + i, own, bytes);                                                                          \
    }                                                                                                                 \
  }

CONDITIONAL(clayton, reflect_given, reflect_own)
CONDITIONAL(frank, reflect_given != reflect_own, 0)
CONDITIONAL(gumbel, reflect_given, reflect_own)
