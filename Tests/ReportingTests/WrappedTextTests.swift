import Testing

@testable import Reporting

@Suite("Long sentences on the screen")
struct WrappedTextTests {
  @Test(
    "A line does not end between a number and its unit or percent sign",
    arguments: ["12.5 %", "(0.82 %)", "-3 TWh/year", "1.5e-07 W", "20k draws", "7 of"])
  func units(_ amount: String) {
    for length in 1...60 {
      let text = String(repeating: "a ", count: length) + amount + " and more words after it"
      let lines = ScreenText.wrapped(text, width: 40)
      #expect(lines.contains { $0.contains(amount) }, "\(lines)")
      #expect(lines.allSatisfy { $0.count <= 40 })
      #expect(lines.joined(separator: " ").split(separator: " ") == text.split(separator: " "))
    }
  }

  @Test("A sequence of names and numbers is broken, and every word is kept")
  func numbers() {
    let text = (0..<40).map { "x\($0) \($0)" }.joined(separator: " ")
    let lines = ScreenText.wrapped(text, width: 20)
    #expect(lines.count > 10 && lines.allSatisfy { $0.count <= 22 })
    #expect(lines.joined(separator: " ").split(separator: " ") == text.split(separator: " "))
  }
}
