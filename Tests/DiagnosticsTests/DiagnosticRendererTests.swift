import Diagnostics
import Testing

private enum TestCode: String, DiagnosticSection {
  static let section = "test"
  case kind
}

extension Diagnostic {
  fileprivate init(
    _ severity: Severity, _ message: String, at place: SourcePlace?, expected: String? = nil,
    found: String? = nil, suggestion: String? = nil, notes: [Note] = []
  ) {
    self.init(
      Problem(
        TestCode.kind, severity: severity, message, expected: expected, found: found, suggestion: suggestion,
        notes: notes),
      at: place)
  }

  fileprivate init(
    _ message: String, at place: SourcePlace?, expected: String? = nil, found: String? = nil,
    suggestion: String? = nil, notes: [Note] = []
  ) {
    self.init(.error, message, at: place, expected: expected, found: found, suggestion: suggestion, notes: notes)
  }
}

@Suite("Diagnostics are shown as a compiler shows them")
struct DiagnosticRendererTests {
  private let file = SourceFile(
    path: "a.yaml", text: "title: x\r\ninputs:\n  pue: trianglar(1, 2, 5)\n\tб: 電力 + é\u{301} nope\n")

  private func text(_ diagnostics: Diagnostic...) -> String { DiagnosticRenderer().text(of: diagnostics) }

