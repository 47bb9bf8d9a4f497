// Prints a digest of every kernel's results over ordinary and extreme values, a line a kernel, for each instruction
// path that the machine has. Two machines whose lines are alike compute alike; .ci/aarch64 compares them.
//
// Built from the sources of CBlockKernels alone. NaNs count as one: their sign and payload are the hardware's.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CBlockKernels.h"

enum { VALUES = 4096 + 37, ROWS = 2 * ((52 << 3) + 1), SCORE_ROWS = 264 };

static double a[VALUES], b[VALUES], c[VALUES], u[VALUES], out[VALUES];
static double rows[ROWS * 8], score_rows[SCORE_ROWS * 8];
static uint32_t indexes[VALUES];

static uint64_t state = 99;
static uint64_t next_word(void) {
  state = state * 6364136223846793005 + 1442695040888963407;
  return state ^ state >> 29;
}

static double from_word(uint64_t word) {
  double x;
  memcpy(&x, &word, sizeof x);
  return x;
}

// Special values, any bits, numbers of ordinary size and small whole numbers, in turn.
static double value(int n) {
  static const double special[] = {
    0, -0.0, 1, -1, 1.0 / 0.0, -1.0 / 0.0, 0.0 / 0.0, 0x1p-1074, -0x1p-1074, 0x1p-1022, 0x1.fffffffffffffp1023,
    0.5, 2, 3, 710, -746, 0x1p-53, 1 - 0x1p-53, 8.25, -8.25, 0x1p-5, 1 - 0x1p-5,
  };
  switch (n % 5) {
    case 0: return special[next_word() % (sizeof special / sizeof special[0])];
    case 1: return from_word(next_word());
    case 2: return ((double)(next_word() >> 12) + 0.5) * 0x1p-52;
    case 3: return ((double)(next_word() >> 12) - 0x1p51) * 0x1p-48;
    default: return (double)(next_word() % 19) - 9;
  }
}

// FNV-1a over 64-bit words.
static uint64_t digest_of_words(const void *from, size_t count) {
  uint64_t digest = 0xcbf29ce484222325;
  for (size_t i = 0; i < count; i++) {
    uint64_t word;
    memcpy(&word, (const char *)from + 8 * i, sizeof word);
    digest = (digest ^ word) * 0x100000001b3;
  }
  return digest;
}

static void print(const char *name, int number) {
  for (int i = 0; i < VALUES; i++)
    if (out[i] != out[i]) out[i] = from_word(0x7ff8000000000000);
  printf("%s %d %016llx\n", name, number, (unsigned long long)digest_of_words(out, VALUES));
  memset(out, 0, sizeof out);
}

typedef double (*function_of_one)(double);
typedef double (*function_of_two)(double, double);

// The elementary functions of one double, which have no paths: they are part of each path's lines all the same.
static void print_portable(void) {
  const function_of_one ones[] = {lc_exp,  lc_exp2, lc_expm1, lc_log1p, lc_log, lc_log2, lc_log10, lc_sinh, lc_cosh,
                                  lc_tanh, lc_asinh, lc_sin,  lc_cos,   lc_tan, lc_asin, lc_erf,   lc_erfc};
  const function_of_two twos[] = {lc_pow, lc_atan2, lc_hypot};
  for (int number = 0; number < (int)(sizeof ones / sizeof ones[0]); number++) {
    for (int i = 0; i < VALUES; i++) out[i] = ones[number](a[i]);
    print("function", number);
    for (int i = 0; i < VALUES; i++) out[i] = ones[number](u[i]);
    print("function of probabilities", number);
  }
  for (int number = 0; number < (int)(sizeof twos / sizeof twos[0]); number++) {
    for (int i = 0; i < VALUES; i++) out[i] = twos[number](a[i], b[i]);
    print("function of two", number);
    for (int i = 0; i < VALUES; i++) out[i] = twos[number](u[i], a[i]);
    print("function of a probability and another", number);
  }
}

