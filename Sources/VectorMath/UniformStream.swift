import CBlockKernels

/// A stream of uniform probabilities whose blocks are addressed: block n is a pure function of (key, n).
///
/// A block is 1,024 values from eight generators xoshiro256++ (Blackman & Vigna 2021, doi:10.1145/3460772), value
/// 8 i + j being number i of generator j. Their states are made of (block, j) under the key by the cipher Philox4x64-10
/// (Salmon et al. 2011, doi:10.1145/2063384.2063405): one-to-one, so generators of a stream never begin alike, and
/// those of different streams overlap with a chance of 2^-129 among 2^60 of them.
public struct UniformStream: Sendable, Hashable {
  /// Lower half of the key.
  public var low: UInt64
  /// Upper half of the key.
  public var high: UInt64

  /// Values of a block.
  public static let blockCount = 1024

  /// The stream of a 128-bit key.
  public init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// Fills a block with probabilities (k + 1/2) 2^-52, 0 <= k < 2^52: never 0 or 1, and 1 - u is exact.
  public func fill(block: Int, into probabilities: MutableColumn) {
    lc_uniforms(lc_key(low: low, high: high), UInt64(bitPattern: Int64(block)), probabilities)
  }

  /// Fills a block with the 64-bit words whose upper 52 bits are the k of `fill(block:into:)`.
  public func fill(block: Int, words: UnsafeMutablePointer<UInt64>) {
    lc_uniform_bits(lc_key(low: low, high: high), UInt64(bitPattern: Int64(block)), words)
  }

  /// Four words that Philox4x64-10 makes of a counter under the key.
  ///
  /// Counters with a third or fourth word other than 0 are free for other uses: blocks leave those at 0.
  public func words(
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
