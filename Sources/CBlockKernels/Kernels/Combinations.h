// Products and sums of several columns in one pass.
//
// A pass over a column costs about as much as the arithmetic of several, so a product of k columns holds 16 draws in
// registers and goes through the columns for those. Draws are combined from the first column to the last.

#define GROUP 16

typedef struct group { lanes part[GROUP / LANES]; } group;

// The draws from `first` on, up to 16; the rest of a last, shorter group is 1.
INLINE group load_group(const double *x, ptrdiff_t first, ptrdiff_t count) {
  group g;
  if (first + GROUP <= count) {
    for (int j = 0; j < GROUP / LANES; j++) g.part[j] = load(x + first + j * LANES);
  } else {
    double tail[GROUP];
    for (int j = 0; j < GROUP; j++) tail[j] = 1;
    __builtin_memcpy(tail, x + first, (size_t)(count - first) * sizeof(double));
    for (int j = 0; j < GROUP / LANES; j++) g.part[j] = load(tail + j * LANES);
  }
  return g;
}

INLINE void store_group(double *out, ptrdiff_t first, ptrdiff_t count, group g) {
  if (first + GROUP <= count) {
    for (int j = 0; j < GROUP / LANES; j++) store(out + first + j * LANES, g.part[j]);
  } else {
    double tail[GROUP];
    for (int j = 0; j < GROUP / LANES; j++) store(tail + j * LANES, g.part[j]);
    __builtin_memcpy(out + first, tail, (size_t)(count - first) * sizeof(double));
  }
}

INLINE group group_of(double x) {
  group g;
  for (int j = 0; j < GROUP / LANES; j++) g.part[j] = all(x);
  return g;
}

static void product(double scale, lc_columns x, ptrdiff_t x_count, lc_columns y, ptrdiff_t y_count,
                    double *out, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i += GROUP) {
    group above = group_of(scale);
    for (ptrdiff_t k = 0; k < x_count; k++) {
      group g = load_group(x[k], i, count);
      for (int j = 0; j < GROUP / LANES; j++) above.part[j] *= g.part[j];
    }
    if (y_count > 0) {
      group below = load_group(y[0], i, count);
      for (ptrdiff_t k = 1; k < y_count; k++) {
        group g = load_group(y[k], i, count);
        for (int j = 0; j < GROUP / LANES; j++) below.part[j] *= g.part[j];
      }
      for (int j = 0; j < GROUP / LANES; j++) above.part[j] /= below.part[j];
    }
    store_group(out, i, count, above);
  }
}

static void sum(double shift, lc_columns x, ptrdiff_t x_count, double *out, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i += GROUP) {
    group total = group_of(shift);
    for (ptrdiff_t k = 0; k < x_count; k++) {
      group g = load_group(x[k], i, count);
      for (int j = 0; j < GROUP / LANES; j++) total.part[j] += g.part[j];
    }
    store_group(out, i, count, total);
  }
}

static void weighted_sum(double shift, const double *weights, lc_columns x, ptrdiff_t x_count, double *out,
                         ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i += GROUP) {
    group total = group_of(shift);
    for (ptrdiff_t k = 0; k < x_count; k++) {
      group g = load_group(x[k], i, count);
      for (int j = 0; j < GROUP / LANES; j++) total.part[j] += weights[k] * g.part[j];
    }
    store_group(out, i, count, total);
  }
}

static void dot(double shift, lc_columns x, lc_columns y, ptrdiff_t pair_count, double *out,
                ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i += GROUP) {
    group total = group_of(shift);
    for (ptrdiff_t k = 0; k < pair_count; k++) {
      group g = load_group(x[k], i, count), h = load_group(y[k], i, count);
      for (int j = 0; j < GROUP / LANES; j++) total.part[j] += g.part[j] * h.part[j];
    }
    store_group(out, i, count, total);
  }
}
