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
    let help = try program.run("--help").output
    let listed = help.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }.dropFirst()
      .prefix { $0.hasPrefix("  ") }.filter { !$0.hasPrefix("   ") && !$0.contains("See '") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(listed == files.map { $0.replacingOccurrences(of: ".swift", with: "").lowercased() }.sorted())
  }
}
