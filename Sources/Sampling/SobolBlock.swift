import VectorMath

/// Points of one coordinate of Sobol's sequence, one block at a time.
enum SobolBlock {
  /// Bits per value.
  static let bits = 52

  /// Fills block `block` of a coordinate: point i is the exclusive-or of `shift` and the columns selected by the bits
  /// of i.
  ///
  /// - Parameter columns: `bits` words.
  static func fill(
    columns: UnsafePointer<UInt64>, shift: UInt64, block: Int, into probabilities: UnsafeMutablePointer<Double>
  ) {
    // The ten lowest bits count the points within a block; the others select further columns. Bits beyond the last
    // column would need a run of 2^56 draws.
    var base = shift
    var rest = UInt64(block)
    while rest != 0, rest.trailingZeroBitCount < bits - 10 {
      base ^= columns[10 + rest.trailingZeroBitCount]
      rest &= rest - 1
    }
    Columns.netBlock(columns: columns, base: base, into: probabilities)
  }
}
