import Foundation
import Testing

@Suite("Paths on one line, and what is not a file")
struct PrintedPathTests {
  @Test("A line end in a path is not printed, by no command")
  func lineEnds() throws {
    let program = try Program()
    defer { program.remove() }
    for name in ["s.yaml", "s\nx.yaml"] { try program.write(smallScenario, to: name) }
    try program.write("", to: "file")
    let lines = [
      "run s.yaml --draws 1k --out $'o\\nx'", "sweep s.yaml --draws 1k --vary run.seed=1,2 --out $'o\\nx'",
      "sensitivity s.yaml --draws 1k --out $'o\\nx'", "export notebook s.yaml --draws 1k --out $'o\\nx'",
      "disclosure s.yaml --draws 1k --out $'o\\nx'", "compare $'s\\nx.yaml' s.yaml --draws 1k --out $'o\\nx'",
      "check $'s\\nx.yaml'", "check $'no\\nx.yaml'", "init $'i\\nx.yaml'", "init $'s\\nx.yaml'",
      "migrate $'s\\nx.yaml'", "run s.yaml --out $'file/o\\nx'",
    ]
    for line in lines {
      let outcome = try program.run(shell: "exec \"$0\" \(line)")
      let text = outcome.output + outcome.error
      #expect(text.contains("\u{FFFD}x"), "\(line): \(text)")
      let isBroken = text.split(separator: "\n").contains { $0.hasPrefix("x:") || $0.hasPrefix("x.yaml") }
      #expect(!isBroken, "\(line): \(text)")
    }
    #expect(try program.names().contains("o\nx"))
  }

  @Test("A pipe as a scenario is refused with what to do", arguments: ["check", "run"])
  func pipe(command: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let outcome = try program.run(shell: "cat s.yaml | \"$0\" \(command) /dev/stdin")
    #expect(outcome.code == 66)
    #expect(
      outcome.error.hasPrefix(
        """
        error[files.unreadable]: `/dev/stdin` is not a regular file
          expected: a file, not a pipe or device; the scenario `-` is read from standard input
        """), "\(outcome.error)")
  }
}
