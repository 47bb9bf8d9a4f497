/// A digest of floating-point numbers, bit by bit: equal for equal numbers, different for others but for one in 2^64.
///
/// It is FNV-1a (Fowler, Noll, Vo & Eastlake, RFC 9923) over words instead of bytes. All NaNs are one value, since their bits
/// are not defined by IEEE 754.
package struct ValueDigest: Sendable {
  /// The digest so far.
  package private(set) var word: UInt64 = 0xCBF2_9CE4_8422_2325

  /// A digest of nothing.
  package init() {}

  /// Appends numbers.
  package mutating func add(_ values: UnsafeBufferPointer<Double>) {
    for value in values { word = (word ^ (value.isNaN ? Double.nan : value).bitPattern) &* 0x100_0000_01B3 }
  }
}
