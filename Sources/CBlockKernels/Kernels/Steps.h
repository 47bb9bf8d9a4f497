// Discrete quantile functions.

// Up to this many outcomes, each threshold is compared with a group of draws at once; for more, each draw uses
// bisection.
#define COMPARED_OUTCOMES 24

INLINE void steps_group(const double *cumulative, const double *outcomes, ptrdiff_t outcome_count, const double *u,
                        double *out, ptrdiff_t left, int parts) {
  group p = load_group(u, left, parts), x;
  for (int j = 0; j < parts; j++) x.part[j] = choose(p.part[j] == p.part[j], all(outcomes[0]), p.part[j]);
  for (ptrdiff_t k = 0; k + 1 < outcome_count; k++)
    for (int j = 0; j < parts; j++)
      x.part[j] = choose(p.part[j] > cumulative[k], all(outcomes[k + 1]), x.part[j]);
  store_group(out, x, left, parts);
}

static void steps_compared(const double *cumulative, const double *outcomes, ptrdiff_t outcome_count, const double *u,
                           double *out, ptrdiff_t count) {
  EACH_GROUP(steps_group(cumulative, outcomes, outcome_count, u + i, out + i, count - i, parts))
}

static void steps(const double *cumulative, const double *outcomes, ptrdiff_t outcome_count, const double *u,
                  double *out, ptrdiff_t count) {
  if (outcome_count <= COMPARED_OUTCOMES) {
    steps_compared(cumulative, outcomes, outcome_count, u, out, count);
    return;
  }
  for (ptrdiff_t i = 0; i < count; i++) {
    // The number of thresholds below u; the bisection has the same steps for every draw, and no branch.
    const double *first = cumulative;
    ptrdiff_t length = outcome_count - 1;
    while (length > 1) {
      ptrdiff_t half = length / 2;
      first += first[half - 1] < u[i] ? half : 0;
      length -= half;
    }
    ptrdiff_t below = (first - cumulative) + (*first < u[i]);
    out[i] = u[i] == u[i] ? outcomes[below] : u[i];
  }
}
