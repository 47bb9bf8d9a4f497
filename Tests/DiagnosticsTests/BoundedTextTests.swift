import Testing

@testable import Diagnostics

@Suite("Every diagnostic has a bounded length")
struct BoundedTextTests {
  private enum Code: String, DiagnosticSection {
    static let section = "test"
    case long
  }

  /// One character of six million bytes: a letter with three million accents of two bytes.
  private static let character = "e" + String(repeating: "\u{301}", count: 3_000_000)

  @Test("A character of six megabytes is neither quoted nor shown whole")
  func character() {
    let file = SourceFile(path: "s.yaml", text: "a: \(Self.character) b")
    var problem = Problem(
      Code.long, "unknown name `\(Self.character)`", expected: Self.character, found: Self.character,
      suggestion: Self.character, advice: Self.character)
    problem.readings = [.init(Self.character), .init("x", meaning: Self.character)]
    let diagnostic = Diagnostic(problem, at: SourcePlace(file: file, line: 1, column: 4))
    #expect(diagnostic.suggestion == nil && diagnostic.readings.map(\.text) == ["x"])
    // `hasPrefix` compares characters, and the whole message is one from `e` on.
    #expect(diagnostic.message.utf8.count < 4_100 && diagnostic.message.utf8.starts(with: "unknown name `e".utf8))
    let text = DiagnosticRenderer().text(of: [diagnostic])
    #expect(text.utf8.count < 30_000)
    #expect(text.contains("1 | a: \u{FFFD} b\n"))
  }

  @Test("Texts up to the limit are unchanged; longer ones keep both ends")
  func ends() {
    let limit = String(repeating: "é", count: BoundedText.longest / 2)
    #expect(BoundedText.of(limit) == limit)
    let longer = "begin" + limit + "end"
    let cut = BoundedText.of(longer)
    #expect(cut.hasPrefix("beginé") && cut.hasSuffix("éend") && cut.contains("bytes are not shown"))
    #expect(cut.utf8.count < BoundedText.longest + 60)
  }

  @Test("Notes and readings beyond the limit are left out and counted")
  func numbers() {
    let problem = Problem(
      Code.long, "message", readings: (0..<100).map { .init("\($0)") }, notes: (0..<100).map { .init("\($0)") })
    let diagnostic = Diagnostic(problem, at: nil)
    #expect(diagnostic.readings.count == BoundedText.mostDetails)
    #expect(diagnostic.notes.count == BoundedText.mostDetails + 1)
    #expect(diagnostic.notes.last?.message == "80 more notes are not shown")
  }
}
