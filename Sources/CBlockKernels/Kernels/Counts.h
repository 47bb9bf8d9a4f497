// How many values of a block lie below levels: four levels in one pass over the values.

static void count_below(const double *x, const double *levels, ptrdiff_t level_count, int64_t *below, ptrdiff_t count) {
  for (ptrdiff_t first = 0; first < level_count; first += 4) {
    const ptrdiff_t own = level_count - first < 4 ? level_count - first : 4;
    double level[4];
    for (ptrdiff_t k = 0; k < 4; k++) level[k] = levels[first + (k < own ? k : 0)];
    const lanes a = all(level[0]), b = all(level[1]), c = all(level[2]), d = all(level[3]);
    lanes_i in_a = {0}, in_b = {0}, in_c = {0}, in_d = {0};
    ptrdiff_t i = 0;
    for (; i + LANES <= count; i += LANES) {
      const lanes values = load(x + i);
      in_a -= values < a;
      in_b -= values < b;
      in_c -= values < c;
      in_d -= values < d;
    }
    int64_t sums[4] = {0};
    for (int j = 0; j < LANES; j++) {
      sums[0] += in_a[j];
      sums[1] += in_b[j];
      sums[2] += in_c[j];
      sums[3] += in_d[j];
    }
    for (; i < count; i++) {
      for (int k = 0; k < 4; k++) sums[k] += x[i] < level[k];
    }
    for (ptrdiff_t k = 0; k < own; k++) below[first + k] += sums[k];
  }
}
