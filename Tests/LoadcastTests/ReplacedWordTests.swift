import Foundation
import ScenarioFiles
import Testing

/// A table over all words that have been replaced: what each was, and that following its message is right.
@Suite("Every replaced word is an error with the new word")
struct ReplacedWordTests {
  /// A scenario with each replaced key or argument, between guillemets; without it the scenario would be valid.
  private static let scenarios: [ReplacedWord.Home: [String: String]] = {
    let input = [
      "across": "{over: year, value: 1 to 2, «across»: shared}",
      "between": "{over: year, value: {2024: 1, 2026: 2 to 3}, «between»: linear, dependence: shared}",
      "beyond":
        "{over: year, value: {2024: 1, 2025: 2 to 3}, interpolate: linear, «beyond»: hold, dependence: shared}",
    ]
    let observed = "inputs: {x: \"normal(1, 1)\"}\noutputs: {x: {}}\n"
    return [
      .key(of: "an input"): input.mapValues { "indexes: {year: 2024..2026}\ninputs: {x: \($0)}\noutputs: {x: {}}\n" },
      .key(of: "a reference"): input.mapValues {
        "indexes: {year: 2024..2026}\ninputs: {x: 1 to 2}\noutputs: {x: {compare: r}}\nreferences: {r: \($0)}\n"
      },
      .key(of: "an observation"): ["equals": observed + "evidence: [{observe: x, «equals»: 1 to 2}]\n"],
      .key(of: "a triangulation"): ["by": observed + "evidence: [{estimate: y, «by»: {a: x, b: x + 1}}]\n"],
      .key(of: "the run"): ["exact": observed + "run: {draws: 1k, «exact»: true}\n"],
      .argument(of: "truncate"): ["law": observed + "references: {r: \"truncate(«law»=normal(1, 1), low=0)\"}\n"],
    ]
  }()

  /// The arguments behind a scenario with which each command takes a replaced flag; the flag's own come last.
  private static let commands: [ReplacedWord.Home: [String: [String]]] = [
    .flag(of: "run"): ["--exact": []],
    .flag(of: "sensitivity"): ["--by": ["input"], "--base": ["256"], "--pairs": []],
    .flag(of: "disclosure"): ["--by": ["input"], "--questions": ["1"]],
  ]

  @Test(
    "in a scenario; with the suggestion it is valid, and that is what `migrate` writes",
    arguments: ReplacedWord.all.filter { !$0.isFlag })
  func words(word: ReplacedWord) throws {
    let marked = try #require(Self.scenarios[word.home]?[word.old], "the test needs an example of \(word)")
    let lines = marked.components(separatedBy: "\n")
    let line = try #require(lines.firstIndex { $0.contains("«") })
    let column = try #require(lines[line].components(separatedBy: "«").first).count + 1
    let text = marked.replacingOccurrences(of: "«", with: "").replacingOccurrences(of: "»", with: "")
    let program = try Program()
    defer { program.remove() }
    try program.write(text, to: "s.yaml")

    let outcome = try program.run("check", "s.yaml", "--json")
    #expect(outcome.code == 65)
    let answer = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    #expect(answer?["valid"] as? Bool == false)
    let problems = try #require(answer?["diagnostics"] as? [[String: Any]])
    #expect(problems.count == 1, "one mistake, one message: \(outcome.output)")
    #expect(problems.first?["message"] as? String == "`\(word.old)` is now called `\(word.new)`")
    #expect(problems.first?["line"] as? Int == line + 1)
    #expect(problems.first?["column"] as? Int == column)
    #expect(problems.first?["length"] as? Int == word.old.count)
    #expect(problems.first?["suggestion"] as? String == word.new)

    let migrated = try program.run("migrate", "s.yaml")
    #expect(migrated.code == 0)
    #expect(
      migrated.output == "s.yaml:\(line + 1):\(column): \(word.old) → \(word.new)\ns.yaml: 1 keyword renamed\n")
    let right = marked.replacingOccurrences(of: "«\(word.old)»", with: word.new)
    #expect(try program.read("s.yaml") == right)
    let after = try program.run("check", "s.yaml")
    #expect(after.code == 0 && after.error == "", "\(after.error)")
    #expect(try program.run("migrate", "s.yaml").output == "s.yaml: nothing to rename\n")
    #expect(try program.read("s.yaml") == right)
  }

  @Test(
    "on the command line; with the suggestion the command runs", arguments: ReplacedWord.all.filter { $0.isFlag })
  func flags(word: ReplacedWord) throws {
    guard case .flag(let command) = word.home else { return }
    let values = try #require(Self.commands[word.home]?[word.old], "the test needs arguments for \(word)")
    let program = try Program()
    defer { program.remove() }
    try program.write("inputs: {x: 1 to 2, y: 2 to 3}\nequations: {z: x * y}\noutputs: {z: {}}\n", to: "s.yaml")
    func outcome(_ flag: String, _ form: [String]) throws -> Program.Outcome {
      let words = ["s.yaml", "--draws", "16k"] + form
      return try program.run(shell: "exec \"$0\" \(command) \(words.joined(separator: " "))")
    }
    for form in [[word.old] + values] + values.map({ ["\(word.old)=\($0)"] }) {
      let old = try outcome(word.old, form)
      #expect(old.code == 64 && old.output == "")
      #expect(
        old.error.contains(
          "error[options.replaced]: the option `\(word.old)` has been renamed\n  did you mean: \(word.new)\n"
            + "  note: `loadcast help \(command)` explains its options\n"),
        "\(old.error)")
    }
    #expect(try program.names() == ["s.yaml"])
    let new = try outcome(word.new, [word.new] + values)
    #expect(new.code == 0, "\(new.error)")
  }

  @Test("A key under both words is an error that says to remove one, and the file is left as it is")
  func both() throws {
    let program = try Program()
    defer { program.remove() }
    let text = """
      indexes: {year: 2024..2026}
      inputs:
        x:
          over: year
          value: 1 to 2
          across: shared
          dependence: shared
      outputs: {x: {}}
      run: {exact: true, exact_quantiles: true}

      """
    try program.write(text, to: "s.yaml")
    #expect(
      try program.run("check", "s.yaml").error == """
        s.yaml:6:5: error[keys.replaced]: `across` is now called `dependence`
        6 |     across: shared
          |     ^^^^^^
          expected: one of them: `dependence` is given too

        s.yaml:9:7: error[keys.replaced]: `exact` is now called `exact_quantiles`
        9 | run: {exact: true, exact_quantiles: true}
          |       ^^^^^
          expected: one of them: `exact_quantiles` is given too

        2 errors

        """)
    let migrated = try program.run("migrate", "s.yaml")
    #expect(migrated.code == 65 && migrated.output == "")
    #expect(
      migrated.error.contains(
        "s.yaml:6:5: error[keys.replaced]: `across` is now called `dependence`, which is given too"))
    #expect(try program.read("s.yaml") == text)
  }
}

extension ReplacedWord: CustomTestStringConvertible {
  /// The word with its home.
  public var testDescription: String { "\(old) of \(home)" }

  /// Whether it is a flag of a command.
  fileprivate var isFlag: Bool { old.hasPrefix("--") }
}
