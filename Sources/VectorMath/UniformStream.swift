import CBlockKernels

/// A stream of uniform probabilities with addressable blocks: block n is a pure function of (key, n).
///
/// A block is 1,024 values from eight xoshiro256++ generators (Blackman & Vigna 2021, doi:10.1145/3460772); value 8 i +
/// j is number i of generator j. The initial states are computed from (block, j) under the key by the block cipher
/// Philox4x64-10 (Salmon et al. 2011, doi:10.1145/2063384.2063405). This is one-to-one, so generators of a stream never
/// have the same initial state; those of different streams overlap with a probability of 2^-129 among 2^60 of them.
package struct UniformStream: Sendable, Hashable {
  /// Lower half of the key.
  package var low: UInt64
  /// Upper half of the key.
  package var high: UInt64

  /// Values per block.
  package static let blockCount = 1024

  /// The stream of a 128-bit key.
  package init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// Fills a block with probabilities (k + 1/2) 2^-52, 0 <= k < 2^52: never 0 or 1, and 1 - u is exact.
  package func fill(block: Int, into probabilities: MutableColumn) {
    lc_uniforms(lc_key(low: low, high: high), UInt64(bitPattern: Int64(block)), probabilities)
  }

  /// Fills a block with the 64-bit words whose upper 52 bits are the k of `fill(block:into:)`.
  package func fill(block: Int, words: UnsafeMutablePointer<UInt64>) {
    lc_uniform_bits(lc_key(low: low, high: high), UInt64(bitPattern: Int64(block)), words)
  }

  /// The four words that Philox4x64-10 computes from a counter under the key.
  ///
  /// Blocks use counters whose third and fourth words are 0; all others are free for other uses.
  package func words(
    at counter: (UInt64, UInt64, UInt64, UInt64)
  ) -> (UInt64, UInt64, UInt64, UInt64) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 8) { space in
      (space[0], space[1], space[2], space[3]) = counter
      guard let input = space.baseAddress else { preconditionFailure("Eight words always fit.") }
      lc_philox(lc_key(low: low, high: high), input, input + 4)
      return (space[4], space[5], space[6], space[7])
    }
  }
}
