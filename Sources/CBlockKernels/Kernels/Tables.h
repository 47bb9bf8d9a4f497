// Tabulated functions: a row of polynomial coefficients for each cell.
//
// A table is read in two passes over some draws: first their positions, then their rows. In a single pass, each row's
// index would be extracted from a vector register just after it was computed, and the loads of the row would wait for
// it, which takes a quarter longer with AVX-512 and half as long again without. Rows are loaded by neighbouring
// coefficients and transposed in registers: a gather of each coefficient takes 1.7 times as long on AMD Zen 3 and 4,
// and saves a twentieth on Intel Sapphire Rapids.

typedef double two __attribute__((vector_size(16)));
typedef double four __attribute__((vector_size(32)));
typedef uint32_t lanes_u32 __attribute__((vector_size(4 * LANES)));

// Capacity of a row in coefficients: a cache line.
#define ROW 8

// Number of draws whose positions are computed at a time. They stay in the first-level cache; anything from 128 to 1024
// is as fast.
#define PLACES 256

// The positions at which some draws read a table: the row's first coefficient, and the position within the row's cell.
typedef struct places {
  double positions[PLACES];
  uint32_t starts[PLACES];
} places;

INLINE void put_place(places *to, ptrdiff_t i, lanes_u row, lanes position) {
  lanes_u32 start = __builtin_convertvector(row * ROW, lanes_u32);
  __builtin_memcpy(to->starts + i, &start, sizeof start);
  store(to->positions + i, position);
}

INLINE ptrdiff_t places_of(ptrdiff_t count) { return count < PLACES ? count : PLACES; }

#if LANES == 8

// Four neighbouring numbers from each of two addresses.
INLINE lanes two_fours(const double *first, const double *second) {
  four x, y;
  __builtin_memcpy(&x, first, sizeof x);
  __builtin_memcpy(&y, second, sizeof y);
  return __builtin_shufflevector(x, y, 0, 1, 2, 3, 4, 5, 6, 7);
}

// Coefficients 0 ... 3 of the rows that begin at these places.
INLINE void four_coefficients(const double *rows, const uint32_t *start, lanes *coefficient) {
  lanes a = two_fours(rows + start[0], rows + start[2]), b = two_fours(rows + start[1], rows + start[3]);
  lanes c = two_fours(rows + start[4], rows + start[6]), d = two_fours(rows + start[5], rows + start[7]);
  lanes ab_even = __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14);
  lanes ab_odd = __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
  lanes cd_even = __builtin_shufflevector(c, d, 0, 8, 2, 10, 4, 12, 6, 14);
  lanes cd_odd = __builtin_shufflevector(c, d, 1, 9, 3, 11, 5, 13, 7, 15);
  coefficient[0] = __builtin_shufflevector(ab_even, cd_even, 0, 1, 4, 5, 8, 9, 12, 13);
  coefficient[1] = __builtin_shufflevector(ab_odd, cd_odd, 0, 1, 4, 5, 8, 9, 12, 13);
  coefficient[2] = __builtin_shufflevector(ab_even, cd_even, 2, 3, 6, 7, 10, 11, 14, 15);
  coefficient[3] = __builtin_shufflevector(ab_odd, cd_odd, 2, 3, 6, 7, 10, 11, 14, 15);
}

// Two neighbouring numbers from each of four addresses.
INLINE lanes four_twos(const double *first, const double *second, const double *third, const double *fourth) {
  two x[4];
  __builtin_memcpy(&x[0], first, sizeof(two));
  __builtin_memcpy(&x[1], second, sizeof(two));
  __builtin_memcpy(&x[2], third, sizeof(two));
  __builtin_memcpy(&x[3], fourth, sizeof(two));
  four low = __builtin_shufflevector(x[0], x[1], 0, 1, 2, 3), high = __builtin_shufflevector(x[2], x[3], 0, 1, 2, 3);
  return __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7);
}

// Coefficients 0 and 1 of the rows that begin at these places.
INLINE void two_coefficients(const double *rows, const uint32_t *start, lanes *coefficient) {
  lanes a = four_twos(rows + start[0], rows + start[2], rows + start[4], rows + start[6]);
  lanes b = four_twos(rows + start[1], rows + start[3], rows + start[5], rows + start[7]);
  coefficient[0] = __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14);
  coefficient[1] = __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
}

#else

// Two neighbouring numbers from each of two addresses.
INLINE lanes two_twos(const double *first, const double *second) {
  two x, y;
  __builtin_memcpy(&x, first, sizeof x);
  __builtin_memcpy(&y, second, sizeof y);
  return __builtin_shufflevector(x, y, 0, 1, 2, 3);
}

// Coefficients 0 and 1 of the rows that begin at these places.
INLINE void two_coefficients(const double *rows, const uint32_t *start, lanes *coefficient) {
  lanes a = two_twos(rows + start[0], rows + start[2]), b = two_twos(rows + start[1], rows + start[3]);
  coefficient[0] = __builtin_shufflevector(a, b, 0, 4, 2, 6);
  coefficient[1] = __builtin_shufflevector(a, b, 1, 5, 3, 7);
}

