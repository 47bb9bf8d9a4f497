/// A number that depends only on an input: work that takes much longer than the rest of an execution is done for a share
/// of the inputs chosen by it, so that a replay does the same.
enum InputDigest {
  /// FNV-1a of 64 bits, since Swift's own hashes differ between processes.
  static func of(_ bytes: [UInt8], salt: UInt64 = 0) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325 ^ salt) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// Whether an input is in a share of all.
  ///
  /// - Parameters:
  ///   - count: The share is one in this number.
  ///   - salt: Different numbers choose independently.
  static func isChosen(_ input: [UInt8], oneIn count: Int, salt: UInt64 = 0) -> Bool {
    // The low bits of FNV-1a depend on the low bits of the bytes only.
    of(input, salt: salt) >> 32 % UInt64(count) == 0
  }
}
