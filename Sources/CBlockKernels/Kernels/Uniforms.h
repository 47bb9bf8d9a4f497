// Uniform probabilities, addressed by (key, block).
//
// A block is 1,024 values of eight parallel xoshiro256++ generators (Blackman & Vigna 2021, doi:10.1145/3460772): value
// 8 i + j is number i of generator j. The initial state of generator j of a block is the 256 bits that the
// counter-based cipher Philox4x64-10 (Salmon et al. 2011, doi:10.1145/2063384.2063405) computes from the counter
// (block, j, 0, 0) under the stream's 128-bit key.
//
// Generators do not collide: for one key the cipher is a bijection, so that no two (block, j) share a state. Two
// states, of one key or of two, begin runs of 128 steps on a cycle of 2^256 - 1; the probability that any two of n runs
// overlap is about n^2 128 / 2^256, which is 2^-129 for n = 2^60. (A state of zeros, which xoshiro would never leave,
// has a probability of 2^-256.) Generators are not correlated either: xoshiro's steps are linear over bits, so its
// states must not be related linearly; ten rounds of Philox, which pass every test of BigCrush as a generator, leave no
// such relation.

INLINE void philox_round(uint64_t c[4], uint64_t key_low, uint64_t key_high) {
  // Multipliers and key increments of Philox4x64: Salmon et al. 2011, table 2 and section 4.3 (the golden ratio and
  // sqrt(3) - 1 in 64 bits).
  unsigned __int128 p = (unsigned __int128)0xD2E7470EE14C6C93 * c[0];
  unsigned __int128 q = (unsigned __int128)0xCA5A826395121157 * c[2];
  uint64_t c1 = c[1], c3 = c[3];
  c[0] = (uint64_t)(q >> 64) ^ c1 ^ key_low;
  c[1] = (uint64_t)q;
  c[2] = (uint64_t)(p >> 64) ^ c3 ^ key_high;
  c[3] = (uint64_t)p;
}

INLINE void philox_words(lc_key key, uint64_t c[4]) {
  for (int round = 0; round < 10; round++) {
    philox_round(c, key.low, key.high);
    key.low += 0x9E3779B97F4A7C15;
    key.high += 0xBB67AE8584CAA73B;
  }
}

static void philox(lc_key key, const uint64_t *counter, uint64_t *out) {
  uint64_t c[4] = {counter[0], counter[1], counter[2], counter[3]};
  philox_words(key, c);
  for (int w = 0; w < 4; w++) out[w] = c[w];
}

INLINE lanes_u rotate(lanes_u x, int by) { return (x << by) | (x >> (64 - by)); }

// As many of the eight generators as there are lanes.
typedef struct generators { lanes_u word[4]; } generators;
#define GENERATOR_PARTS (8 / LANES)

INLINE lanes_u next_words(generators *g) {
  lanes_u *s = g->word;
  lanes_u result = rotate(s[0] + s[3], 23) + s[0];
  lanes_u shifted = s[1] << 17, mixed = s[3] ^ s[1];
  s[1] = exclusive_or(s[2], s[0], s[1]);
  s[2] = exclusive_or(s[2], s[0], shifted);
  s[0] ^= mixed;
  s[3] = rotate(mixed, 45);
  return result;
}

// The eight generators of a block.
INLINE void start_generators(generators *g, lc_key key, uint64_t block) {
  uint64_t words[4][8];
  for (uint64_t generator = 0; generator < 8; generator++) {
    uint64_t c[4] = {block, generator, 0, 0};
    philox_words(key, c);
    for (int w = 0; w < 4; w++) words[w][generator] = c[w];
  }
  for (int part = 0; part < GENERATOR_PARTS; part++)
    for (int w = 0; w < 4; w++) __builtin_memcpy(&g[part].word[w], words[w] + part * LANES, sizeof(lanes_u));
}

// (k + 1/2) 2^-52 for the upper 52 bits k, exactly: 1 + k 2^-52 minus (1 - 2^-53).
INLINE lanes probability_of(lanes_u words) {
  return from_bits((words >> 12) | 0x3ff0000000000000) - 0x1.fffffffffffffp-1;
}

static void uniforms(lc_key key, uint64_t block, double *out) {
  generators g[GENERATOR_PARTS];
  start_generators(g, key, block);
  for (int i = 0; i < LC_BLOCK; i += 8)
    for (int part = 0; part < GENERATOR_PARTS; part++)
      store(out + i + part * LANES, probability_of(next_words(&g[part])));
}

static void uniform_bits(lc_key key, uint64_t block, uint64_t *out) {
  generators g[GENERATOR_PARTS];
  start_generators(g, key, block);
  for (int i = 0; i < LC_BLOCK; i += 8) {
    for (int part = 0; part < GENERATOR_PARTS; part++) {
      lanes_u next = next_words(&g[part]);
      __builtin_memcpy(out + i + part * LANES, &next, sizeof next);
    }
  }
}
