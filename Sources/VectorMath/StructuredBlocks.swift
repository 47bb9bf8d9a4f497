import CBlockKernels

extension Columns {
  /// Fills the 1,024 points of an aligned block of a digital net in base 2.
  ///
  /// Point i is (k + 1/2) 2^-52, where k is the base exclusive-or those columns that the ten bits of i choose, the
  /// lowest bit the first column.
  ///
  /// - Parameters:
  ///   - out: room for the results.
  ///   - columns: ten 52-bit words.
  ///   - base: a 52-bit word.
  public static func netBlock(columns: UnsafePointer<UInt64>, base: UInt64, into out: MutableColumn) {
    lc_net_block(columns, base, out)
  }
}

extension UniformStream {
  /// Points of a Latin hypercube's coordinate.
  public static let hypercubePoints = 1 << 14

  /// Fills 1,024 points of a Latin hypercube of 2^14 points: each lies in its own stratum of width 2^-14, at a place
  /// within it that the stream's block decides.
  ///
  /// - Parameters:
  ///   - probabilities: room for the block's probabilities.
  ///   - block: the stream's block.
  ///   - order: 8 random words that choose the order of the strata.
  ///   - first: the number of the first point within the hypercube.
  public func fillStrata(
    block: Int, order: UnsafePointer<UInt32>, first: Int, into probabilities: MutableColumn
  ) {
    lc_strata_block(
      lc_key(low: low, high: high), UInt64(bitPattern: Int64(block)), order,
      UInt32(truncatingIfNeeded: first & (Self.hypercubePoints - 1)), probabilities)
  }
}
