import CSha256

/// The SHA-256 digest (FIPS 180-4, section 6.2), which identifies the files that a result was computed from and those
/// that it consists of.
///
/// It shows that a file has changed and does not show by whom, so a page of code suffices and no cryptography package is
/// needed. Bytes may be added in any portions: `update` once or several times, then `hexadecimal`.
package struct Sha256: Sendable {
  private static let blockSize = 64

  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// The bytes after the last whole block, fewer than 64.
  private var rest: [UInt8] = []
  /// The number of bytes so far.
  private var length: UInt64 = 0

  /// Whether the processor's instructions are left unused.
  private let isPlain: Bool

  /// The digest of no bytes.
  ///
  /// - Parameter isPlain: true to leave the processor's instructions for digests unused, to compare.
  package init(isPlain: Bool = false) { self.isPlain = isPlain }

  /// The digest of some bytes in lower-case hexadecimal.
  package static func hexadecimal(of bytes: [UInt8]) -> String {
    var digest = Sha256()
    digest.update(bytes)
    return digest.hexadecimal
  }

  /// Adds bytes to those before.
  package mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { update($0) } }

  /// Adds bytes to those before.
  package mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
    length += UInt64(bytes.count)
    var start = 0
    if !rest.isEmpty {
      start = min(Self.blockSize - rest.count, bytes.count)
      rest += bytes[..<start]
      guard rest.count == Self.blockSize else { return }
      let block = rest
      block.withUnsafeBufferPointer { compress($0, blocks: 1) }
      rest = []
    }
    let blocks = (bytes.count - start) / Self.blockSize
    compress(UnsafeBufferPointer(rebasing: bytes[start...]), blocks: blocks)
    rest += bytes[(start + blocks * Self.blockSize)...]
  }

  /// The digest of the bytes so far in lower-case hexadecimal.
  package var hexadecimal: String {
    // The rest of the message, a 1 bit, zeros, and the length in bits fill one or two blocks.
    var tail = rest + [0x80]
    while tail.count % Self.blockSize != 56 { tail.append(0) }
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      tail.append(UInt8(truncatingIfNeeded: (length &* 8) >> shift))
    }
    var last = self
    tail.withUnsafeBufferPointer { last.compress($0, blocks: tail.count / Self.blockSize) }
    return last.state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private mutating func compress(_ bytes: UnsafeBufferPointer<UInt8>, blocks: Int) {
    guard blocks > 0, let start = bytes.baseAddress else { return }
    if isPlain {
      sha256_add_plainly(&state, start, blocks)
    } else {
      sha256_add(&state, start, blocks)
    }
  }
}
