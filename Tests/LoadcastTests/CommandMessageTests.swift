import Foundation
import Testing

/// What commands print for mistakes on the command line, as text and as JSON.
@Suite("A mistake on the command line is reported with its code and its correction")
struct CommandMessageTests {
  private func run(_ program: Program, _ arguments: [String]) throws -> Program.Outcome {
    let words = arguments.map { "'\($0)'" }.joined(separator: " ")
    return try program.run(shell: "exec \"$0\" \(words)")
  }

  /// The only problem of a command, from its JSON.
  private func problem(_ program: Program, _ arguments: [String]) throws -> [String: Any] {
    let outcome = try run(program, arguments + ["--json"])
    let answer = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let problems = try #require(answer?["diagnostics"] as? [[String: Any]], "\(outcome.output)\(outcome.error)")
    #expect(problems.count == 1)
    return try #require(problems.first)
  }

  @Test("Many flags of one kind are parsed in time that is linear in their number, with the same result")
  func manyFlags() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      "inputs:\n" + (0..<2_000).map { "  x\($0): 1 to 2\n" }.joined() + "outputs: {x7: {}}\n", to: "s.yaml")
    func seconds(_ count: Int) throws -> Double {
      let start = Date()
      let outcome = try program.run(
        shell: "exec \"$0\" check s.yaml --quiet $(printf -- ' --set=x%d=1.5' $(seq 0 \(count - 1)))")
      #expect(outcome.code == 0, "\(outcome.error)")
      return Date().timeIntervalSince(start)
    }
    let times = try [500, 2_000].map { count in try (0..<3).map { _ in try seconds(count) }.min() ?? 0 }
    // Quadratic parsing of 2,000 flags takes 16 times as long as of 500, and a process as long as of 100.
    #expect(times[1] < 6 * times[0], "\(times)")
    // Both ways to write a flag, each value once, in their order; the last one counts, as with few.
    let run = "run s.yaml --draws 1k --quiet --out o"
    let flags = (0..<40).map { "--set\($0 % 2 == 0 ? "=" : " ")x\($0)=1.5" }.joined(separator: " ")
    let many = try program.run(shell: "exec \"$0\" \(run) \(flags) --set x7=3")
    let few = try program.run(shell: "exec \"$0\" \(run) --set x7=1.5 --set x7=3")
    #expect(many.code == few.code, "\(many.error)")
    let unknown = try program.run(shell: "exec \"$0\" \(run) \(flags) --set x2001=3")
    #expect(unknown.code == 64 && unknown.error.contains("x2001"), "\(unknown.error)")
    let missing = try program.run(shell: "exec \"$0\" \(run) \(flags) --set")
    #expect(missing.code == 64 && missing.error.contains("--set"), "\(missing.error)")
  }

  @Test(
    "Every message has its code, its correction and the command whose help explains it",
    arguments: [
      (["draw", "s.yaml", "--numbr", "3"], "usage", "unknown option `--numbr`", "--number"),
      (["run", "s.yaml", "--exac"], "usage", "unknown option `--exac`", "--exact-quantiles"),
      (["run", "s.yaml", "--bogus"], "usage", "unknown option `--bogus`", nil),
      (["run", "s.yaml", "--exact"], "replaced", "the option `--exact` has been renamed", "--exact-quantiles"),
      (["sweep", "s.yaml", "--vary", "power=1 W,2 W", "--pairing", "gird"], "value", "unknown pairing `gird`", "grid"),
      (["sensitivity", "s.yaml", "--method", ""], "value", "unknown method ``", nil),
      (["sensitivity", "s.yaml", "--method", "sobol,"], "value", "unknown method ``", nil),
      (["sensitivity", "s.yaml", "--method", "sobl"], "value", "unknown method `sobl`", "sobol"),
      (
        ["sensitivity", "s.yaml", "--group", "both=power,lod_factor"], "value", "there is no input `lod_factor`",
        "load_factor"
      ),
      (["sensitivity", "s.yaml", "--group", "both=power,"], "value", "there is no input ``", nil),
      (
        ["describe", "s.yaml", "--plan", "--without", "nonsense"], "value", "unknown simplification rule `nonsense`",
        nil
      ),
      (["describe", "s.yaml", "--without", "nonsense"], "combination", "--without needs --plan", nil),
    ] as [([String], String, String, String?)])
  func options(_ arguments: [String], _ kind: String, _ message: String, _ suggestion: String?) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let outcome = try run(program, arguments)
    #expect(outcome.code == 64 && outcome.output == "")
    #expect(outcome.error.hasPrefix("error[options.\(kind)]: \(message)\n"), "\(outcome.error)")
    #expect(outcome.error.contains("did you mean: \(suggestion ?? "")") == (suggestion != nil), "\(outcome.error)")
    #expect(outcome.error.contains("note: `loadcast help \(arguments[0])` explains its options\n"))
    if arguments[0] != "describe" {
      let problem = try problem(program, arguments)
      #expect(problem["code"] as? String == "options.\(kind)" && problem["message"] as? String == message)
      #expect(problem["suggestion"] as? String == suggestion)
    }
    #expect(try program.names() == ["s.yaml"])
  }

  @Test("The simplification rules are listed for a name that is near none of them")
  func rules() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let plan = try run(program, ["describe", "s.yaml", "--plan"])
    let error = try run(program, ["describe", "s.yaml", "--plan", "--without", "nonsense"]).error
    let list = try #require(error.components(separatedBy: "expected: ").dropFirst().first?.split(separator: "\n").first)
    for rule in list.components(separatedBy: ", ") { #expect(plan.output.contains(rule), "\(rule)") }
    #expect(list.components(separatedBy: ", ").count > 5)
  }

  @Test("A file that cannot be read is named as it was typed, in JSON as well")
  func paths() throws {
    let program = try Program()
    defer { program.remove() }
    try FileManager.default.createDirectory(
      at: program.folder.appendingPathComponent("m"), withIntermediateDirectories: true)
    for (typed, message, code) in [
      ("none.yaml", "there is no file `none.yaml`", "files.missing"),
      ("m", "`m` is a folder, not a file", "files.unreadable"),
      (".", "`.` is a folder, not a file", "files.unreadable"),
      ("..", "`..` is a folder, not a file", "files.unreadable"),
      ("./m/", "`./m/` is a folder, not a file", "files.unreadable"),
    ] {
      let problem = try problem(program, ["check", typed])
      #expect(problem["message"] as? String == message && problem["path"] as? String == typed)
      #expect(problem["code"] as? String == code)
    }
    #expect(try problem(program, ["check", ""])["message"] as? String == "a path is missing")
  }

  @Test("A draw beyond those of the run is shown, and its number is said to be beyond them")
  func drawBeyondTheRun() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let line = "This draw is beyond the 2k draws of the run; draws are numbered from 0.\n"
    #expect(!(try run(program, ["draw", "s.yaml", "--draws", "2k", "--number", "1999"]).output.contains("beyond")))
    #expect(try run(program, ["draw", "s.yaml", "--draws", "2k", "--number", "2000"]).output.contains(line))
    #expect(try run(program, ["run", "s.yaml", "--draws", "1", "--out", "o"]).output.contains("\n1 draw, seed"))
  }

  @Test("`check` counts the equations of the scenario, not the formulas of its evidence")
  func counts() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      "inputs: {x: 1 to 2, y: 3 to 4}\noutputs: {x: {}}\nevidence: [{observe: x * y, measured: 2 to 8}]\n", to: "s.yaml"
    )
    let screen = try run(program, ["check", "s.yaml"]).output
    let start = "s.yaml: valid: 2 inputs (2 uncertain), 1 output, 2 random dimensions\na run of 1M draws: "
    #expect(screen.hasPrefix(start) && !screen.contains(" without its evidence on "), "\(screen)")
    let json =
      try JSONSerialization.jsonObject(
        with: Data(run(program, ["check", "s.yaml", "--json"]).output.utf8)) as? [String: Any]
    #expect((json?["counts"] as? [String: Any])?["equations"] as? Int == 0)
  }

  @Test("`migrate --json` lists the changes; a file with two names keeps both; a folder that takes no file is named")
  func migrate() throws {
    let program = try Program()
    defer { program.remove() }
    let old =
      "indexes: {year: 2024..2026}\ninputs:\n  x: {over: year, value: 1 to 2, across: shared}\noutputs: {x: {}}\n"
    try program.write(old, to: "s.yaml")
    try FileManager.default.linkItem(
      at: program.folder.appendingPathComponent("s.yaml"), to: program.folder.appendingPathComponent("other.yaml"))
    let check = try run(program, ["migrate", "--check", "--json", "s.yaml"])
    let answer = try JSONSerialization.jsonObject(with: Data(check.output.utf8)) as? [String: Any]
    let changes = try #require(answer?["changes"] as? [[String: Any]])
    #expect(check.code == 1 && answer?["valid"] as? Bool == true && changes.count == 1)
    #expect(changes[0]["path"] as? String == "s.yaml" && changes[0]["line"] as? Int == 3)
    #expect(changes[0]["column"] as? Int == 34)
    #expect(changes[0]["old"] as? String == "across" && changes[0]["new"] as? String == "dependence")
    #expect(try run(program, ["migrate", "s.yaml"]).code == 0)
    #expect(try program.read("s.yaml") == old.replacing("across", with: "dependence"))
    #expect(try program.read("other.yaml") == program.read("s.yaml"))
    #expect(try run(program, ["migrate", "--check", "s.yaml"]).code == 0)
    try program.write("loadcast: 2\n" + old, to: "later.yaml")
    let later = try run(program, ["migrate", "later.yaml"])
    #expect(later.code == 65 && later.error.contains("error[keys.version]: this program does not support version 2"))
    #expect(try program.read("later.yaml") == "loadcast: 2\n" + old)
  }

  @Test("A name that is one character of two megabytes is not printed whole", arguments: ["", "--json"])
  func longCharacter(_ flag: String) throws {
    let program = try Program()
    defer { program.remove() }
    let name = "x" + String(repeating: "\u{301}", count: 1_000_000)
    try program.write("inputs:\n  \(name): 1\n  y: \(name) + 1\noutputs: {\(name): {}}\n", to: "s.yaml")
    let outcome = try program.run(shell: "exec \"$0\" check s.yaml \(flag)")
    #expect(outcome.code == 65)
    #expect((outcome.output + outcome.error).utf8.count < 100_000)
  }

  @Test("The help lists every exit code")
  func exitCodes() throws {
    let program = try Program()
    defer { program.remove() }
    let help = try program.run("--help").output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for code in [
      "0 success", "3 an output without a finite draw", "64 usage error", "65 invalid scenario",
      "66 missing input file",
      "69 OpenBLAS or SQLite cannot be loaded", "70 internal error",
      "71 more memory needed than --memory allows, or refused by the system",
      "129 interrupted by SIGHUP",
      "1 changes pending", "74 output error", "130 interrupted by SIGINT", "143 interrupted by SIGTERM",
    ] {
      #expect(help.contains(code), "\(code)")
    }
  }

  @Test("A table explains the marks that it has, and no others")
  func legend() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      "inputs: {x: 1 to 2, y: 3 to 4, z: {value: 1 to 1.0000001}}\nequations: {s: x * y * z}\noutputs: {s: {}}\n",
      to: "s.yaml")
    for flags in [["--method", "shapley-neighbours"], ["--second-order"], ["--all"], ["--method", "sobol"]] {
      let output = try run(program, ["sensitivity", "s.yaml", "--draws", "16k", "--out", "o"] + flags).output
      let lines = output.split(separator: "\n")
      let fields = lines.filter { !$0.contains(": ") }.flatMap { $0.split(separator: " ") }
      #expect(output.contains("~0: not distinguishable from zero") == fields.contains("~0"), "\(output)")
      #expect(
        output.contains("~: the standard error exceeds the first digit")
          == fields.contains { $0.hasPrefix("~") && $0 != "~0" }, "\(output)")
      #expect(output.contains("-: not computed by this method") == fields.contains("-"), "\(output)")
    }
  }
}
