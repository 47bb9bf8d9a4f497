// Arithmetic, comparison and choice, draw by draw.
//
// Each loop is one operation per draw and is left to the compiler to vectorise. The pragma states the contract of
// CBlockKernels.h: an output is an input or does not overlap it, so that vectorisation needs no check at run time (and
// also happens in place).

#define EACH_DRAW _Pragma("clang loop vectorize(assume_safety)") for (ptrdiff_t i = 0; i < count; i++)

// Three functions for an operation on x and y: NAME_column_column, NAME_column_scalar and NAME_scalar_column.
#define BINARY(NAME, EXPRESSION)                                                                       \
  static void NAME##_column_column(const double *a, const double *b, double *out, ptrdiff_t count) { \
    EACH_DRAW { const double x = a[i], y = b[i]; out[i] = EXPRESSION; }                                \
  }                                                                                                    \
  static void NAME##_column_scalar(const double *a, double y, double *out, ptrdiff_t count) {         \
    EACH_DRAW { const double x = a[i]; out[i] = EXPRESSION; }                                          \
  }                                                                                                    \
  static void NAME##_scalar_column(double x, const double *b, double *out, ptrdiff_t count) {         \
    EACH_DRAW { const double y = b[i]; out[i] = EXPRESSION; }                                          \
  }

BINARY(add, x + y)
BINARY(subtract, x - y)
BINARY(multiply, x * y)
BINARY(divide, x / y)
// The comparison is false for a NaN on either side and so gives y: right when that is the NaN.
BINARY(minimum, x != x ? x : (x < y ? x : y))
BINARY(maximum, x != x ? x : (x > y ? x : y))
// A condition on a non-finite value is NaN, so that a draw with an undefined condition is never counted as true or
// false. `&` and `|` instead of `&&` and `||` avoid branches.
#define IS_FINITE(x) (__builtin_fabs(x) < __builtin_inf())
#define CONDITION(NAME, TEST) \
  BINARY(NAME, (IS_FINITE(x) & IS_FINITE(y)) ? ((TEST) ? 1.0 : 0.0) : __builtin_nan(""))

CONDITION(equal, x == y)
CONDITION(not_equal, x != y)
CONDITION(less, x < y)
CONDITION(less_or_equal, x <= y)
CONDITION(greater, x > y)
CONDITION(greater_or_equal, x >= y)
CONDITION(logical_and, (x != 0) & (y != 0))
CONDITION(logical_or, (x != 0) | (y != 0))

static void negate(const double *x, double *out, ptrdiff_t count) { EACH_DRAW { out[i] = -x[i]; } }

static void absolute_value(const double *x, double *out, ptrdiff_t count) {
  EACH_DRAW { out[i] = __builtin_fabs(x[i]); }
}

static void logical_not(const double *x, double *out, ptrdiff_t count) {
  EACH_DRAW { out[i] = IS_FINITE(x[i]) ? (x[i] == 0 ? 1.0 : 0.0) : __builtin_nan(""); }
}

// `sqrt` itself may set errno, which prevents the vectorisation of a loop.
INLINE lanes square_root_lanes(lanes x) { return __builtin_elementwise_sqrt(x); }
static void square_root(const double *x, double *out, ptrdiff_t count) { map(square_root_lanes, x, out, count); }

static void fill(double value, double *out, ptrdiff_t count) { EACH_DRAW { out[i] = value; } }

static void affine(double scale, const double *x, double shift, double *out, ptrdiff_t count) {
  EACH_DRAW { out[i] = scale * x[i] + shift; }
}

static void multiply_add(const double *a, const double *b, const double *c, double *out, ptrdiff_t count) {
  EACH_DRAW { out[i] = a[i] * b[i] + c[i]; }
}

static void select_column(const double *condition, const double *a, const double *b, double *out, ptrdiff_t count) {
  // Both are read for every condition, so that the choice needs no branch.
  EACH_DRAW {
    const double c = condition[i], x = a[i], y = b[i];
    const double chosen = c != 0 ? x : y;
    out[i] = IS_FINITE(c) ? chosen : __builtin_nan("");
  }
}
