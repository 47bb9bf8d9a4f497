// Maps values to the bins of a histogram with equal bins in every octave; the caller counts them.
//
// A double's exponent and leading mantissa bits, read as an integer, are the bin. Only the upper half of the double is
// needed, so that a vector holds twice as many draws.

#define WORDS (2 * LANES)
typedef uint32_t words __attribute__((vector_size(4 * WORDS)));
typedef int32_t words_i __attribute__((vector_size(4 * WORDS)));

INLINE words all_words(uint32_t x) { return (words){0} + x; }

// The bins of values given by the upper halves of their doubles; adds to `outside` 1 in each lane outside.
INLINE words bins_of(lc_bins bins, words upper, words_i *outside) {
  const uint32_t negative = (uint32_t)bins.negative_bins, positive = (uint32_t)bins.positive_bins;
  const uint32_t first = (uint32_t)(bins.lowest_exponent + 1023) << bins.log2_per_octave;
  words sign = (words)((words_i)upper >> 31);  // all ones below zero
  words size = upper & all_words(0x7fffffff);
  words_i zero = size < all_words(0x00100000), not_finite = size >= all_words(0x7ff00000);
  words rank = (size >> (20 - bins.log2_per_octave)) - first;
  words_i inside = rank < (all_words(positive) ^ (sign & all_words(positive ^ negative)));
  inside |= zero;
  // Relative to the bin of zero: rank + 1 upwards, or the same downwards.
  words distance = (rank + 1) & ~(words)zero;
  words index = all_words(negative) + ((distance ^ sign) - sign);
  words_i beyond = ~inside & ~not_finite;
  *outside -= beyond;
  index = (index & (words)inside) | (all_words(negative + positive + 1) & (words)beyond);
  return (index & ~(words)not_finite) | (all_words(negative + positive + 2) & (words)not_finite);
}

INLINE words upper_halves(const double *x) {
  words a, b;
  __builtin_memcpy(&a, x, sizeof a);
  __builtin_memcpy(&b, x + LANES, sizeof b);
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "The upper half of a double is read at odd places, which needs a little-endian machine."
#endif
#if LANES == 8
  return __builtin_shufflevector(
      a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
#else
  return __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15);
#endif
}

static ptrdiff_t bin_indexes(lc_bins bins, const double *x, uint32_t *indexes, ptrdiff_t count) {
  words_i outside = {0};
  ptrdiff_t i = 0;
  for (; i + WORDS <= count; i += WORDS) {
    words index = bins_of(bins, upper_halves(x + i), &outside);
    __builtin_memcpy(indexes + i, &index, sizeof index);
  }
  if (i < count) {
    // The remaining lanes are filled with zeros, which are never outside.
    double tail[WORDS] = {0};
    __builtin_memcpy(tail, x + i, (size_t)(count - i) * sizeof(double));
    words index = bins_of(bins, upper_halves(tail), &outside);
    __builtin_memcpy(indexes + i, &index, (size_t)(count - i) * sizeof(uint32_t));
  }
  ptrdiff_t total = 0;
  for (int j = 0; j < WORDS; j++) total += outside[j];
  return total;
}
