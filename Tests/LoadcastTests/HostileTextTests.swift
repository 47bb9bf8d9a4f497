import Testing

/// Nothing that a command prints can control the terminal, whatever scenarios and arguments say.
@Suite("Hostile texts on standard output and standard error")
struct HostileTextTests {
  private static let scenario = """
    title: "\\x1b]0;title\\x07 \\x9b31m \\u202Edesrever\\u202C \\u2066x \\u200F \\u2028 \\x7f end"
    about: "\\x1b[2J about \\u202E"
    indexes: {k: ["a\\u2067b", c]}
    inputs:
      x: {value: 1 W to 2 W, source: "=cmd|' /C calc'!A0 \\x1b[31m\\u202E", note: "`r 1` <script> \\x1b[0m", quality: "\\u061C"}
      y: {over: k, value: 1 to 2, dependence: independent, source: "-1+1"}
    equations: {z: x * y}
    outputs: {z: {unit: W, note: "\\x1b[1m", label: "</script> `r 1` =1+1 العالم 30 ] $x$"}}

    """

  private static func controls(in text: String) -> [String] {
    // A label from right to left is in an isolate that begins and ends around it.
    let plain = text.replacing(/\u{2068}([^\u{2068}\u{2069}\n]*)\u{2069}/) { $0.output.1 }
    return plain.replacing("\r\n", with: "\n").unicodeScalars.filter { scalar in
      let isControl = scalar.value < 0x20 && scalar != "\n" && scalar != "\t" || (0x7F..<0xA0).contains(scalar.value)
      return isControl || scalar.properties.isBidiControl || (0x2028...0x2029).contains(scalar.value)
    }.map { String($0.value, radix: 16) }
  }

  @Test(
    "of a scenario",
    arguments: [
      "describe s.yaml", "describe s.yaml --format csv", "describe s.yaml --format json",
      "describe s.yaml --format markdown",
      "describe s.yaml --format mermaid", "describe s.yaml --format dot", "describe s.yaml --plan", "check s.yaml",
      "check s.yaml --json", "run s.yaml --draws 1k", "run s.yaml --draws 1k --json", "draw s.yaml --number 1",
    ])
  func scenario(_ arguments: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.scenario, to: "s.yaml")
    let outcome = try program.run(shell: "exec \"$0\" \(arguments)")
    // A label with an invisible character is refused, with its text; without it, the scenario is valid.
    #expect(outcome.code == 65 && outcome.output.count + outcome.error.count > 50, "\(outcome.error)")
    #expect(Self.controls(in: outcome.output + outcome.error) == [], "\(arguments)")
    try program.write(Self.scenario.replacing("a\\u2067b", with: "ab"), to: "s.yaml")
    let valid = try program.run(shell: "exec \"$0\" \(arguments)")
    #expect(valid.code == 0 && valid.output.count > 20, "\(valid.error)")
    #expect(Self.controls(in: valid.output + valid.error) == [], "\(arguments)")
  }

  @Test(
    "of arguments",
    arguments: [
      "run", "run s.yaml --set", "run s.yaml --format", "run s.yaml --", "run s.yaml --output", "explain", "",
      "describe s.yaml --without", "describe s.yaml --format", "run s.yaml --draws", "init", "migrate",
      "sweep s.yaml --vary",
      "backtest s.yaml --cases", "run s.yaml --root", "run s.yaml --design",
    ])
  func arguments(_ command: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("inputs: {x: 1 to 2}\noutputs: {x: {}}\n", to: "s.yaml")
    let text = "x\u{1B}[31m\u{9B}2J\u{202E}y\u{2066}z\u{200F}\u{7}\u{7F}"
    let separator = command.hasSuffix("--") ? "" : " "
    let outcome = try program.run(text, shell: "exec \"$0\" \(command)\(separator)\"$1\"")
    #expect(command == "init" || outcome.code != 0)
    #expect(!(outcome.output + outcome.error).isEmpty)
    #expect(Self.controls(in: outcome.output + outcome.error) == [], "\(command)")
  }
}
