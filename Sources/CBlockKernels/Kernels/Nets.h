// Blocks of structured designs: digital nets and Latin hypercubes.

// Point 32 a + b of an aligned block of a digital net in base 2 is base ^ rows[a] ^ row[b], where the bits of a and b
// choose among the block's ten columns: two tables of 32 words, then one operation a value.
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

// A point's stratum is its number sent through a keyed permutation of 0 ... 2^14 - 1: a Feistel network of eight rounds
// on its two halves of 7 bits (Luby & Rackoff 1988, doi:10.1137/0217022). A round's function is the upper bits of a
// hash of the half and a 32-bit key, by the multipliers of MurmurHash3's finaliser (Appleby 2011). With four rounds the
// differences of neighbouring strata betray the network, with six and eight no test told it from random orders;
// rounds of multiplications by random odd numbers, tried before, had weak keys even at eight.
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
  generators low = generators_at(key, block, 0), high = generators_at(key, block, LANES);
  words number = {first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6, first + 7};
  for (int i = 0; i < LC_BLOCK; i += 2 * LANES) {
    words stratum = permuted(number + (uint32_t)i, keys);
    lanes_u a = {stratum[0], stratum[1], stratum[2], stratum[3]};
    lanes_u b = {stratum[4], stratum[5], stratum[6], stratum[7]};
    // The stratum in the upper 14 of the 52 bits, the uniform's upper 38 below.
    store(out + i, probability_of(a << 50 | next_words(&low) >> 14));
    store(out + i + LANES, probability_of(b << 50 | next_words(&high) >> 14));
  }
}
