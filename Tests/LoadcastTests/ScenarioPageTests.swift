import Foundation
import Testing

/// Every example of the page that teaches the language is checked, and its mistakes are answered as it says.
@Suite("The page on scenarios tells the truth")
struct ScenarioPageTests {
  @Test("Every scenario on it checks without a word, and every mistake prints what is shown")
  func examples() throws {
    let blocks = try DocumentBlocks(ofPageAt: "scenarios/README.md").blocks
    #expect(blocks.filter { $0.info.first == "yaml" }.count > 12)
    let program = try Program()
    defer { program.remove() }
    for (number, block) in blocks.enumerated() {
      switch block.info.first {
      case "csv": try program.write(block.text, to: block.info[1])
      case "yaml":
        try program.write(block.text, to: "example.yaml")
        let outcome = try program.run("check", "example.yaml")
        let answer = number + 1 < blocks.count ? blocks[number + 1] : nil
        if let answer, answer.info.first == "text" {
          #expect(outcome.error == answer.text, "line \(block.line)")
          #expect(outcome.code == 65, "line \(block.line)")
        } else {
          #expect(outcome.error == "", "line \(block.line)")
          #expect(outcome.code == 0, "line \(block.line)")
        }
      default: break
      }
    }
  }
}
