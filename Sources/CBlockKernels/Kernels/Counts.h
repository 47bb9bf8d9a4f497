// The number of values of a block below each of some levels: a few levels in one pass over the values.

// The number of levels whose bounds and counts fit into registers together.
#define LEVELS LANES

// `own` is a compile-time constant at each call, so that the levels stay in registers.
INLINE void count_below_some(const double *x, const double *levels, int own, int64_t *below, ptrdiff_t count) {
  lanes level[LEVELS];
  lanes_i in[LEVELS], one = (lanes_i){0} + 1;
#if LANES == 8
  // Comparisons give flags that can mask one addition; if the compiler knew the summand, it would convert the flags to
  // numbers first.
  __asm__("" : "+v"(one));
#endif
  for (int k = 0; k < own; k++) {
    level[k] = all(levels[k]);
    in[k] = (lanes_i){0};
  }
  ptrdiff_t i = 0;
  for (; i + LANES <= count; i += LANES) {
    const lanes values = load(x + i);
    for (int k = 0; k < own; k++) in[k] += one & (values < level[k]);
  }
  for (int k = 0; k < own; k++) below[k] += __builtin_reduce_add(in[k]);
  for (; i < count; i++) {
    for (int k = 0; k < own; k++) below[k] += x[i] < levels[k];
  }
}

static void count_below(const double *x, const double *levels, ptrdiff_t level_count, int64_t *below, ptrdiff_t count) {
  ptrdiff_t first = 0;
  for (; first + LEVELS <= level_count; first += LEVELS)
    count_below_some(x, levels + first, LEVELS, below + first, count);
  // The remaining levels, by powers of two: no pass counts a level twice or unnecessarily.
  for (int own = LEVELS / 2; own > 0; own /= 2) {
    if (level_count - first < own) continue;
    switch (own) {
      case 4: count_below_some(x, levels + first, 4, below + first, count); break;
      case 2: count_below_some(x, levels + first, 2, below + first, count); break;
      default: count_below_some(x, levels + first, 1, below + first, count);
    }
    first += own;
  }
}
