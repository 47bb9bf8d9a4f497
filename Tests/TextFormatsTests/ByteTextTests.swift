import Testing

@testable import TextFormats

@Suite("Texts that hold bytes")
struct ByteTextTests {
  @Test("All pairs of bytes, and the code points that stand for bytes, come back as they were")
  func roundTrips() {
    for first in UInt8.min ... .max {
      for second in UInt8.min ... .max {
        let bytes = [first, second]
        #expect(ByteText.bytes(of: ByteText.text(of: bytes)) == bytes)
      }
    }
    for scalar in 0x10FF70...0x10FFFF as ClosedRange<UInt32> {
      guard let scalar = Unicode.Scalar(scalar) else { continue }
      let bytes = Array("a\(scalar)/é".utf8)
      #expect(ByteText.bytes(of: ByteText.text(of: bytes)) == bytes)
    }
  }

  @Test("UTF-8 is the same text, and other bytes are shown as hexadecimal")
  func shown() {
    #expect(ByteText.text(of: Array("Größe 日本 🎉".utf8)) == "Größe 日本 🎉")
    #expect(ByteText.shown(ByteText.text(of: [0x73, 0xE9, 0x2E])) == "s\\xE9.")
    #expect(ByteText.bytes(of: "a\u{10FFE9}") == [0x61, 0xE9])
  }
}
