import Testing

@testable import TextFormats

@Suite("Text from right to left, and the columns that text takes")
struct DirectionalTextTests {
  @Test("only text with right-to-left letters is isolated, and the isolates stay in what is printed")
  func isolates() {
    for text in ["", "plain", "中国", "Ωmega", "🇪🇺", "2030 – 90 %"] { #expect(DirectionalText.isolated(text) == text) }
    for text in ["أوروبا", "ישראל", "in العالم 2030", "ދިވެހި"] {
      let isolated = DirectionalText.isolated(text)
      #expect(isolated == "\u{2068}\(text)\u{2069}")
      #expect(TerminalText.withoutControls("a \(isolated), 3") == "a \(isolated), 3")
      #expect(TerminalText(escaping: "a \(isolated)\n\(isolated)").text == "a \(isolated)\n\(isolated)")
    }
  }

  @Test(
    "an isolate that does not end on its line, an end without a beginning, and every other control is replaced",
    arguments: [
      ("\u{2068}a", "\u{FFFD}a"), ("a\u{2069}", "a\u{FFFD}"), ("\u{2066}a\u{2069}", "\u{FFFD}a\u{FFFD}"),
      ("\u{2067}a\u{2068}b\u{2069}", "\u{FFFD}a\u{2068}b\u{2069}"),
      ("\u{2068}\u{202E}b\u{2069}", "\u{2068}\u{FFFD}b\u{2069}"),
      ("\u{2068}a\u{2068}b\u{2069}", "\u{FFFD}a\u{2068}b\u{2069}"), ("\u{2069}\u{2068}", "\u{FFFD}\u{FFFD}"),
    ])
  func unbalanced(_ text: String, _ expected: String) {
    #expect(Array(TerminalText.withoutControls(text).unicodeScalars) == Array(expected.unicodeScalars))
    #expect(Array(TerminalText(escaping: text).text.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test("an isolate over a line end is replaced at both ends")
  func lines() {
    #expect(TerminalText(escaping: "\u{2068}a\nb\u{2069}").text == "\u{FFFD}a\nb\u{FFFD}")
  }

  // Columns of the characters in `wcwidth` 0.2.13: python3 -c 'from wcwidth import wcswidth; print(wcswidth("中国"))'
  @Test(
    "columns of text are those of wcwidth",
    arguments: [
      ("abc", 3), ("中国", 4), ("日本語 2030", 11), ("한국", 4), ("é", 1), ("e\u{301}", 1), ("🇪🇺", 2), ("⚡", 2), ("أوروبا", 6),
      ("\u{2068}أوروبا\u{2069}", 6), ("Ａ", 2), ("½", 1), ("", 0),
    ])
  func columns(_ text: String, _ expected: Int) { #expect(DirectionalText.columns(of: text) == expected) }

  @Test("a beginning ends its isolates")
  func closed() {
    #expect(DirectionalText.closed("a\u{2068}b") == "a\u{2068}b\u{2069}")
    #expect(DirectionalText.closed("a\u{2068}b\u{2069}c") == "a\u{2068}b\u{2069}c")
  }
}
