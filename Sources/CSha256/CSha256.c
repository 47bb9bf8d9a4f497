#include "CSha256.h"

#include <string.h>

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, section 4.2.2).
static const uint32_t constants[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static inline uint32_t rotated(uint32_t word, int count) { return word >> count | word << (32 - count); }

/// One round (section 6.2.2, step 3), with d in the place of the next e and h in that of the next a.
#define ROUND(a, b, c, d, e, f, g, h, word)                                                                \
  do {                                                                                                     \
    uint32_t first = h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + (g ^ (e & (f ^ g))) + (word); \
    d += first;                                                                                            \
    h = first + (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) | (c & (a | b)));             \
  } while (0)

/// The word of a round from the last sixteen, whose place it takes.
static inline uint32_t next(uint32_t *w, int i) {
  uint32_t early = w[(i + 1) & 15], late = w[(i + 14) & 15];
  w[i] += (rotated(early, 7) ^ rotated(early, 18) ^ early >> 3) + w[(i + 9) & 15] +
          (rotated(late, 17) ^ rotated(late, 19) ^ late >> 10);
  return w[i];
}

void sha256_add_plainly(uint32_t *state, const uint8_t *bytes, size_t blocks) {
  for (; blocks > 0; blocks--, bytes += 64) {
    uint32_t w[16];
    for (int i = 0; i < 16; i++) {
      const uint8_t *byte = bytes + 4 * i;
      w[i] = (uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 | (uint32_t)byte[2] << 8 | byte[3];
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int start = 0; start < 64; start += 16) {
      const uint32_t *k = constants + start;
      // Eight rounds, after which each variable is again at its place: none is moved.
#pragma clang loop unroll(full)
      for (int i = 0; i < 16; i += 8) {
#define WORD(j) k[i + j] + (start == 0 ? w[i + j] : next(w, i + j))
        ROUND(a, b, c, d, e, f, g, h, WORD(0));
        ROUND(h, a, b, c, d, e, f, g, WORD(1));
        ROUND(g, h, a, b, c, d, e, f, WORD(2));
        ROUND(f, g, h, a, b, c, d, e, WORD(3));
        ROUND(e, f, g, h, a, b, c, d, WORD(4));
        ROUND(d, e, f, g, h, a, b, c, WORD(5));
        ROUND(c, d, e, f, g, h, a, b, WORD(6));
        ROUND(b, c, d, e, f, g, h, a, WORD(7));
#undef WORD
      }
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
  }
}

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

/// With the instructions of x86-64 for two rounds and for the schedule. They hold the state as the words a, b, e, f and
/// c, d, g, h, highest first.
__attribute__((target("sha,sse4.1,ssse3"))) static void add_with_instructions(
    uint32_t *state, const uint8_t *bytes, size_t blocks) {
  const __m128i bigEndian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i abef = _mm_set_epi32((int)state[0], (int)state[1], (int)state[4], (int)state[5]);
  __m128i cdgh = _mm_set_epi32((int)state[2], (int)state[3], (int)state[6], (int)state[7]);
  for (; blocks > 0; blocks--, bytes += 64) {
    const __m128i before[2] = {abef, cdgh};
    __m128i w[4];
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i++) {
      // Four words: of the message, then from the last sixteen, of which w[i % 4] are the oldest.
      if (i < 4) {
        w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(bytes + 16 * i)), bigEndian);
      } else {
        const __m128i last = w[(i + 3) & 3];
        const __m128i sum = _mm_add_epi32(
            _mm_sha256msg1_epu32(w[i & 3], w[(i + 1) & 3]), _mm_alignr_epi8(last, w[(i + 2) & 3], 4));
        w[i & 3] = _mm_sha256msg2_epu32(sum, last);
      }
      const __m128i words = _mm_add_epi32(w[i & 3], _mm_load_si128((const __m128i *)(constants + 4 * i)));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, words);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(words, 0x0e));
    }
    abef = _mm_add_epi32(abef, before[0]);
    cdgh = _mm_add_epi32(cdgh, before[1]);
  }
  uint32_t words[8];
  memcpy(words, &abef, 16);
  memcpy(words + 4, &cdgh, 16);
  state[0] = words[3], state[1] = words[2], state[4] = words[1], state[5] = words[0];
  state[2] = words[7], state[3] = words[6], state[6] = words[5], state[7] = words[4];
}

static int hasInstructions;

// Nothing else runs at load time, so that no block needs to ask the processor.
__attribute__((constructor)) static void ask_processor(void) {
  unsigned a, b, c, d;
  // Leaf 1 has SSSE3 in bit 9 and SSE4.1 in bit 19 of ecx, leaf 7 the SHA extensions in bit 29 of ebx.
  const unsigned needed = 1u << 9 | 1u << 19;
  hasInstructions = __get_cpuid(1, &a, &b, &c, &d) && (c & needed) == needed && __get_cpuid_count(7, 0, &a, &b, &c, &d) &&
                    (b & 1u << 29) != 0;
}

void sha256_add(uint32_t *state, const uint8_t *bytes, size_t blocks) {
  if (hasInstructions) {
    add_with_instructions(state, bytes, blocks);
  } else {
    sha256_add_plainly(state, bytes, blocks);
  }
}
#else
void sha256_add(uint32_t *state, const uint8_t *bytes, size_t blocks) { sha256_add_plainly(state, bytes, blocks); }
#endif