  @Test("With the line, carets, what was expected and found, the nearest right thing and further places")
  func whole() {
    let screen = text(
      Diagnostic(
        "there is no distribution `trianglar`", at: SourcePlace(file: file, line: 3, column: 8, length: 9),
        expected: "a distribution", found: "`trianglar`", suggestion: "triangular",
        notes: [
          Diagnostic.Note("the section begins here", at: SourcePlace(file: file, line: 2, column: 1, length: 6)),
          Diagnostic.Note("a remark without a place"),
        ]))
    #expect(
      screen == """
        a.yaml:3:8: error[test.kind]: there is no distribution `trianglar`
        3 |   pue: trianglar(1, 2, 5)
          |        ^^^^^^^^^
          expected: a distribution
          found: `trianglar`
          did you mean: triangular
        a.yaml:2:1: note: the section begins here
        2 | inputs:
          | ^^^^^^
          note: a remark without a place

        1 error

        """)
  }

  @Test("Tabs are repeated, wide characters take two columns, combining marks none")
  func columns() {
    let screen = text(Diagnostic("unknown", at: SourcePlace(file: file, line: 4, column: 12, length: 4)))
    #expect(
      screen == """
        a.yaml:4:12: error[test.kind]: unknown
        4 | \tб: 電力 + é\u{301} nope
          | \t            ^^^^

        1 error

        """)
    let wide = text(Diagnostic("wide", at: SourcePlace(file: file, line: 4, column: 5, length: 2)))
    #expect(wide.contains("  | \t   ^^^^\n"))
  }

  @Test("Errors come first, then warnings, each by file and place, identical ones once")
  func order() {
    let other = SourceFile(path: "0.yaml", text: "x: 1")
    func at(_ line: Int, _ column: Int) -> SourcePlace { SourcePlace(file: file, line: line, column: column) }
    let screen = text(
      Diagnostic(.warning, "unused", at: at(1, 1)), Diagnostic("late", at: at(3, 9)), Diagnostic("early", at: at(3, 3)),
      Diagnostic("elsewhere", at: SourcePlace(file: other, line: 1, column: 1)), Diagnostic("late", at: at(3, 9)),
      Diagnostic("of no file", at: nil), Diagnostic(.warning, "unused too", at: at(2, 1)))
    let heads = screen.split(separator: "\n").filter { $0.contains("error") || $0.contains("warning") }
    #expect(
      heads == [
        "error[test.kind]: of no file", "a.yaml:3:3: error[test.kind]: early", "a.yaml:3:9: error[test.kind]: late",
        "0.yaml:1:1: error[test.kind]: elsewhere",
        "a.yaml:1:1: warning[test.kind]: unused", "a.yaml:2:1: warning[test.kind]: unused too", "4 errors, 2 warnings",
      ])
  }

  @Test("Flags with the same name are distinguished")
  func flags() {
    func flag(_ text: String) -> SourcePlace {
      SourcePlace(file: SourceFile(path: "--set", text: text), line: 1, column: 1)
    }
    let screen = text(Diagnostic("an `=` is missing", at: flag("a")), Diagnostic("an `=` is missing", at: flag("b")))
    #expect(screen.contains("1 | a\n") && screen.contains("1 | b\n"))
  }

  @Test("Many problems are cut and counted")
  func many() {
    let all = (1...60).map { Diagnostic("problem", at: SourcePlace(file: file, line: $0, column: 1)) }
    let screen = DiagnosticRenderer().text(of: all)
    #expect(screen.hasSuffix("… and 10 more\n\n60 errors\n"))
    #expect(screen.split(separator: "\n").count { $0.contains("error[test.kind]: problem") } == 50)
  }

  @Test("A long line is cut around the stretch")
  func longLine() {
    let long = SourceFile(
      path: "l", text: String(repeating: "a", count: 500) + "HERE" + String(repeating: "b", count: 500))
    let place = SourcePlace(file: long, line: 1, column: 501, length: 4)
    let lines = DiagnosticRenderer(width: 40).text(of: [Diagnostic("x", at: place)]).split(separator: "\n")
    #expect(lines[1] == "1 | …" + String(repeating: "a", count: 20) + "HERE" + String(repeating: "b", count: 16) + "…")
    #expect(lines[2] == "  |  " + String(repeating: " ", count: 20) + "^^^^")
    // At the beginning of a long line nothing is cut before it.
    let first = SourcePlace(file: long, line: 1, column: 1, length: 2)
    let begin = DiagnosticRenderer(width: 40).text(of: [Diagnostic("x", at: first)]).split(separator: "\n")
    #expect(begin[1] == "1 | " + String(repeating: "a", count: 40) + "…")
  }

  @Test("Control characters and marks that turn the direction of writing never reach the terminal")
  func controlCharacters() {
    let evil = SourceFile(path: "e\u{1B}[31m", text: "a: \u{1B}[31m\u{202E}x\u{0}")
    let screen = text(
      Diagnostic(
        "bad \u{1B}[2J", at: SourcePlace(file: evil, line: 1, column: 4), suggestion: "two\nlines \u{7}",
        notes: [Diagnostic.Note("n\u{8}")]))
    #expect(!screen.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || $0.value == 0x202E })
    #expect(screen.contains("  did you mean: two\n    lines \u{FFFD}\n"))
  }

  @Test("A place that the file does not have shows no line, and traps nowhere")
  func placesOutside() {
    for (line, column, length) in [(0, 1, 1), (99, 1, 1), (1, 1, 1_000_000), (1, 1_000, 5), (5, 1, 1), (-3, -3, -3)] {
      let place = SourcePlace(file: file, line: line, column: column, length: length)
      #expect(text(Diagnostic("x", at: place)).hasSuffix("1 error\n"))
    }
    #expect(text().isEmpty)
  }

  @Test("Colours are added around the pieces and change no text")
  func colours() {
    let fragments = DiagnosticRenderer().fragments(
      of: [Diagnostic("wrong", at: SourcePlace(file: file, line: 3, column: 3, length: 3), suggestion: "right")])
    let coloured = AnsiDecoration.text(of: fragments)
    #expect(coloured.contains("\u{1B}[1;31merror[test.kind]: \u{1B}[0m"))
    var plain = coloured
    for code in ["0", "1", "1;31", "2", "32", "36"] { plain = plain.split(separator: "\u{1B}[\(code)m").joined() }
    #expect(plain == fragments.map(\.text).joined())
  }
}
