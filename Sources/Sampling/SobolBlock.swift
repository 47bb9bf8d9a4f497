import VectorMath

/// Points of a coordinate of Sobol's sequence, a block at a time.
enum SobolBlock {
  /// Bits of a value.
  static let bits = 52

  /// Fills block `block` of a coordinate: point i is the exclusive-or of the columns that the bits of i choose, and of
  /// a shift.
  ///
  /// - Parameter columns: `bits` words.
  static func fill(
    columns: UnsafePointer<UInt64>, shift: UInt64, block: Int, into probabilities: UnsafeMutablePointer<Double>
  ) {
    // A block's ten lowest bits count its points; the others choose further columns. Bits past the last column would
    // need a run of 2^56 draws.
    var base = shift
    var rest = UInt64(block)
    while rest != 0, rest.trailingZeroBitCount < bits - 10 {
      base ^= columns[10 + rest.trailingZeroBitCount]
      rest &= rest - 1
    }
    Columns.netBlock(columns: columns, base: base, into: probabilities)
  }
}
