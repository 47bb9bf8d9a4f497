import Foundation
import Testing

@Suite("The catalogue of commands lists what the folder holds")
struct CommandCatalogueTests {
  @Test("every file of Commands/ is a command that help names, in alphabetical order")
  func folder() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let files = try FileManager.default.contentsOfDirectory(
      atPath: root.appendingPathComponent("Sources/loadcast/Commands").path)
    let program = try Program()
    defer { program.remove() }
    let expected = files.map { $0.replacingOccurrences(of: ".swift", with: "").lowercased() }.sorted()
    let found = try program.commands()
    #expect(
      found == expected,
      "list the files of Commands/ in CommandCatalogue, in alphabetical order: \(expected), not \(found)")
  }
}
