import Foundation
import Testing

@Suite("What the system refuses or closes never hangs a command, and is told")
struct ProcessLimitTests {
  /// Limits under which no thread can be started: each would have a stack of 8 GB, and there are 4 GB of addresses.
  private static let withoutThreads = "ulimit -s 8000000; ulimit -v 4000000; exec \"$0\" \"$@\""

  private func program(_ scenario: String = smallScenario) throws -> Program {
    let program = try Program()
    try program.write(scenario, to: "s.yaml")
    return program
  }

  @Test("Without threads a run works on one, tells it once, and writes the same files")
  func noThreads() throws {
    let program = try program()
    defer { program.remove() }
    let usual = try program.run("run", "s.yaml", "--workers", "2", "--out", "usual")
    #expect(usual.code == 0 && usual.error.isEmpty)
    let alone = try program.run("run", "s.yaml", "--workers", "2", "--out", "alone", shell: Self.withoutThreads)
    #expect(alone.code == 0, "\(alone.error)")
    if ProcessInfo.processInfo.activeProcessorCount > 1 {
      #expect(alone.output.contains(" on 1 worker\n") && usual.output.contains(" on 2 workers\n"), "\(alone.output)")
      #expect(alone.error.hasPrefix("warning[run.threads]: the system has refused threads: 1 of 2 could work"))
      #expect(alone.error.components(separatedBy: "run.threads").count == 2)
    }
    for name in ["summary.csv", "quantiles.csv", "histogram.csv", "comparisons.csv"] {
      #expect(try program.read("alone/\(name)") == program.read("usual/\(name)"), "\(name)")
    }
    let quiet = try program.run("run", "s.yaml", "--quiet", "--out", "quiet", shell: Self.withoutThreads)
    #expect(quiet.code == 0 && quiet.error.isEmpty && quiet.output.isEmpty)
  }

  @Test(
    "SIGINT, SIGTERM and SIGHUP end a run within a second, with and without threads, and it says so",
    arguments: [SIGINT, SIGTERM, SIGHUP], [true, false])
  func signals(_ number: Int32, hasThreads: Bool) throws {
    let program = try program()
    defer { program.remove() }
    let outcome = try program.run(
      "run", "s.yaml", "--draws", "100B", "--out", "o", shell: hasThreads ? "exec \"$0\" \"$@\"" : Self.withoutThreads,
      signal: (number, after: 2), timeout: 20)
    #expect(outcome.code == 128 + number)
    #expect(outcome.error.contains("interrupted; no file was written\n"))
    #expect(outcome.seconds < 5)
  }

  @Test("The longest formula is checked also where the limit of the stack is low; a stack that overflows is told")
  func longestFormula() throws {
    let sum = [String](repeating: "x", count: 1000).joined(separator: " + ")
    let program = try program("inputs: {x: 1 to 2}\nequations: {y: \(sum)}\noutputs: {y: {}}\n")
    defer { program.remove() }
    let check = try program.run("check", "s.yaml", shell: "ulimit -S -s 1024; exec \"$0\" \"$@\"")
    #expect(check.code == 0, "\(check.error)")
    let overflow = try program.run("check", "s.yaml", shell: "ulimit -s 1024; exec \"$0\" \"$@\"")
    #expect(overflow.code == 0 || overflow.code == 70, "\(overflow.code)")
    #expect(overflow.code == 0 || overflow.error.contains("internal error"))
  }

  @Test("With little memory no run hangs, and none says that OpenBLAS is missing")
  func littleMemory() throws {
    let program = try program(
      """
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2}
      equations: {t: a + b + c}
      outputs: {t: {}}
      correlations: [[a, b, 0.5], [b, c, 0.5], [a, c, 0.2]]
      """)
    defer { program.remove() }
    var codes: [Int32] = []
    var size = 40_000
    while codes.last != 0, size < 4_000_000 {
      let outcome = try program.run(
        "run", "s.yaml", "--draws", "10k", "--quiet", "--out", "o", shell: "ulimit -v \(size); exec \"$0\" \"$@\"",
        timeout: 30)
      #expect(outcome.seconds < 25, "\(size) kB: \(outcome.error)")
      #expect(!outcome.error.contains("there is no libopenblas"), "\(size) kB: \(outcome.error)")
      if outcome.error.contains("OpenBLAS") || outcome.error.contains("failed to allocate") {
        #expect(outcome.code == 71, "\(size) kB: \(outcome.error)")
        #expect(outcome.error.contains("the system has refused "), "\(size) kB: \(outcome.error)")
      }
      #expect(outcome.code != 70, "\(size) kB: \(outcome.error)")
      codes.append(outcome.code)
      size += size / 8
    }
    #expect(codes.last == 0 && codes.count > 1)
  }

  @Test("Closed standard streams: what cannot be printed is an error, and a run writes its files")
  func closedStreams() throws {
    let program = try program(
      smallScenario.replacingOccurrences(of: "  power:\n", with: "  idle: 3 W to 4 W\n  power:\n"))
    defer { program.remove() }
    let check = try program.run("check", "s.yaml", shell: "exec \"$0\" \"$@\" >&-")
    #expect(check.code == 74)
    #expect(check.error.contains("cannot write to standard output: Bad file descriptor"), "\(check.error)")
    // The scenario has a warning, which is for standard error.
    let run = try program.run("run", "s.yaml", "--draws", "2k", "--out", "o", shell: "exec \"$0\" \"$@\" <&- 2>&-")
    #expect(run.code == 0 && run.output.contains("2k draws, seed"))
    #expect(try program.names(in: "o").contains("record.json"))
    let quiet = try program.run("run", "s.yaml", "--quiet", "--out", "q", shell: "exec \"$0\" \"$@\" <&- >&- 2>&-")
    #expect(quiet.code == 0)
    #expect(try program.names(in: "q") == program.names(in: "o"))
  }

  @Test(
    "A full device is an error for whatever is printed",
    arguments: [
      "--help", "--version", "help run", "check s.yaml", "schema", "explain", "--generate-completion-script bash",
    ])
  func fullDevice(_ words: String) throws {
    let program = try program()
    defer { program.remove() }
    #expect(try program.run(shell: "exec \"$0\" \(words)").code == 0)
    let full = try program.run(shell: "exec \"$0\" \(words) > /dev/full")
    #expect(full.code == 74)
    #expect(
      full.error == "error[files.unwritable]: cannot write to standard output: No space left on device\n\n1 error\n")
  }

  @Test("No arguments are a usage error that lists the commands")
  func noArguments() throws {
    let program = try program()
    defer { program.remove() }
    let outcome = try program.run(shell: "exec \"$0\"")
    #expect(outcome.code == 64 && outcome.output.isEmpty)
    #expect(
      outcome.error.hasPrefix(
        "error[options.unknown-command]: a command is missing\n  expected: backtest, chart, check,"))
  }

  @Test("An output without a finite draw is exit code 3, even with --quiet, and its files are written")
  func noFiniteDraw() throws {
    let program = try program("inputs: {x: 1 to 2}\nequations: {y: log(-x)}\noutputs: {x: {}, y: {}}\n")
    defer { program.remove() }
    let outcome = try program.run("run", "s.yaml", "--draws", "2k", "--quiet", "--out", "o")
    #expect(outcome.code == 3 && outcome.output.isEmpty)
    #expect(outcome.error.hasPrefix("error[run.no-finite-draw]: no draw of `y` is finite\n"))
    #expect(try program.names(in: "o").contains("summary.csv"))
  }
}
