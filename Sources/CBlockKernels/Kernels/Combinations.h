// Products and sums of several columns at once.
//
// Reading a column costs about as much as several arithmetic operations, so a product of k columns holds a group of
// draws in registers and iterates over the columns for those. Draws are combined from the first column to the last.

INLINE group product_of(double scale, lc_columns x, ptrdiff_t x_count, ptrdiff_t i, ptrdiff_t left, int parts) {
  group all_of_them = group_of(scale, parts);
  for (ptrdiff_t k = 0; k < x_count; k++) {
    group g = load_group(x[k] + i, left, parts);
    for (int j = 0; j < parts; j++) all_of_them.part[j] *= g.part[j];
  }
  return all_of_them;
}

INLINE void product_group(double scale, lc_columns x, ptrdiff_t x_count, lc_columns y, ptrdiff_t y_count, double *out,
                          ptrdiff_t i, ptrdiff_t left, int parts) {
  group above = product_of(scale, x, x_count, i, left, parts);
  if (y_count > 0) {
    group below = product_of(1, y, y_count, i, left, parts);
    for (int j = 0; j < parts; j++) above.part[j] /= below.part[j];
  }
  store_group(out + i, above, left, parts);
}

static void product(double scale, lc_columns x, ptrdiff_t x_count, lc_columns y, ptrdiff_t y_count,
                    double *out, ptrdiff_t count) {
  EACH_GROUP(product_group(scale, x, x_count, y, y_count, out, i, count - i, parts))
}

INLINE void sum_group(double shift, lc_columns x, ptrdiff_t x_count, double *out, ptrdiff_t i, ptrdiff_t left,
                      int parts) {
  group total = group_of(shift, parts);
  for (ptrdiff_t k = 0; k < x_count; k++) {
    group g = load_group(x[k] + i, left, parts);
    for (int j = 0; j < parts; j++) total.part[j] += g.part[j];
  }
  store_group(out + i, total, left, parts);
}

static void sum(double shift, lc_columns x, ptrdiff_t x_count, double *out, ptrdiff_t count) {
  EACH_GROUP(sum_group(shift, x, x_count, out, i, count - i, parts))
}

INLINE void weighted_sum_group(double shift, const double *weights, lc_columns x, ptrdiff_t x_count, double *out,
                               ptrdiff_t i, ptrdiff_t left, int parts) {
  group total = group_of(shift, parts);
  for (ptrdiff_t k = 0; k < x_count; k++) {
    group g = load_group(x[k] + i, left, parts);
    for (int j = 0; j < parts; j++) total.part[j] += weights[k] * g.part[j];
  }
  store_group(out + i, total, left, parts);
}

static void weighted_sum(double shift, const double *weights, lc_columns x, ptrdiff_t x_count, double *out,
                         ptrdiff_t count) {
  EACH_GROUP(weighted_sum_group(shift, weights, x, x_count, out, i, count - i, parts))
}

INLINE void dot_group(double shift, const double *weights, lc_columns x, lc_columns y, ptrdiff_t pair_count, double *out,
                      ptrdiff_t i, ptrdiff_t left, int parts) {
  group total = group_of(shift, parts);
  for (ptrdiff_t k = 0; k < pair_count; k++) {
    group g = load_group(x[k] + i, left, parts), h = load_group(y[k] + i, left, parts);
    for (int j = 0; j < parts; j++) total.part[j] += weights[k] * (g.part[j] * h.part[j]);
  }
  store_group(out + i, total, left, parts);
}

static void dot(double shift, const double *weights, lc_columns x, lc_columns y, ptrdiff_t pair_count, double *out,
                ptrdiff_t count) {
  EACH_GROUP(dot_group(shift, weights, x, y, pair_count, out, i, count - i, parts))
}
