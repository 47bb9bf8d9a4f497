import Testing
import TextFormats

@Suite("Comma-separated values are split as RFC 4180 says")
struct CSVTokenizerTests {
  /// Python 3's reading: `list(csv.reader(io.StringIO(text, newline=''), strict=True))`, but for a blank line, which has
  /// one empty field by RFC 4180 and none in Python.
  @Test(
    "every field of every record, blanks included",
    arguments: [
      ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]), ("a,\"b,c\"\n", [["a", "b,c"]]),
      ("\"a\"\"b\",\"\"\n", [["a\"b", ""]]), ("\"x\r\ny\",z\r\n", [["x\r\ny", "z"]]),
      ("\"x\ny\",z\n", [["x\ny", "z"]]), (" a , b\n", [[" a ", " b"]]), ("a,,\n", [["a", "", ""]]),
      ("a\n\nb\n", [["a"], [""], ["b"]]), ("last,line", [["last", "line"]]), ("\"\",\n", [["", ""]]),
      ("é,\"ü,\"\"ß\"\"\"\n", [["é", "ü,\"ß\""]]), ("a\rb,c\n", [["a\rb", "c"]]), ("", []),
    ] as [(String, [[String]])])
  func records(_ text: String, _ expected: [[String]]) throws {
    #expect(try CSVTokenizer.records(of: text) == expected)
  }

  @Test("blanks around fields and blank lines are ignored on request; places are those of the text")
  func blanks() throws {
    var tokenizer = CSVTokenizer(["", " \t", " a b ,\t\"c ", "d\" , e"], ignoresBlanks: true)
    let record = try #require(try tokenizer.next())
    #expect(record.map { String($0.text) } == ["a b", "c \nd", "e"])
    #expect(record.map(\.line) == [2, 2, 3])
    #expect(record.map(\.offset) == [1, 7, 5])
    #expect(record.map(\.isQuoted) == [false, true, false])
    #expect(try tokenizer.next() == nil)
  }

  @Test(
    "a line that is not a record has its place, and the next call continues below it",
    arguments: [
      (["a,b\"c", "d"], CSVTokenizer.MalformedRecord.Kind.isInside, 0, 3, 1),
      (["\"a\"b,c", "d"], .followsQuotes, 0, 3, 1), (["a,\"b", "d"], .isNotClosed, 0, 2, 0),
    ] as [([Substring], CSVTokenizer.MalformedRecord.Kind, Int, Int, Int)])
  func problems(_ lines: [Substring], _ kind: CSVTokenizer.MalformedRecord.Kind, line: Int, offset: Int, below: Int)
    throws
  {
    var tokenizer = CSVTokenizer(lines, ignoresBlanks: true)
    let problem = #expect(throws: CSVTokenizer.MalformedRecord.self) { try tokenizer.next() }
    #expect(problem?.kind == kind)
    #expect(problem?.line == line)
    #expect(problem.map { lines[$0.line].utf8.distance(from: lines[$0.line].startIndex, to: $0.index) } == offset)
    var rest = 0
    while let record = try tokenizer.next() {
      #expect(record.map { String($0.text) } == ["d"])
      rest += 1
    }
    #expect(rest == below)
  }
}
