import Diagnostics
import Modeling
import ScenarioFiles
import Testing

private func table(_ text: String) throws -> CSVTable { try CSVTable(SourceFile(path: "t.csv", text: text)) }

/// All fields, header first.
private func cells(_ table: CSVTable) -> [[String]] {
  [table.header.map { String($0.text) }]
    + (0..<table.rowCount).map { row in table.header.indices.map { String(table[row, $0].text) } }
}

@Suite("A table of comma-separated values is read field by field")
struct CSVTableTests {
  @Test(
    "RFC 4180, and what spreadsheets make of it",
    arguments: [
      ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a,b\r\n1,2\r\n3,4", [["a", "b"], ["1", "2"], ["3", "4"]]),
      ("a\n\n1\n  \n2\n", [["a"], ["1"], ["2"]]),
      ("a,b\n\"x, y\",\"say \"\"hi\"\"\"\n", [["a", "b"], ["x, y", "say \"hi\""]]),
      ("a,b\n\"one\ntwo\",3\n", [["a", "b"], ["one\ntwo", "3"]]), ("a,b\n,\n", [["a", "b"], ["", ""]]),
      (" a , b \n 80 to 120 ,\t1.5B\n", [["a", "b"], ["80 to 120", "1.5B"]]),
      ("a,b\n\"\", \"x\" \n", [["a", "b"], ["", "x"]]),
      ("a", [["a"]]),
    ])
  func reading(text: String, expected: [[String]]) throws {
    #expect(cells(try table(text)) == expected)
  }

  @Test("A line ends only where that of the file does, so that other separators in a field move no place")
  func separators() throws {
    let read = try table("a\nb\u{2028}c\n\"d\u{85}e\nf\u{2029}g\"\n")
    #expect(read.text(of: read[0, 0]).places.map { [$0.line, $0.column] } == [[2, 1], [2, 2], [2, 3], [2, 4]])
    #expect(
      read.text(of: read[1, 0]).places.map { [$0.line, $0.column] }
        == [[3, 2], [3, 3], [3, 4], [3, 5], [4, 1], [4, 2], [4, 3], [4, 4]])
    let text = "x\n0indexes:\n\u{2028}"
    let problems = #expect(throws: Diagnostics.self) { try SweepPlan(try table(text)) }
    #expect(problems?.all.allSatisfy { ($0.place?.line ?? 0) <= 3 } == true)
  }

  @Test("A field leads back to its line and column, and so does every character of it")
  func places() throws {
    let table = try table("année,b\n电 x, 80 to 12O\n\"one\n\"\"two\"\"\",3\n")
    #expect(table.place(of: table[0, 1]).description == "t.csv:2:6")
    #expect {
      try FormulaParser.syntax(of: table.text(of: table[0, 1]))
    } throws: { error in
      screen((error as? Diagnostics)?.all ?? []) == """
        t.csv:2:12: error[units.spacing]: a space is missing between a number and its unit
        2 | 电 x, 80 to 12O
          |             ^^^
          found: 12O
          did you mean: 12 O

        1 error

        """
    }
    let text = table.text(of: table[1, 0])
    #expect(text.text == "one\n\"two\"")
    #expect(text.places.map(\.line) == [3, 3, 3, 3, 4, 4, 4, 4, 4, 4])
    #expect(text.places.map(\.column) == [2, 3, 4, 5, 1, 3, 4, 5, 6, 8])
    #expect(table.place(of: table[1, 1]).description == "t.csv:4:10")
    #expect(table.place(ofRow: 1).line == 3)
  }

  @Test("A file that is no table at all earns a bounded number of messages")
  func boundedMessages() {
    #expect {
      try table("a,b\n" + String(repeating: "1\n", count: 100_000))
    } throws: { error in
      (error as? Diagnostics)?.all.map(\.message) == ["this row has 1 field"]
    }
  }

  @Test("Soup of commas and quotation marks never traps")
  func soup() {
    var generator = SeededGenerator(state: 5)
    let pieces = ["a", ",", "\"", "\n", " ", "\r\n", "é", "\t", "1"]
    for _ in 0..<5000 {
      let text = (0..<Int.random(in: 0...20, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      do throws(Diagnostics) {
        let table = try CSVTable(SourceFile(path: "t.csv", text: text))
        for row in 0..<table.rowCount {
          for column in table.header.indices {
            let field = table[row, column]
            #expect(table.text(of: field).places.count == field.text.count + 1)
          }
        }
      } catch {
        _ = screen(error.all)
      }
    }
  }
}
