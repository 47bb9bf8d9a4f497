import Testing
import TextFormats

@Suite("SHA-256 is what FIPS 180-4 says")
struct Sha256Tests {
  /// From NIST's example values for SHA-256 (Secure Hash Standard, examples) and `sha256sum` for the lengths around a
  /// block's end: `python3 -c "print('a' * 55, end='')" | sha256sum`, and so on.
  @Test(
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (String(repeating: "a", count: 55), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
      (String(repeating: "a", count: 64), "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
      (String(repeating: "a", count: 100_000), "6d1cf22d7cc09b085dfc25ee1a1f3ae0265804c607bc2074ad253bcc82fd81ee"),
    ])
  func vectors(text: String, digest: String) {
    #expect(Sha256.hexadecimal(of: Array(text.utf8)) == digest)
    var plain = Sha256(isPlain: true)
    plain.update(Array(text.utf8))
    #expect(plain.hexadecimal == digest)
  }

  @Test("The digest does not depend on the portions in which bytes are added")
  func portions() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let whole = Sha256.hexadecimal(of: bytes)
    for size in [1, 3, 55, 63, 64, 65, 127, 128, 999] {
      var digest = Sha256()
      for start in stride(from: 0, to: bytes.count, by: size) {
        digest.update(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(digest.hexadecimal == whole, "portions of \(size)")
    }
  }
}
