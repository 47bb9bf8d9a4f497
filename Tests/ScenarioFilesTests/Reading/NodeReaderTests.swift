import Diagnostics
import Modeling
import ScenarioFiles
import Testing

/// The root of a text that must be readable without a problem.
private func root(_ text: String) throws -> Node {
  let result = try NodeReader.result(of: text, in: SourceFile(path: "scenario.yaml", text: text))
  #expect(result.problems.isEmpty)
  return result.root
}

extension Node {
  /// The value of a key.
  fileprivate subscript(key: String) -> Node? {
    guard case .mapping(let entries) = kind else { return nil }
    return entries.first { $0.key == key }?.value
  }

  fileprivate var text: ScalarText? {
    if case .scalar(let text) = kind { text } else { nil }
  }
}

@Suite("A scenario's YAML becomes a tree in which everything has its place")
struct NodeReaderTests {
  @Test("Scalars stay text, whatever another reader makes of them")
  func scalarsStayText() throws {
    let root = try root("a: no\nb: 1e3\nc: ~\nd: 2019-01-01\ne: ''\nf: \"null\"\n2019: 0x10\n")
    #expect(root["a"]?.text?.text == "no")
    #expect(root["b"]?.text?.text == "1e3")
    #expect(root["c"]?.text?.text == "~")
    #expect(root["d"]?.text?.text == "2019-01-01")
    #expect(root["e"]?.text?.text == "")
    #expect(root["f"]?.text?.text == "null")
    #expect(root["2019"]?.text?.text == "0x10")
  }

  @Test(
    "What is missing after the last line is missed at the end of that line",
    arguments: [
      "# Nothing.\n---", "---", "--- # Nothing.", "a: 1\n---\n---", "a: [1,\n---", "a: {b\n", "? a", "a: |\n---",
    ])
  func placesAfterTheEnd(_ text: String) throws {
    let file = SourceFile(path: "scenario.yaml", text: text)
    var problems: [Diagnostic] = []
    do {
      problems = try NodeReader.result(of: text, in: file).problems.map(\.diagnostic)
    } catch {
      problems = error.all
    }
    let places = problems.compactMap(\.place)
    #expect(!places.isEmpty)
    for place in places {
      let line = try #require(file.lines.indices.contains(place.line - 1) ? file.lines[place.line - 1] : nil)
      #expect((1...line.count + 1).contains(place.column))
    }
  }

  @Test("Signs that YAML keeps for itself are text anywhere but at the beginning")
  func indicatorsInside() throws {
    let root = try root("a: R&D * 3 != 4 @ 5%\nb: \"&x *y !z %\"\nc: '*'\nd: |\n  *a\n  &b\n")
    #expect(root["a"]?.text?.text == "R&D * 3 != 4 @ 5%")
    #expect(root["b"]?.text?.text == "&x *y !z %")
    #expect(root["c"]?.text?.text == "*")
    #expect(root["d"]?.text?.text == "*a\n&b\n")
  }

  @Test("Keys and values know where they begin, also behind characters of several scalars or columns")
  func places() throws {
    let root = try root("inputs:\n  é电: 🇫🇷 x\n  list: [a, 'b c']\n")
    guard case .mapping(let sections) = root.kind, case .mapping(let entries) = sections[0].value.kind else {
      Issue.record("not a mapping of mappings")
      return
    }
    #expect(sections[0].keyPlace == SourcePlace(file: sections[0].keyPlace.file, line: 1, column: 1, length: 6))
    #expect((entries[0].keyPlace.line, entries[0].keyPlace.column, entries[0].keyPlace.length) == (2, 3, 2))
    #expect((entries[0].value.place.line, entries[0].value.place.column, entries[0].value.place.length) == (2, 7, 3))
    guard case .sequence(let items) = entries[1].value.kind else {
      Issue.record("not a list")
      return
    }
    #expect((items[0].place.line, items[0].place.column) == (3, 10))
    // In quotes a text begins behind the mark.
    #expect((items[1].place.line, items[1].place.column, items[1].place.length) == (3, 14, 3))
  }

  /// Texts in every style, with letters A, B, C … whose places must be found.
  static let marked: [(String, String)] = [
    ("plain on one line", "k: one A two B\n"),
    ("plain over lines", "k: one A\n  two B\n\n\n  three C\n  D\n"),
    ("plain with blanks at the ends of lines", "k: one A   \n     two B \t\n  C\n"),
    ("single quotes", "k: 'it''s A ''''B'\n"),
    ("single quotes over lines", "k: 'it''s A  \n   ''B\n\n  C '\n"),
    ("double quotes with escapes", "k: \"a\\tA\\x41\\u0042\\\"B\\\\C\"\n"),
    ("double quotes over lines", "k: \"one A  \n   two \\\n   B\n\n   C\"\n"),
    ("literal", "k: |\n  one A\n\n    two B\n  C\n"),
    ("literal, kept and stripped", "k: |+\n  A\n\n  B\n\n"),
    ("literal, stripped", "k: |-\n  A\n  B\n\n"),
    ("literal with an indentation indicator", "k: |2\n    A\n   B\n  C\n"),
    ("literal that begins with blank lines", "k: |\n\n\n  A\n  B\n"),
    ("folded", "k: >\n  one A\n  two B\n\n  C\n  D\n"),
    ("folded with lines indented further", "k: >\n  one A\n    two B\n    C\n  D\n  E\n"),
    ("folded, stripped, with an indicator", "k: >2-\n   A\n   B\n  C\n"),
    ("folded with a comment behind the sign", "k: > # why\n  A\n  B\n"),
    ("plain in braces over lines", "{k: one A\n  B, l: 3}\n"),
    ("Windows line ends", "k: one A\r\n  B\r\n"),
    ("wide characters before", "k: 电力 é A\n  电 B\n"),
  ]

