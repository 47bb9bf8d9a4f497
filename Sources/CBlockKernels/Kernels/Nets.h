// Blocks of structured designs: digital nets and Latin hypercubes.

// Point 32 a + b of an aligned block of a digital net in base 2 is base ^ rows[a] ^ row[b], where the bits of a and b
// select among the block's ten columns: two tables of 32 words, then one operation per value.
static void net_block(const uint64_t *columns, uint64_t base, double *out) {
  uint64_t row[32], start[32];
  row[0] = 0;
  start[0] = base;
  for (int bit = 0; bit < 5; bit++) {
    for (int i = 0; i < 1 << bit; i++) {
      row[(1 << bit) + i] = row[i] ^ columns[bit];
      start[(1 << bit) + i] = start[i] ^ columns[5 + bit];
    }
  }
  for (int a = 0; a < 32; a++) {
    for (int b = 0; b < 32; b += LANES) {
      lanes_u words;
      __builtin_memcpy(&words, row + b, sizeof words);
      store(out + 32 * a + b, probability_of((words ^ start[a]) << 12));
    }
  }
}

// A point's stratum is its index under a keyed permutation of 0 ... 2^14 - 1: a Feistel network of eight rounds on the
// two halves of 7 bits (Luby & Rackoff 1988, doi:10.1137/0217022). The round function is the upper bits of a hash of
// the half and a 32-bit key, with the multipliers of MurmurHash3's finaliser (Appleby 2011). With four rounds, the
// differences of neighbouring strata reveal the network; with six and eight, no test distinguished it from random
// orders. Rounds of multiplications by random odd numbers had weak keys even with eight.
INLINE words permuted(words x, const uint32_t *keys) {
  words left = x >> 7, right = x & 0x7f;
  for (int round = 0; round < 8; round++) {
    words hash = (right ^ keys[round]) * 0x85ebca6b;
    hash ^= hash >> 13;
    hash = (hash * 0xc2b2ae35) >> 25;
    words next = left ^ hash;
    left = right;
    right = next;
  }
  return left << 7 | right;
}

static void strata_block(lc_key key, uint64_t block, const uint32_t *keys, uint32_t first, double *out) {
  generators g[GENERATOR_PARTS];
  start_generators(g, key, block);
  words number;
  for (int j = 0; j < WORDS; j++) number[j] = first + (uint32_t)j;
  for (int i = 0; i < LC_BLOCK; i += WORDS) {
    words stratum = permuted(number + (uint32_t)i, keys);
    for (int part = 0; part < WORDS / LANES; part++) {
      lanes_u own;
      for (int j = 0; j < LANES; j++) own[j] = stratum[part * LANES + j];
      // The stratum in the upper 14 of the 52 bits, the uniform's upper 38 below.
      lanes_u next = next_words(&g[part % GENERATOR_PARTS]);
      store(out + i + part * LANES, probability_of(own << 50 | next >> 14));
    }
  }
}
