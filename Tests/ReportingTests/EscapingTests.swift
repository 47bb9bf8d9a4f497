import Foundation
import Modeling
import Testing
import TextFormats

@testable import Reporting

/// What leaves the program is text in its target, whatever it contains.
@Suite("Escaping")
struct EscapingTests {
  /// Texts that are code, markup or control in some target.
  static let hostile = [
    "</title></script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "&lt;script&gt; &#96;",
    "`r system('id')`", "`{r} system('id')`", "```{r}\nsystem('id')\n```", "{{< include /etc/passwd >}}",
    "---\ntitle: x\n---", "[x](javascript:alert(1))", "![x](http://x/y)", "$$\\href{javascript:alert(1)}{x}$$",
    "\\(x\\)", "\\[\\href{javascript:alert(1)}{x}\\]",
    "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1", "\n=1", "＝1+1", "a,\"b\"\r\n=c",
    "%%{init: {'theme': 'x'}}%%", "\"]; click q0 \"javascript:alert(1)\"", "end", "#quot;", "\\",
    "\\\"; x -> y [label=\"",
    "\\N\\G", "\u{1B}[31mred\u{1B}]0;title\u{7}", "\u{9B}31m", "\u{202E}desrever\u{202C}", "\u{2066}x\u{2069}\u{200F}",
    "a\u{2028}b\u{2029}c", "\u{0}", "\u{7F}", "]]>", "-->", "|x|y|", "# x", "1. x", "- x", "::: {.x}", "@fig-x",
    "<\u{301}b>",
    "\"\u{301}", "`\u{301}r 1`", "😀 é ﬁ",
  ]

  private static func hasControls(_ text: String) -> Bool {
    text.unicodeScalars.contains { TerminalText.isHarmful($0) && $0 != "\n" && $0 != "\t" && $0 != "\r" }
  }

  /// The text without harmful characters, on one line, as targets of one line show it.
  private static func shown(_ text: String) -> String {
    TerminalText.withoutControls(ScreenText.onOneLine(text))
  }