  @Test("Every character of a text leads back to where it was written", arguments: marked)
  func everyCharacter(style: String, text: String) throws {
    let scalar = try #require(try root(text)["k"]?.text)
    let lines = SourceFile(path: "", text: text).lines.map(Array.init)
    #expect(scalar.places.count == scalar.text.count + 1)
    var found = 0
    for (offset, character) in scalar.text.enumerated() where "ABCDE".contains(character) {
      let place = scalar.place(offset: offset, length: 1)
      let written = lines[place.line - 1][place.column - 1]
      // `\x41` and `\u0042` are the letters A and B.
      #expect(written == character || written == "\\", "\(character) in \(style)")
      found += 1
    }
    #expect(found == text.count { "ABCDE".contains($0) } + (text.contains("\\x41") ? 2 : 0))
  }

  @Test("A problem in one entry leaves the others readable")
  func problemsLeaveTheRest() throws {
    let text = "inputs:\n  a: 1\n  b: *x\n  c:\n  d: {value: f(1, 2)}\n  e: 2\n"
    let result = try NodeReader.result(of: text, in: SourceFile(path: "x", text: text))
    #expect(result.problems.map(\.path) == [["inputs", "b"], ["inputs", "d"], ["inputs", "c"]])
    #expect(result.root["inputs"]?["a"] != nil)
    #expect(result.root["inputs"]?["e"] != nil)
  }

  /// A text too large to be shown.
  struct Depth: Sendable, CustomTestStringConvertible {
    var piece: String
    var count: Int
    var end = ""
    var testDescription: String { "\(count) times \(piece)" }
    var text: String { "a: " + String(repeating: piece, count: count) + end }
  }

  @Test(
    "Deep nesting is refused, and neither crashes nor hangs",
    arguments: [
      Depth(piece: "[", count: 1000, end: String(repeating: "]", count: 1000)), Depth(piece: "[", count: 100_000),
      Depth(piece: "{", count: 100_000), Depth(piece: "\n- ", count: 1, end: String(repeating: "- ", count: 100_000)),
      Depth(piece: "\n  ", count: 1, end: String(repeating: "? ", count: 50_000)),
      Depth(piece: "{b: ", count: 900, end: "1" + String(repeating: "}", count: 900)),
    ])
  func deepNesting(depth: Depth) {
    let text = depth.text
    #expect {
      try NodeReader.result(of: text, in: SourceFile(path: "x", text: text))
    } throws: { error in
      (error as? Diagnostics)?.all.map(\.message) == ["this file is nested too deeply"]
    }
  }

  @Test("64 levels are read")
  func allowedNesting() throws {
    _ = try root("a: " + String(repeating: "[", count: 63) + "x" + String(repeating: "]", count: 63) + "\n")
  }

  @Test("A scalar of more than a megabyte is refused, one of a megabyte is read")
  func largeScalars() throws {
    _ = try root("a: " + String(repeating: "x", count: 1_000_000))
    let text = "a: " + String(repeating: "x", count: 1_000_001)
    let result = try NodeReader.result(of: text, in: SourceFile(path: "x", text: text))
    #expect(result.problems.map(\.diagnostic.message) == ["this text is too long"])
  }

  @Test("Aliases that would multiply are refused before they do")
  func aliasBomb() throws {
    var text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for (name, last) in zip("bcdefghij", "abcdefghi") {
      text += "\(name): &\(name) [\(Array(repeating: "*\(last)", count: 9).joined(separator: ", "))]\n"
    }
    text += "? *j\n: 1\n"
    #expect {
      let result = try NodeReader.result(of: text, in: SourceFile(path: "x", text: text))
      throw Diagnostics(result.problems.map(\.diagnostic))
    } throws: { error in
      (error as? Diagnostics)?.all.contains {
        $0.message.contains("begins an anchor") || $0.message.contains("begins an alias")
      } == true
    }
  }

  @Test("Texts made of YAML's own signs never trap")
  func soup() {
    let pieces = [
      "a", ": ", "- ", "[", "]", "{", "}", ",", "\n", "  ", "\n  ", "\n    ", "'", "\"", "|", ">", "#", " #", "&x",
      "*x",
      "!t", "%", "@", "\\", "?", "? ", "~", "<<", "---\n", "...\n", "\t", "é", "电", "\u{E000}", "\r\n", "=", "(", ")",
      "1",
    ]
    var generator = SeededGenerator(state: 20_240_611)
    for _ in 0..<4000 {
      let text = (0..<Int.random(in: 1...25, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      let file = SourceFile(path: "x", text: text)
      do throws(Diagnostics) {
        let result = try NodeReader.result(of: text, in: file)
        check(result.root)
        _ = screen(result.problems.map(\.diagnostic))
      } catch {
        #expect(!error.all.isEmpty)
        _ = screen(error.all)
      }
    }
  }

  /// Every scalar has one place for each character and one for its end, all on lines and columns that exist.
  private func check(_ node: Node) {
    switch node.kind {
    case .scalar(let text):
      #expect(text.places.count == text.text.count + 1)
      let isInside = text.places.allSatisfy {
        $0.line >= 1 && $0.line <= text.file.lines.count + 1 && $0.column >= 1
      }
      #expect(isInside)
    case .sequence(let items): items.forEach(check)
    case .mapping(let entries): entries.forEach { check($0.value) }
    }
  }
}