static void print_path(void) {
  print_portable();
  for (int operation = 0; operation < LC_BINARY_COUNT; operation++) {
    lc_apply_column_column(operation, a, b, out, VALUES);
    print("column column", operation);
    lc_apply_column_scalar(operation, a, 1.7, out, VALUES);
    print("column scalar", operation);
    lc_apply_scalar_column(operation, 1.7, b, out, VALUES);
    print("scalar column", operation);
  }
  for (int operation = 0; operation < LC_UNARY_COUNT; operation++) {
    lc_apply_unary(operation, a, out, VALUES);
    print("unary", operation);
    lc_apply_unary(operation, u, out, VALUES);
    print("unary of probabilities", operation);
  }
  lc_fill(1.7, out, VALUES);
  print("fill", 0);
  lc_affine(1.7, a, -3.1, out, VALUES);
  print("affine", 0);
  lc_multiply_add(a, b, c, out, VALUES);
  print("multiply and add", 0);
  lc_select(a, b, c, out, VALUES);
  print("select", 0);
  for (int exponent = -5; exponent <= 9; exponent += 7) {
    lc_whole_power(a, exponent, out, VALUES);
    print("whole power", exponent);
  }
  const double *lists[] = {a, b, c, u}, weights[] = {0.3, -1.7, 2.9};
  lc_product(1.1, lists, 3, lists + 1, 2, out, VALUES);
  print("product", 0);
  lc_sum(1.1, lists, 3, out, VALUES);
  print("sum", 0);
  lc_weighted_sum(1.1, weights, lists, 3, out, VALUES);
  print("weighted sum", 0);
  lc_dot(1.1, weights, lists, lists + 1, 3, out, VALUES);
  print("dot", 0);
  int missing = lc_octave_table(rows, 3, u, out, VALUES);
  print("octave table", missing);
  missing = lc_even_table(score_rows, SCORE_ROWS, -8.25, 16, a, out, VALUES);
  print("even table", missing);
  const double cumulative[] = {0.1, 0.4, 0.8}, outcomes[] = {-1, 3, 4, 11};
  lc_steps(cumulative, outcomes, 4, u, out, VALUES);
  print("steps", 0);
  for (int copula = 0; copula < LC_COPULA_COUNT; copula++) {
    for (int turned = 0; turned < 4; turned++) {
      lc_conditional_quantile(copula, 1.7, turned & 1, turned >> 1, u, u + 1, out, VALUES - 1);
      print("copula", 4 * copula + turned);
    }
  }
  const lc_key key = {0x0123456789abcdef, 0xfedcba9876543210};
  for (int block = 0; block < 3; block++) {
    lc_uniforms(key, (uint64_t)block << 40, out);
    print("uniforms", block);
    uint64_t words[LC_BLOCK];
    lc_uniform_bits(key, (uint64_t)block, words);
    printf("words %d %016llx\n", block, (unsigned long long)digest_of_words(words, LC_BLOCK));
  }
  uint64_t columns[10];
  for (int k = 0; k < 10; k++) columns[k] = (0x9e3779b97f4a7c15 * (uint64_t)(k + 1)) >> 12;
  lc_net_block(columns, 0x123456789abcd, out);
  print("net", 0);
  const uint32_t keys[8] = {1, 22, 333, 4444, 55555, 666666, 7777777, 88888888};
  lc_strata_block(key, 7, keys, 2048, out);
  print("strata", 0);
  for (int count = 1000; count < 1020; count += 3) {
    lc_moments moments = lc_block_moments(a, 0.25, count);
    lc_moments finite = lc_block_moments(u, 0.25, count);
    memcpy(out, &moments, sizeof moments);
    memcpy(out + 8, &finite, sizeof finite);
    print("moments", count);
  }
  const lc_bins bins = {.log2_per_octave = 9, .lowest_exponent = -40, .negative_bins = 44 << 9, .positive_bins = 60 << 9};
  ptrdiff_t outside = lc_bin_indexes(bins, a, indexes, VALUES);
  uint64_t sum = 0;
  for (int i = 0; i < VALUES; i++) sum = (sum ^ indexes[i]) * 0x100000001b3;
  printf("bins %d %016llx\n", (int)outside, (unsigned long long)sum);
}

int main(void) {
  for (int i = 0; i < VALUES; i++) {
    a[i] = value(i);
    b[i] = value(i / 5);
    c[i] = value(i / 25);
    u[i] = i % 11 == 10 ? value(2) * 0x1p-20 : value(2);
  }
  for (int i = 0; i < ROWS * 8; i++) rows[i] = value(3);
  for (int i = 0; i < SCORE_ROWS * 8; i++) score_rows[i] = value(3);
  for (lc_path path = LC_PATH_PLAIN; path <= LC_PATH_AVX512; path++) {
    if (!lc_use_path(path)) continue;
    printf("path %d\n", path);
    print_path();
  }
  return 0;
}
