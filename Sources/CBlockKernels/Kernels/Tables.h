// Functions read from tables: a row of 8 polynomial coefficients for each cell.
//
// Rows are loaded by neighbouring coefficients and transposed in registers: a gather of each coefficient takes 1.7 times
// as long on AMD Zen 3 and 4, and saves a twentieth on Intel Sapphire Rapids.

typedef double two __attribute__((vector_size(16)));
typedef double four __attribute__((vector_size(32)));

#if LANES == 8

// Four neighbouring numbers from either place.
INLINE lanes two_fours(const double *first, const double *second) {
  four x, y;
  __builtin_memcpy(&x, first, sizeof x);
  __builtin_memcpy(&y, second, sizeof y);
  return __builtin_shufflevector(x, y, 0, 1, 2, 3, 4, 5, 6, 7);
}

// Coefficients k ... k + 3 of the rows that begin at these places, for k = 0 and 4.
INLINE void row_coefficients(const double *rows, lanes_u start, lanes *coefficient) {
  for (int k = 0; k < 8; k += 4) {
    const double *from = rows + k;
    lanes a = two_fours(from + start[0], from + start[2]), b = two_fours(from + start[1], from + start[3]);
    lanes c = two_fours(from + start[4], from + start[6]), d = two_fours(from + start[5], from + start[7]);
    lanes ab_even = __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14);
    lanes ab_odd = __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
    lanes cd_even = __builtin_shufflevector(c, d, 0, 8, 2, 10, 4, 12, 6, 14);
    lanes cd_odd = __builtin_shufflevector(c, d, 1, 9, 3, 11, 5, 13, 7, 15);
    coefficient[k] = __builtin_shufflevector(ab_even, cd_even, 0, 1, 4, 5, 8, 9, 12, 13);
    coefficient[k + 1] = __builtin_shufflevector(ab_odd, cd_odd, 0, 1, 4, 5, 8, 9, 12, 13);
    coefficient[k + 2] = __builtin_shufflevector(ab_even, cd_even, 2, 3, 6, 7, 10, 11, 14, 15);
    coefficient[k + 3] = __builtin_shufflevector(ab_odd, cd_odd, 2, 3, 6, 7, 10, 11, 14, 15);
  }
}

#else

// Two neighbouring numbers from either place.
INLINE lanes two_twos(const double *first, const double *second) {
  two x, y;
  __builtin_memcpy(&x, first, sizeof x);
  __builtin_memcpy(&y, second, sizeof y);
  return __builtin_shufflevector(x, y, 0, 1, 2, 3);
}

// The coefficients of the rows that begin at these places, two at a time.
INLINE void row_coefficients(const double *rows, lanes_u start, lanes *coefficient) {
  for (int k = 0; k < 8; k += 2) {
    const double *from = rows + k;
    lanes a = two_twos(from + start[0], from + start[2]), b = two_twos(from + start[1], from + start[3]);
    coefficient[k] = __builtin_shufflevector(a, b, 0, 4, 2, 6);
    coefficient[k + 1] = __builtin_shufflevector(a, b, 1, 5, 3, 7);
  }
}

#endif

// The polynomial of each lane's row, at s.
INLINE lanes table_rows(const double *rows, lanes_u row, lanes s) {
  lanes coefficient[8];
  row_coefficients(rows, row << 3, coefficient);
  lanes s2 = s * s, s4 = s2 * s2;
  lanes first = coefficient[1] * s + (coefficient[2] + coefficient[3] * s) * s2;
  lanes second = (coefficient[4] + coefficient[5] * s) + (coefficient[6] + coefficient[7] * s) * s2;
  return coefficient[0] + (first + second * s4);
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
  // Held at 2^-53 from below; a NaN too, so that no row outside the table is ever read.
  return at_least(choose(u < rest, u, rest), 0x1p-53);
}

static int octave_table(const double *rows, int32_t cells_log2, const double *u, double *out, ptrdiff_t count) {
  const uint64_t upper = ((uint64_t)52 << cells_log2) + 1;
  lanes_i missing = {0};
  for (ptrdiff_t i = 0; i < count; i += LANES) {
    double tail[LANES];
    const ptrdiff_t rest = count - i;
    lanes p;
    if (rest >= LANES) {
      p = load(u + i);
    } else {
      store(tail, all(0.5));
      __builtin_memcpy(tail, u + i, (size_t)rest * sizeof(double));
      p = load(tail);
    }
    lanes_u row;
    lanes s = octave_position(tail_of(p), cells_log2, &row);
    row += (lanes_u)(p > 0.5) & upper;
    lanes value = choose(p == p, table_rows(rows, row, s), p);
    missing |= value != value;
    if (rest >= LANES) {
      store(out + i, value);
    } else {
      store(tail, value);
      __builtin_memcpy(out + i, tail, (size_t)rest * sizeof(double));
    }
  }
  return any(missing);
}

// The row, held inside the table, and the position within it of z. A NaN is held at the last row.
INLINE lanes even_position(lanes z, ptrdiff_t row_count, double low, double cells_per_unit, lanes_u *row) {
  // Counted from the middle of the first cell, and held a rounding below the end of the last, which would be rounded up.
  const double first = -low * cells_per_unit - 0.5, last = ((double)row_count - 0.5) * 0x1.fffffffffffffp-1;
  lanes place = at_least(at_most(z * cells_per_unit + first, last), -0.5);
  // The cell that holds the place; at a boundary either neighbour, whose polynomials agree there.
  lanes shifted = place + whole_shift;
  *row = bits_of(shifted) - bits_of(all(whole_shift));
  return place - (shifted - whole_shift);
}

static int even_table(const double *rows, ptrdiff_t row_count, double low, double cells_per_unit, const double *z,
                       double *out, ptrdiff_t count) {
  lanes_i missing = {0};
  for (ptrdiff_t i = 0; i < count; i += LANES) {
    double tail[LANES] = {0};
    const ptrdiff_t rest = count - i;
    lanes x;
    if (rest >= LANES) {
      x = load(z + i);
    } else {
      __builtin_memcpy(tail, z + i, (size_t)rest * sizeof(double));
      x = load(tail);
    }
    lanes_u row;
    lanes s = even_position(x, row_count, low, cells_per_unit, &row);
    lanes value = choose(x == x, table_rows(rows, row, s), x);
    missing |= value != value;
    if (rest >= LANES) {
      store(out + i, value);
    } else {
      store(tail, value);
      __builtin_memcpy(out + i, tail, (size_t)rest * sizeof(double));
    }
  }
  return any(missing);
}
