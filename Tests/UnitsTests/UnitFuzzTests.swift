import Testing
import Units

@Suite("No text traps")
struct UnitFuzzTests {
  let units: UnitTable

  init() throws {
    var units = UnitTable.standard
    for name in ["gpu", "token"] { try units.declare(name) }
    self.units = units
  }

  /// Parses, scans and declares a text, and checks that whatever comes back is about this text.
  private func exercise(_ text: String) {
    do throws(UnitError) {
      let unit = try units.parse(text)
      #expect(unit.text == text)
      #expect(Unit.scaleRange.contains(unit.scale), "\(text)")
      #expect(unit.factor(to: unit) == 1, "\(text)")
      #expect(!unit.inverse.description.isEmpty)
    } catch {
      #expect(error.offset >= 0 && error.length >= (text.isEmpty ? 0 : 1), "\(text)")
      #expect(error.offset + error.length <= text.count, "\(text)")
      #expect(!error.description.isEmpty)
    }
    let scanned = UnitTable.scan(text[...])
    #expect(text.hasPrefix(scanned))
    #expect(UnitTable.scan(scanned) == scanned)
    var copy = units
    do throws(UnitDeclarationError) {
      try copy.declare(text)
      #expect(throws: Never.self) { try copy.parse(text) }
    } catch {
      #expect(!error.description.isEmpty)
    }
  }

  @Test("Random bytes")
  func bytes() {
    var random = SplitMix(seed: 21)
    for _ in 0..<2000 {
      exercise(String(decoding: (0..<random.below(24)).map { _ in UInt8(random.below(256)) }, as: UTF8.self))
    }
  }

  @Test("Random characters of the whole of Unicode, and the awkward ones often")
  func scalars() {
    var random = SplitMix(seed: 22)
    let awkward: [Unicode.Scalar] = [
      "\u{0}", "\u{301}", "\u{200D}", "\u{FE0F}", "\u{1F1E6}", "\u{202E}", "\r", "\n", "²", "W",
    ]
    for _ in 0..<2000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<random.below(16) {
        let any = Unicode.Scalar(UInt32(random.below(0x11_0000))) ?? "W"
        text.append(random.below(2) == 0 ? any : random.element(awkward))
      }
      exercise(String(text))
    }
  }

  @Test("Random strings of what units are made of")
  func pieces() {
    var random = SplitMix(seed: 23)
    let pieces = [
      "W", "kWh", "gpu", "year", "km", "percent", "%", "1", "0", "2147483647", "99999999999", "*", "/", "^", "^-", "^2",
      "^(1/2)", "^(", "(", ")", "-", " ", "to", "µ", "é", "x", "^(1/2147483647)", "^1000", "^65536",
    ]
    for _ in 0..<6000 {
      exercise((0..<random.below(9)).map { _ in random.element(pieces) }.joined())
    }
  }

  @Test("Long and deep texts end soon")
  func longTexts() {
    for piece in ["(", ")", "W*", "W^", "g", "1/", "^", "^-", "%", "\u{301}", "((W)*", "é", "👩‍👩‍👧"] {
      exercise(String(repeating: piece, count: 490 / piece.utf8.count))
      exercise(String(repeating: piece, count: 1000 / piece.utf8.count))
      exercise(String(repeating: piece, count: 100_000))
    }
  }
}
