/// Texts that hold arbitrary bytes, for paths and arguments: a file name on Linux is bytes, not necessarily UTF-8.
///
/// A byte that is not part of valid UTF-8 becomes one of the last 128 private-use code points, `U+10FF80` to `U+10FFFF`
/// (byte 0x80 to 0xFF). An encoded code point of that range is itself treated as invalid bytes, so that `text(of:)` and
/// `bytes(of:)` are inverse functions for every sequence of bytes. ASCII characters are never the result of the
/// conversion: a text cannot smuggle in a slash or a full stop.
package enum ByteText {
  /// The code point of a byte `b` is `offset + b`.
  private static let offset: UInt32 = 0x10FF00
  private static let reserved: ClosedRange<UInt32> = 0x10FF80...0x10FFFF

  /// The text of some bytes: their UTF-8 text if they are valid.
  package static func text(of bytes: some Collection<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self), isPlain(text) { return text }
    let bytes = Array(bytes)
    var scalars = String.UnicodeScalarView()
    var at = 0
    while at < bytes.count {
      let length = bytes[at] < 0x80 ? 1 : bytes[at] < 0xE0 ? 2 : bytes[at] < 0xF0 ? 3 : 4
      let end = min(at + length, bytes.count)
      if let text = String(validating: bytes[at..<end], as: UTF8.self), isPlain(text),
        let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1
      {
        scalars.append(scalar)
        at = end
      } else {
        if let scalar = Unicode.Scalar(offset + UInt32(bytes[at])) { scalars.append(scalar) }
        at += 1
      }
    }
    return String(scalars)
  }

  /// The bytes of a text.
  package static func bytes(of text: String) -> [UInt8] {
    if isPlain(text) { return Array(text.utf8) }
    return text.unicodeScalars.flatMap { scalar in
      reserved.contains(scalar.value) ? [UInt8(scalar.value - offset)] : Array(String(scalar).utf8)
    }
  }

  /// The text with each byte that is not UTF-8 as `\xE9`, for messages.
  package static func shown(_ text: String) -> String {
    if isPlain(text) { return text }
    return text.unicodeScalars.map { scalar in
      reserved.contains(scalar.value)
        ? "\\x" + String(scalar.value - offset, radix: 16, uppercase: true) : String(scalar)
    }.joined()
  }

  /// Calls `body` with the bytes of a path, terminated by a NUL, as the system expects them.
  package static func withPath<Result>(
    _ text: String, _ body: (UnsafePointer<CChar>) throws -> Result
  ) rethrows -> Result {
    // Whether C's characters are signed depends on the processor.
    try (bytes(of: text) + [0]).withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("a terminated path is not empty") }
      return try body(base.assumingMemoryBound(to: CChar.self))
    }
  }

  /// True if a text has no code point that stands for a byte. All of them begin with the byte 0xF4.
  private static func isPlain(_ text: String) -> Bool {
    !text.utf8.contains(0xF4) || !text.unicodeScalars.contains { reserved.contains($0.value) }
  }
}
