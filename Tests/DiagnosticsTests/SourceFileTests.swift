import Testing

@testable import Diagnostics

@Suite("Lines and columns of a file")
struct SourceFileTests {
  @Test(
    "The column of a byte is the number of characters before it, and 1",
    arguments: ["abc,", "é,", "👩‍🔬, ", "e\u{301}\u{301}\u{301},", "日本語", "a\u{200D}b "], [1, 7, 40, 400])
  func columns(_ piece: String, count: Int) {
    let line = String(repeating: piece, count: count)
    let file = SourceFile(path: "t.csv", text: "first\n\(line)\nlast")
    var offset = 0
    for (number, character) in line.enumerated() {
      #expect(file.column(ofByte: offset, inLine: 1) == number + 1)
      offset += character.utf8.count
    }
    #expect(file.column(ofByte: offset, inLine: 1) == line.count + 1)
    #expect(file.column(ofByte: 3, inLine: 0) == 4 && file.column(ofByte: 4, inLine: 2) == 5)
  }
}
