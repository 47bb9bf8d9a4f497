// Functions read from tables: a row of 8 polynomial coefficients for each cell.
//
// Rows are loaded by pairs of coefficients and transposed in registers: a gather of each coefficient takes 1.7 times
// as long (AMD Zen 3 and 4).

// Two neighbouring numbers from either place.
INLINE lanes two_pairs(const double *first, const double *second) {
  typedef double two __attribute__((vector_size(16)));
  two x, y;
  __builtin_memcpy(&x, first, sizeof x);
  __builtin_memcpy(&y, second, sizeof y);
  return __builtin_shufflevector(x, y, 0, 1, 2, 3);
}

// The polynomials whose rows begin at these four places, at s.
INLINE lanes four_rows(const double *a, const double *b, const double *c, const double *d, lanes s) {
  lanes coefficient[8];
  for (int k = 0; k < 8; k += 2) {
    lanes ac = two_pairs(a + k, c + k), bd = two_pairs(b + k, d + k);
    coefficient[k] = __builtin_shufflevector(ac, bd, 0, 4, 2, 6);
    coefficient[k + 1] = __builtin_shufflevector(ac, bd, 1, 5, 3, 7);
  }
  lanes s2 = s * s, s4 = s2 * s2;
  lanes first = coefficient[1] * s + (coefficient[2] + coefficient[3] * s) * s2;
  lanes second = (coefficient[4] + coefficient[5] * s) + (coefficient[6] + coefficient[7] * s) * s2;
  return coefficient[0] + (first + second * s4);
}

INLINE lanes table_rows(const double *rows, lanes_u row, lanes s) {
  row <<= 3;
  return four_rows(rows + row[0], rows + row[1], rows + row[2], rows + row[3], s);
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

static void octave_table(const double *rows, int32_t cells_log2, const double *u, double *out, ptrdiff_t count) {
  const uint64_t upper = ((uint64_t)52 << cells_log2) + 1;
  ptrdiff_t i = 0;
  for (; i < count; i += LANES) {
    double tail[LANES] = {0.5, 0.5, 0.5, 0.5};
    const ptrdiff_t rest = count - i;
    lanes p;
    if (rest >= LANES) {
      p = load(u + i);
    } else {
      __builtin_memcpy(tail, u + i, (size_t)rest * sizeof(double));
      p = load(tail);
    }
    lanes_u row;
    lanes s = octave_position(tail_of(p), cells_log2, &row);
    row += (lanes_u)(p > 0.5) & upper;
    lanes value = choose(p == p, table_rows(rows, row, s), p);
    if (rest >= LANES) {
      store(out + i, value);
    } else {
      store(tail, value);
      __builtin_memcpy(out + i, tail, (size_t)rest * sizeof(double));
    }
  }
}

// The row, held inside the table, and the position within it of z.
INLINE lanes even_position(lanes z, ptrdiff_t row_count, double low, double cells_per_unit, lanes_u *row) {
  lanes place = at_most(at_least((z - low) * cells_per_unit, 0), (double)row_count);
  // The cell that holds the place; at a boundary either neighbour, whose polynomials agree there.
  lanes middle = at_most((place - 0.5 + whole_shift) - whole_shift, (double)(row_count - 1));
  middle = at_least(middle, 0);
  *row = bits_of(middle + whole_shift) - bits_of(all(whole_shift));
  return place - middle - 0.5;
}

static void even_table(const double *rows, ptrdiff_t row_count, double low, double cells_per_unit, const double *z,
                       double *out, ptrdiff_t count) {
  ptrdiff_t i = 0;
  for (; i < count; i += LANES) {
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
    if (rest >= LANES) {
      store(out + i, value);
    } else {
      store(tail, value);
      __builtin_memcpy(out + i, tail, (size_t)rest * sizeof(double));
    }
  }
}
