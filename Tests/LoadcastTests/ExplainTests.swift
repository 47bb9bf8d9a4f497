import Foundation
import ScenarioFiles
import Testing

@Suite("Explanations, and errors as JSON")
struct ExplainTests {
  /// A command line of each command that fails in the scenario of the test.
  private static let jsonCommands = [
    "check s.yaml", "run s.yaml", "describe s.yaml", "sensitivity s.yaml", "disclosure s.yaml",
    "discover s.yaml --when 1", "draw s.yaml --number 1", "compare s.yaml s.yaml", "sweep s.yaml --vary power=1..2",
    "backtest s.yaml --cases c.csv", "export notebook s.yaml", "explain units.mismach", "schema --result",
    "chart none --svg x.svg", "init s.yaml", "migrate none.yaml", "merge none.part", "submit slurm s.yaml --tasks 2",
    "verify none",
  ]

  @Test("Every command is among those whose errors are tested")
  func completeness() throws {
    let program = try Program()
    defer { program.remove() }
    let tested = Self.jsonCommands.compactMap { $0.split(separator: " ").first.map(String.init) }
    let commands = try program.commands().sorted()
    #expect(
      commands == tested.sorted(), "`jsonCommands` has a failing command line for each of \(commands), and for no other"
    )
  }

  @Test("explain prints the meaning and both examples, and suggests the nearest code")
  func explain() throws {
    let program = try Program()
    defer { program.remove() }
    let text = try program.run("explain", "units.mismatch")
    #expect(text.code == 0 && text.output.hasPrefix("units.mismatch\n\n"))
    #expect(text.output.contains("\nWrong: loadcast check scenario.yaml\n"))
    #expect(text.output.contains("\nRight: loadcast check scenario.yaml\n"))
    let unknown = try program.run("explain", "units.mismach")
    #expect(unknown.code == 64 && unknown.output.isEmpty)
    #expect(unknown.error.hasPrefix("error[options.unknown-code]: there is no diagnostic code `units.mismach`\n"))
    #expect(unknown.error.contains("\n  did you mean: units.mismatch\n"))
    let list = try program.run("explain").output
    for entry in ExplanationCatalogue.entries { #expect(list.contains("\n  \(entry.code)\n")) }
  }

  @Test("explain --json holds what explain prints")
  func json() throws {
    let program = try Program()
    defer { program.remove() }
    let object = try Self.object(try program.run("explain", "units.mismatch", "--json").output)
    #expect(object["code"] as? String == "units.mismatch")
    #expect((object["wrong"] as? [String: Any])?["command"] as? [String] == ["check", "scenario.yaml"])
    let sections = try #require(
      try Self.object(try program.run("explain", "--json").output)["sections"] as? [[String: Any]])
    #expect(sections.count == ExplanationCatalogue.sections.count)
  }

  @Test(
    "A wrong example of another command than check fails with its code, and its correction succeeds",
    arguments: ExplanationCatalogue.entries
      .filter { $0.explanation.wrong.map { $0.arguments != ["check", Example.scenarioName] } ?? false }
      .map { $0.code.description })
  func examples(code: String) throws {
    let explanation = try #require(ExplanationCatalogue.entry(of: code)).explanation
    let wrong = try Self.outcome(try #require(explanation.wrong))
    #expect(wrong.code != 0)
    #expect(Set(try Self.codes(wrong.output)) == [code], "\(wrong.output)\(wrong.error)")
    let fixed = try Self.outcome(try #require(explanation.fixed))
    #expect(fixed.code == 0, "\(fixed.output)\(fixed.error)")
  }

  @Test(
    "With --json every command prints its errors as diagnostics on standard output, with the same exit code",
    arguments: jsonCommands)
  func errors(command: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario.replacingOccurrences(of: "fleet * power", with: "fleet * pwer"), to: "s.yaml")
    let words = command.split(separator: " ").map(String.init)
    let plain = try program.run(shell: "exec \"$0\" \(words.joined(separator: " "))")
    let json = try program.run(shell: "exec \"$0\" \(words.joined(separator: " ")) --json")
    let code = [
      "explain": "options.unknown-code", "schema": "options.usage", "init": "options.file-exists",
      "backtest": "files.missing", "chart": "files.unreadable", "merge": "run.missing-part",
      "verify": "files.unreadable",
    ][words[0]]
    if words[0] != "migrate" {
      #expect(Set(try Self.codes(json.output)) == [code ?? "names.unknown"], "\(json.output)\(json.error)")
    }
    #expect(plain.code != 0 && json.code == plain.code)
    #expect(json.error.isEmpty)
  }

  /// The codes of the printed errors.
  private static func codes(_ output: String) throws -> [String] {
    let diagnostics = try #require(try object(output)["diagnostics"] as? [[String: Any]])
    return diagnostics.filter { $0["severity"] as? String == "error" }.map { $0["code"] as? String ?? "none" }
  }

  private static func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// Runs an example with `--json` in a folder of its own.
  private static func outcome(_ example: Example) throws -> Program.Outcome {
    let program = try Program()
    defer { program.remove() }
    try program.write(example.scenario, to: Example.scenarioName)
    for (name, text) in example.files { try program.write(text, to: name) }
    let words = (example.arguments + ["--json"]).map { "'\($0)'" }.joined(separator: " ")
    return try program.run(shell: "exec \"$0\" \(words)")
  }
}
