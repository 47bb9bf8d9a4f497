import Foundation
import Testing

@Suite("What commands print, screen by screen")
struct ScreenTests {
  private func screen(_ arguments: String..., scenario: String = smallScenario) throws -> String {
    let program = try Program()
    defer { program.remove() }
    try program.write(scenario, to: "small.yaml")
    let words = arguments.map { "'\($0)'" }.joined(separator: " ")
    let outcome = try program.run(shell: "exec \"$0\" \(words)")
    #expect(outcome.code == 0)
    #expect(outcome.error == "")
    return outcome.output
  }

  @Test("check")
  func check() throws {
    #expect(try screen("check", "small.yaml") == "")
  }

  @Test("run: the time apart, the same seed prints the same")
  func run() throws {
    let text = try screen("run", "small.yaml", "--workers", "2", "--out", "out")
    #expect(text.replacing(/: [0-9.]+ s on 2/, with: ": TIME on 2") == "")
  }

  @Test("describe, with a value from a flag")
  func describe() throws {
    #expect(try screen("describe", "small.yaml", "--set", "power=600 W/gpu", "--draws", "2.5k") == "")
  }

  @Test("draw")
  func draw() throws {
    #expect(try screen("draw", "small.yaml", "--number", "48213") == "")
  }

  @Test("a draw has the values that the run exports")
  func drawInRun() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "small.yaml")
    #expect(try program.run("run", "small.yaml", "--draws", "2k", "--export-draws", "2k", "--out", "out").code == 0)
    let lines = try program.read("out/draws.csv").components(separatedBy: "\r\n")
    #expect(lines.count == 1 + 2000 + 1)
    let header = Self.fields(lines[0])
    let drawn = try JSONSerialization.jsonObject(
      with: Data(try program.run("draw", "small.yaml", "--number", "1234", "--json").output.utf8))
    let values = try #require((drawn as? [String: Any])?["values"] as? [[String: Any]])
    var cells: [String: Double] = [:]
    for cell in values.compactMap({ $0["cells"] as? [[String: Any]] }).joined() {
      cells[try #require(cell["name"] as? String)] = cell["value"] as? Double
    }
    let row = Self.fields(lines[1 + 1234])
    #expect(row[0] == "1234")
    for (name, text) in zip(header, row).dropFirst() {
      let value = try #require(cells[name])
      let exported = try #require(Double(text))
      // An output is exported in its own unit, an explained equation in the scenario's.
      if !name.hasPrefix("electricity") { #expect(exported == value, "\(name)") }
    }
    #expect(header.contains("shipments[2024]") && header.contains("per_gpu"))
  }

  @Test("--quiet prints nothing, --json prints JSON, for every command that has it")
  func programs() throws {
    #expect(try screen("run", "small.yaml", "--draws", "2k", "--quiet") == "")
    #expect(try screen("check", "small.yaml", "--quiet") == "")
    for command in [["run", "--draws=2k"], ["check"], ["describe"], ["draw", "--number=3"]] {
      let text = try screen(command[0], "small.yaml", command.dropFirst().first ?? "--strict", "--json")
      #expect(try JSONSerialization.jsonObject(with: Data(text.utf8)) is [String: Any], "\(command)")
    }
    let schema = try JSONSerialization.jsonObject(with: Data(try screen("schema").utf8)) as? [String: Any]
    #expect(schema?["$schema"] != nil)
  }

  @Test("a warning is printed, and is an error with --strict")
  func warnings() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      smallScenario.replacingOccurrences(of: "  power:\n", with: "  idle: 3 W to 4 W\n  power:\n"), to: "s.yaml")
    let fine = try program.run("check", "s.yaml")
    #expect(fine.code == 0)
    #expect(fine.error.hasPrefix("s.yaml:13:3: warning:"))
    #expect(fine.output.hasPrefix("s.yaml: fine: 4 inputs, 4 uncertain, "))
    let strict = try program.run("check", "s.yaml", "--strict")
    #expect(strict.code == 65)
    #expect(strict.error == fine.error.replacingOccurrences(of: "warning", with: "error"))
    #expect(strict.output == "")
    let json = try program.run("check", "s.yaml", "--json")
    #expect(json.code == 0 && json.error == "" && json.output.contains("\"severity\": \"warning\""))
  }

  /// The fields of a line of CSV that has no quotes within quotes.
  private static func fields(_ line: String) -> [String] {
    line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().map { position, part in
      position.isMultiple(of: 2) ? part.replacingOccurrences(of: ",", with: "\n") : String(part)
    }.joined().components(separatedBy: "\n")
  }
}
