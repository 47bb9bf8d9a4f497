// Groups of draws that are held in registers while a kernel iterates over several columns, powers or thresholds.

// Registers per group. With fewer, switching between columns takes longer than the arithmetic; more are not available.
#define GROUP LANES

typedef struct group { lanes part[GROUP]; } group;

// CALL for the draws from i on, for every whole group of GROUP parts and then for the remaining parts one at a time,
// the last of which may have fewer draws.
#define EACH_GROUP(CALL)                                               \
  ptrdiff_t i = 0;                                                     \
  for (; i + GROUP * LANES <= count; i += GROUP * LANES) {             \
    const int parts = GROUP;                                           \
    CALL;                                                              \
  }                                                                    \
  for (; i < count; i += LANES) {                                      \
    const int parts = 1;                                               \
    CALL;                                                              \
  }

INLINE group group_of(double x, int parts) {
  group g;
  for (int j = 0; j < parts; j++) g.part[j] = all(x);
  return g;
}

INLINE group load_group(const double *x, ptrdiff_t left, int parts) {
  group g;
  if (parts == 1) {
    g.part[0] = load_some(x, left);
  } else {
    for (int j = 0; j < parts; j++) g.part[j] = load(x + j * LANES);
  }
  return g;
}

INLINE void store_group(double *out, group g, ptrdiff_t left, int parts) {
  if (parts == 1) {
    store_some(out, g.part[0], left);
  } else {
    for (int j = 0; j < parts; j++) store(out + j * LANES, g.part[j]);
  }
}