// Coefficients 0 ... 3 of the rows that begin at these places.
INLINE void four_coefficients(const double *rows, const uint32_t *start, lanes *coefficient) {
  two_coefficients(rows, start, coefficient);
  two_coefficients(rows + 2, start, coefficient + 2);
}

#endif

// The polynomials at some positions, from i on.
INLINE lanes seventh_degree(const double *rows, const places *at, ptrdiff_t i) {
  lanes c[8], s = load(at->positions + i);
  four_coefficients(rows, at->starts + i, c);
  four_coefficients(rows + 4, at->starts + i, c + 4);
  lanes s2 = s * s, s4 = s2 * s2;
  lanes first = c[1] * s + (c[2] + c[3] * s) * s2, second = (c[4] + c[5] * s) + (c[6] + c[7] * s) * s2;
  return c[0] + (first + second * s4);
}

INLINE lanes fifth_degree(const double *rows, const places *at, ptrdiff_t i) {
  lanes c[6], s = load(at->positions + i);
  four_coefficients(rows, at->starts + i, c);
  two_coefficients(rows + 4, at->starts + i, c + 4);
  lanes s2 = s * s, s4 = s2 * s2;
  return c[0] + ((c[1] * s + (c[2] + c[3] * s) * s2) + (c[4] + c[5] * s) * s4);
}

// The row and the position within it of a tail probability t in 2^-53 ... 1/2.
INLINE lanes octave_position(lanes t, int cells_log2, lanes_u *row) {
  lanes_u b = bits_of(t);
  *row = (b >> (52 - cells_log2)) - ((uint64_t)(1023 - 53) << cells_log2);
  // The mantissa bits below the cell's, as a number 1 ... 2.
  return from_bits(((b << cells_log2) & 0xfffffffffffff) | 0x3ff0000000000000) - 1.5;
}

INLINE lanes tail_of(lanes u) {
  lanes rest = 1 - u;
  // Clamped to at least 2^-53; a NaN too, so that no row outside the table is ever read.
  return at_least(choose(u < rest, u, rest), 0x1p-53);
}

static int octave_table(const double *rows, int32_t cells_log2, const double *u, double *out, ptrdiff_t count) {
  const uint64_t upper = ((uint64_t)52 << cells_log2) + 1;
  lanes_i missing = {0};
  places at;
  for (; count > 0; u += PLACES, out += PLACES, count -= PLACES) {
    const ptrdiff_t some = places_of(count);
    for (ptrdiff_t i = 0; i < some; i += LANES) {
      lanes p = load_some(u + i, some - i);
      lanes_u row;
      lanes s = octave_position(tail_of(p), cells_log2, &row);
      put_place(&at, i, row + ((lanes_u)(p > 0.5) & upper), s);
    }
    for (ptrdiff_t i = 0; i < some; i += LANES) {
      lanes p = load_some(u + i, some - i);
      lanes value = choose(p == p, seventh_degree(rows, &at, i), p);
      missing |= value != value;
      store_some(out + i, value, some - i);
    }
  }
  return any(missing);
}

// The row, clamped to the table, and the position of z within it. A NaN is clamped to the last row.
INLINE lanes even_position(lanes z, ptrdiff_t row_count, double low, double cells_per_unit, lanes_u *row) {
  // Relative to the middle of the first cell, and clamped to one ulp below the end of the last, which would be rounded
  // up.
  const double first = -low * cells_per_unit - 0.5, last = ((double)row_count - 0.5) * 0x1.fffffffffffffp-1;
  lanes place = at_least(at_most(z * cells_per_unit + first, last), -0.5);
  // The cell that contains the position; at a boundary either neighbour, whose polynomials agree there.
  lanes shifted = place + whole_shift;
  *row = bits_of(shifted) - bits_of(all(whole_shift));
  return place - (shifted - whole_shift);
}

static int even_table(const double *rows, ptrdiff_t row_count, double low, double cells_per_unit, const double *z,
                      double *out, ptrdiff_t count) {
  lanes_i missing = {0};
  places at;
  for (; count > 0; z += PLACES, out += PLACES, count -= PLACES) {
    const ptrdiff_t some = places_of(count);
    for (ptrdiff_t i = 0; i < some; i += LANES) {
      lanes_u row;
      lanes s = even_position(load_some(z + i, some - i), row_count, low, cells_per_unit, &row);
      put_place(&at, i, row, s);
    }
    for (ptrdiff_t i = 0; i < some; i += LANES) {
      lanes x = load_some(z + i, some - i);
      lanes value = choose(x == x, seventh_degree(rows, &at, i), x);
      missing |= value != value;
      store_some(out + i, value, some - i);
    }
  }
  return any(missing);
}
