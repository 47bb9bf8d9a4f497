/// What is wrong with the bytes of a part.
package struct PartDamage: Error, Sendable, Equatable {
  /// The reason, as a clause: `a count is too large`.
  package var reason: String

  /// A reason.
  package init(_ reason: String) { self.reason = reason }
}

/// Bytes that are written one number after another.
///
/// Whole numbers are variable-length, 7 bits a byte with the lowest first, as in Protocol Buffers (base-128 varints); doubles
/// are the 8 bytes of IEEE 754, little-endian.
package struct PartWriter {
  /// What has been written.
  package private(set) var bytes: [UInt8] = []

  /// Without any bytes yet.
  package init() {}

  /// Appends a whole number that is not negative.
  package mutating func add(_ number: Int) {
    var rest = UInt64(bitPattern: Int64(number))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Appends a floating-point number, bit for bit.
  package mutating func add(_ number: Double) {
    withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Appends a condition.
  mutating func add(_ condition: Bool) { add(condition ? 1 : 0) }
}

/// Reads what a `PartWriter` has written; nothing that the bytes contain can make it fail otherwise than by `PartDamage`.
package struct PartReader {
  private let bytes: ArraySlice<UInt8>
  private var next: Int

  /// Maximum of all counts: 2^42, the draws of four runs of the largest size. Sums of a million such counts fit in 63 bits.
  package static let mostCount = 1 << 42

  /// A reader of some bytes.
  package init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    next = bytes.startIndex
  }

  /// Whether all bytes have been read.
  package var isAtEnd: Bool { next == bytes.endIndex }

  /// The number of bytes that have not been read.
  var left: Int { bytes.endIndex - next }

  /// The next whole number, at most `limit`.
  package mutating func count(upTo limit: Int = PartReader.mostCount) throws(PartDamage) -> Int {
    var (number, shift): (UInt64, UInt64) = (0, 0)
    while true {
      guard next < bytes.endIndex else { throw PartDamage("it ends too early") }
      let byte = bytes[next]
      next += 1
      guard shift < 56 else { throw PartDamage("a number is too long") }
      number |= UInt64(byte & 0x7F) << shift
      shift += 7
      if byte < 0x80 { break }
    }
    guard number <= UInt64(limit) else { throw PartDamage("the number \(number) is above its limit, \(limit)") }
    return Int(number)
  }

  /// The next floating-point number.
  package mutating func number() throws(PartDamage) -> Double {
    guard bytes.endIndex - next >= 8 else { throw PartDamage("it ends too early") }
    var bits: UInt64 = 0
    for place in 0..<8 { bits |= UInt64(bytes[next + place]) << UInt64(8 * place) }
    next += 8
    return Double(bitPattern: bits)
  }

  /// The next condition.
  mutating func condition() throws(PartDamage) -> Bool { try count(upTo: 1) == 1 }
}

/// A summary whose counts are written to a part and read into an empty summary of the same shape.
protocol PartSummary {
  /// Appends the counts.
  func write(to part: inout PartWriter)

  /// Reads the counts into an empty summary.
  ///
  /// - Throws: `PartDamage` if the bytes are not those of such a summary.
  mutating func read(from part: inout PartReader) throws(PartDamage)
}
