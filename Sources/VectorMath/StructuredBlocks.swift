import CBlockKernels

extension Columns {
  /// Fills the 1,024 points of an aligned block of a digital net in base 2.
  ///
  /// Point i is (k + 1/2) 2^-52, where k is the exclusive-or of `base` and the columns selected by the ten bits of i;
  /// the lowest bit selects the first column.
  ///
  /// - Parameters:
  ///   - out: the results.
  ///   - columns: ten 52-bit words.
  ///   - base: a 52-bit word.
  package static func netBlock(columns: UnsafePointer<UInt64>, base: UInt64, into out: MutableColumn) {
    lc_net_block(columns, base, out)
  }
}

extension UniformStream {
  /// The number of points of a Latin hypercube.
  package static let hypercubePoints = 1 << 14

  /// Fills 1,024 points of a Latin hypercube of 2^14 points. Each is in a different stratum of width 2^-14, at a
  /// position determined by the stream's block.
  ///
  /// - Parameters:
  ///   - probabilities: the results.
  ///   - block: the stream's block.
  ///   - order: 8 random words that determine the order of the strata.
  ///   - first: the index of the first point within the hypercube.
  package func fillStrata(
    block: Int, order: UnsafePointer<UInt32>, first: Int, into probabilities: MutableColumn
  ) {
    lc_strata_block(
      lc_key(low: low, high: high), UInt64(bitPattern: Int64(block)), order,
      UInt32(truncatingIfNeeded: first & (Self.hypercubePoints - 1)), probabilities)
  }
}
