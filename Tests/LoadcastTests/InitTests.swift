import Foundation
import Testing

@Suite("A new user begins with a scenario that works")
struct InitTests {
  @Test("init writes a scenario that passes the strict check, runs, and is described")
  func starter() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run("init").output.hasPrefix("scenario.yaml: a scenario to start from\n"))
    let check = try program.run("check", "scenario.yaml", "--strict")
    #expect(check.code == 0 && check.error.isEmpty)
    let run = try program.run("run", "scenario.yaml", "--draws", "20k")
    #expect(run.code == 0 && run.output.contains("electricity, compared draw by draw"))
    #expect(try program.run("describe", "scenario.yaml", "--format", "markdown").output.contains("```mermaid\n"))
    #expect(try program.run("init", "-").output == program.read("scenario.yaml"))
  }

  @Test("init never writes over a file, and says so")
  func existing() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("title: mine\n", to: "mine.yaml")
    let outcome = try program.run("init", "mine.yaml")
    #expect(outcome.code == 64 && outcome.error.contains("mine.yaml already exists and was not changed"))
    #expect(try program.read("mine.yaml") == "title: mine\n")
    #expect(try program.run("init", "no/such/folder.yaml").code == 74)
  }

  @Test("the citation names the version of the program")
  func citation() throws {
    let page = try String(contentsOf: DocumentBlocks.root.appending(path: "CITATION.cff"), encoding: .utf8)
    let program = try Program()
    defer { program.remove() }
    let version = try program.run("--version").output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(page.contains("\nversion: \(version)\n"))
  }
}