  @Test("HTML: no character of markup, and its references give the text back", arguments: hostile)
  func html(_ text: String) throws {
    let markup = Markup(escaping: text)
    #expect(!markup.text.unicodeScalars.contains { "<>\"'".unicodeScalars.contains($0) })
    #expect(!Self.hasControls(markup.text))
    let references = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "#39": "'"]
    let read = markup.text.replacing(/&([^;&]*);?/.matchingSemantics(.unicodeScalar)) {
      references[String($0.output.1)] ?? "not a reference"
    }
    let expected = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { TerminalText.isHarmful($0) && $0 != "\n" && $0 != "\t" ? "\u{FFFD}" : $0 }))
    #expect(Array(read.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test("Markdown: nothing that knitr, Quarto or a browser runs, and no beginning of a block", arguments: hostile)
  func markdown(_ text: String) throws {
    for piece in [MarkdownText(escaping: text), .lines(text), .code(text), .codeBlock(text), "- \(text)"] {
      // A span or block of code may be in backticks, if there are no others in it.
      let isSpan = piece.text.hasPrefix("`") && piece.text.hasSuffix("`") && piece.text.count > 2
      let inside = isSpan ? String(piece.text.dropFirst().dropLast()) : piece.text
      #expect(!inside.unicodeScalars.contains("`"), "\(inside)")
      #expect(!isSpan || !(inside.hasPrefix("r ") || inside.hasPrefix("r#") || inside.hasPrefix("{")))
      #expect(!inside.contains("{{<"))
      if !isSpan { #expect(!inside.contains("\\\\"), "the beginning of a formula in Jupyter") }
      let tags = inside.matches(of: /<[^>]*>/.matchingSemantics(.unicodeScalar)).map { String($0.output) }
      #expect(Set(tags).isSubset(of: ["<code>", "</code>", "<pre>", "</pre>"]), "\(tags)")
      #expect(!Self.hasControls(piece.text))
    }
    for line in MarkdownText.lines(text).text.split(separator: "\n") {
      #expect(line.firstMatch(of: /^\s*([-+] |[-=:.]{3}|%|:|\d+[.)] |[A-Za-z][.)] |#|>)/) == nil, "\(line)")
      var rest = line.unicodeScalars[...]
      while let scalar = rest.popFirst() {
        if scalar == "\\" { _ = rest.popFirst() }
        #expect(!"[]{}|$@*_~^`<>".unicodeScalars.contains(scalar), "\(line)")
      }
    }
    #expect(!MarkdownText(escaping: text).text.contains("\n"))
  }

  @Test("Harmless text is unchanged in Markdown, and code is a span")
  func harmlessMarkdown() {
    let text = "Until 2025 most values (40 % of them) are GPT-3's; -5 is \"left\": one, e.g. this. A. 3.5"
    #expect(MarkdownText(escaping: text).text == text)
    #expect(MarkdownText.lines("a\n\nb\n").text == "a\n\nb\n")
    #expect(MarkdownText.code("sum(load * growth, over=year)").text == "`sum(load * growth, over=year)`")
    #expect(MarkdownText.code("r * 2").text == "<code>r \\* 2</code>")
    #expect(MarkdownText.codeBlock("loadcast run s.yaml").text == "    loadcast run s.yaml")
    #expect(MarkdownText.fenced("x", "````\n").text == "`````x\n````\n`````")
  }

  @Test("Python and R: one string literal, which JSON reads back, without a beginning of markup", arguments: hostile)
  func code(_ text: String) throws {
    let literal = CodeText(escaping: text).text
    #expect(literal.hasPrefix("\"") && literal.hasSuffix("\"") && !literal.contains("\n"))
    #expect(!literal.unicodeScalars.contains { "`<{".unicodeScalars.contains($0) } && !Self.hasControls(literal))
    let back = try JSONSerialization.jsonObject(with: Data("[\(literal)]".utf8)) as? [String]
    #expect(back?.first.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
  }

  @Test("JSON: read back as it was, without characters that control a terminal", arguments: hostile)
  func json(_ text: String) throws {
    let written = JSON.array([.string(text)]).text
    #expect(!Self.hasControls(written))
    let back = try JSONSerialization.jsonObject(with: Data(written.utf8)) as? [String]
    #expect(back?.first.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
  }

  @Test("Spreadsheets: no field begins a formula, and the record has as many fields as texts", arguments: hostile)
  func spreadsheet(_ text: String) throws {
    let record = SpreadsheetText.record([text, "-1.5e3", text]).text
    let fields = try #require(try CSVTokenizer.records(of: record).first)
    #expect(fields.count == 3 && fields[1] == "-1.5e3")
    let first = fields[0].unicodeScalars.first
    #expect(first.map { "=+-@\t\r\n＝＋－＠".unicodeScalars.contains($0) } != true)
    #expect(fields[0] == text || fields[0] == "'" + text)
  }

  @Test("Mermaid: a label ends where it should, and holds no directive, formula or markup", arguments: hostile)
  func mermaid(_ text: String) {
    let label = MermaidText(escaping: text).text
    #expect(!label.unicodeScalars.contains { "\"`<>&%{}$@\\|".unicodeScalars.contains($0) })
    #expect(!label.contains("\n") && !Self.hasControls(label))
    let back = label.replacing(/#(\d+);/.matchingSemantics(.unicodeScalar)) { match in
      String(Character(UInt32(match.output.1).flatMap(Unicode.Scalar.init) ?? "?"))
    }
    #expect(Array(back.unicodeScalars) == Array(Self.shown(text).unicodeScalars))
  }

  @Test("DOT: a string ends where it should, and is read back as it was", arguments: hostile)
  func dot(_ text: String) {
    let string = DOTText(escaping: text).text
    var (back, rest) = (String.UnicodeScalarView(), Array(string.unicodeScalars)[...])
    while let scalar = rest.popFirst() {
      #expect(scalar != "\"", "an unescaped quotation mark in \(string)")
      back.append(scalar == "\\" ? rest.popFirst() ?? "?" : scalar)
    }
    let read = String(back).replacing("&amp;", with: "&")
    #expect(Array(read.unicodeScalars) == Array(Self.shown(text).unicodeScalars))
    #expect(!Self.hasControls(string))
  }

  @Test("Terminal: no control and no change of direction, in screens and in what a command prints", arguments: hostile)
  func terminal(_ text: String) {
    #expect(!Self.hasControls(ScreenText.of([text])) && !ScreenText.of([text]).contains("\r"))
    let printed = TerminalText(escaping: "a\t\(text)\r\nb").text
    #expect(!Self.hasControls(printed) && printed.hasSuffix("\r\nb") && printed.hasPrefix("a\t"))
    #expect(printed.unicodeScalars.count == "a\t\(text)\r\nb".unicodeScalars.count)
  }

  @Test("A notebook runs only the program's code, whatever title, description and names say")
  func notebooks() throws {
    for text in Self.hostile {
      var fixed = FixedResult()
      (fixed.model.title, fixed.model.about, fixed.model.invocation) = (text, "x\n\(text)\n", [text])
      fixed.result.model = fixed.model
      let name = text.replacing("/", with: "")
      let export = try NotebookExport(of: fixed.result, name: name, digest: { _ in "0" })
      let files = try export.notebooks.map { file in
        let buffer = TextBuffer()
        try file.write(buffer)
        return buffer.text
      }
      // The only code of the Quarto document are its own chunks.
      let lines = files[1].split(separator: "\n", omittingEmptySubsequences: false)
      let fences = lines.filter { $0.contains("```") }
      #expect(fences.allSatisfy { $0 == "```{r, fig.width=10, fig.height=7}" || $0 == "```" })
      #expect(lines.filter { $0 == "---" }.count == 2, "\(text)")
      for line in lines where !line.contains("```") { #expect(line.firstMatch(of: /`(r[ #]|\{)/) == nil, "\(line)") }
      #expect(!files[1].contains("{{<") && !files[1].contains("<script") && !files[1].contains("<img"))
      #expect(!Self.hasControls(files[1]))
      // The cells of text in the other one.
      let object = try JSONSerialization.jsonObject(with: Data(files[0].utf8)) as? [String: Any]
      for cell in try #require(object?["cells"] as? [[String: Any]]) where cell["cell_type"] as? String == "markdown" {
        let source = try #require(cell["source"] as? [String]).joined()
        #expect(!source.contains("<script") && !source.contains("<img") && !source.contains("```"))
      }
    }
  }
}
