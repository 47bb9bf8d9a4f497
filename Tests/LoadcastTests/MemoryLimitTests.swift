import Foundation
import Testing

@Suite("What a run needs is estimated, and refused over the limit")
struct MemoryLimitTests {
  /// A scenario with `rows` times `columns` cells of an output.
  private static func scenario(rows: Int, columns: Int = 10) -> String {
    """
    indexes: {a: 1..\(rows), b: 1..\(columns)}
    inputs: {x: 2 to 4, y: 1 to 3}
    equations: {z: x * a + y * b}
    outputs: {z: {}}
    run: {draws: 20k}
    """
  }

  private func estimate(_ program: Program) throws -> [String: Any] {
    let text = try program.run("check", "s.yaml", "--json").output
    let answer = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    return try #require(answer["estimate"] as? [String: Any], "\(text)")
  }

  @Test("check prints the estimate in one line")
  func line() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let lines = try program.run("check", "s.yaml").output.split(separator: "\n")
    #expect(lines.count == 2)
    let form =
      /a run of 100k draws: 7 cells of outputs, \d+ values a draw; about \d+ MiB of memory, \d+ KiB of results and [0-9.]+ s on \d+ workers?/
    #expect(lines[1].wholeMatch(of: form) != nil, "\(lines[1])")
  }

  #if os(Linux)
  @Test("The memory and the results of a run are within a factor of 1.5 of the estimate", arguments: [1, 30, 200])
  func accuracy(rows: Int) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.scenario(rows: rows), to: "s.yaml")
    let estimate = try estimate(program)
    let memory = try #require(estimate["memory_bytes"] as? Double)
    // The peak of the process, read again and again while it runs.
    let peaks = try program.run(
      "run", "s.yaml", "--quiet", "--out", "o",
      shell: "\"$0\" \"$@\" & while grep VmHWM /proc/$!/status 2> /dev/null; do sleep 0.01; done; wait $!", timeout: 300
    ).output.split(separator: "\n").compactMap { $0.split(separator: " ").dropFirst().first.flatMap { Double($0) } }
    let peak = try #require(peaks.max()) * 1024
    #expect(memory < 1.5 * peak && peak < 1.5 * memory, "\(memory) estimated, \(peak) measured")
    let names = try program.names(in: "o").filter { $0.hasSuffix(".csv") }
    let size = try names.reduce(0.0) { $0 + Double(try program.read("o/\($1)").utf8.count) }
    let results = try #require(estimate["result_bytes"] as? Double)
    #expect(results < 1.5 * size && size < 1.5 * results, "\(results) estimated, \(size) written")
  }
  #endif

  @Test("The memory of evidence is estimated; a run that does not use it needs less")
  func evidence() throws {
    let program = try Program()
    defer { program.remove() }
    let inputs = (0..<60).map { "  x\($0): 1 to 2\n" }.joined()
    let sum = (0..<60).map { "x\($0)" }.joined(separator: " + ")
    func write(evidence: String) throws {
      try program.write(
        "inputs:\n\(inputs)equations: {y: \(sum)}\noutputs: {y: {}}\nrun: {draws: 100k}\n\(evidence)", to: "s.yaml")
    }
    try write(evidence: "")
    let plain = try #require(try estimate(program)["memory_bytes"] as? Double)
    try write(evidence: "evidence:\n  - {observe: y, measured: 80 to 100}\n")
    let observed = try #require(try estimate(program)["memory_bytes"] as? Double)
    // Scores of 60 inputs of 65,536 draws, thrice.
    #expect(observed - plain > 60e6 && observed - plain < 200e6, "\(observed), \(plain)")
    let limit = "\(Int((plain + observed) / 2))"
    let refused = try program.run("run", "s.yaml", "--memory", limit, "--out", "o")
    #expect(
      refused.code == 71 && refused.error.contains("error[run.memory]: this run needs about "), "\(refused.error)")
    let prior = try program.run(
      "run", "s.yaml", "--memory", limit, "--out", "o", "--conditioning", "prior", "--draws", "2k")
    #expect(prior.code == 0, "\(prior.error)")
  }

  @Test("A run over the limit is refused before it draws, by check and by run, with what would fit")
  func refusal() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.scenario(rows: 1_000, columns: 1_000), to: "s.yaml")
    for command in ["check", "run"] {
      let outcome = try program.run(command, "s.yaml", "--memory", "1G", timeout: 200)
      #expect(outcome.code == 71 && outcome.output.isEmpty)
      #expect(outcome.error.contains("error[run.memory]: this run needs about "), "\(outcome.error)")
      #expect(outcome.error.contains("and the limit is 1 GiB (--memory)"))
      #expect(outcome.error.contains("\n  found: 1000000 cells of outputs"))
      let most = try #require(outcome.error.firstMatch(of: /expected: at most (\d+) cells of outputs/)?.1)
      #expect((1_000...200_000).contains(try #require(Int(most))))
    }
    #expect(try program.names() == ["s.yaml"])
  }

  @Test(
    "A plan over the limit is refused before it is made, with the number of cells that fits",
    arguments: ["check", "run"])
  func planning(command: String) throws {
    let program = try Program()
    defer { program.remove() }
    func write(rows: Int) throws {
      try program.write(
        """
        indexes: {a: 1..\(rows), b: 1..1000}
        inputs: {x: 2 to 4, y: 1 to 3}
        equations:
          z: x * a + y * b
          s: sum(sum(z, over=a), over=b)
        outputs: {s: {}}
        run: {draws: 1k}
        """, to: "s.yaml")
    }
    try write(rows: 1_000)
    // A process that planned these cells would need 400 MB of addresses more than there are.
    let refused = try program.run(
      command, "s.yaml", "--memory", "100M", shell: "ulimit -v 700000; exec \"$0\" \"$@\"")
    #expect(refused.code == 71)
    #expect(refused.error.contains("error[run.memory]: planning this run needs about "), "\(refused.error)")
    let most = try #require(refused.error.firstMatch(of: /expected: at most (\d+) cells of inputs and equations/)?.1)
    let rows = try #require(Int(most)) / 1_000 - 1
    #expect((50..<400).contains(rows))
    try write(rows: rows)
    let fitting = try program.run(command, "s.yaml", "--memory", "100M", timeout: 200)
    #expect(!fitting.error.contains("planning this run"), "\(fitting.error)")
  }

  @Test("The number of workers that the refusal names is accepted")
  func fewerWorkers() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.scenario(rows: 100), to: "s.yaml")
    // More workers than blocks are not used: 20k draws have 20.
    let refused = try program.run("run", "s.yaml", "--workers", "16", "--memory", "150M", "--out", "o")
    #expect(refused.code == 71)
    let workers = try #require(refused.error.firstMatch(of: /expected: at most --workers (\d+)/)?.1, "\(refused.error)")
    let outcome = try program.run("run", "s.yaml", "--workers", String(workers), "--memory", "150M", "--out", "o")
    #expect(outcome.code == 0, "\(outcome.error)")
  }

  @Test("A limit below the memory of one cell is refused with one that suffices for the run")
  func tooLittle() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let refused = try program.run("run", "s.yaml", "--workers", "1", "--memory", "1M", "--out", "o")
    #expect(refused.code == 71)
    let least = try #require(refused.error.firstMatch(of: /expected: --memory (\d+)M\n/))
    let outcome = try program.run("run", "s.yaml", "--workers", "1", "--memory", "\(least.output.1)M", "--out", "o")
    #expect(outcome.code == 0, "\(outcome.error)")
  }

  /// Without correlations, which Sobol' indices do not allow.
  private static let free = "inputs: {x: 2 to 4, y: 1 to 3}\nequations: {z: x * y}\noutputs: {z: {}}\n"

  /// Commands that compute, each with work for which a megabyte is too little.
  private static let commands = [
    "run s.yaml", "check s.yaml", "sweep s.yaml --vary load_factor=0.3,0.4",
    "compare s.yaml s.yaml --set-b load_factor=0.4", "disclosure s.yaml", "sensitivity s.yaml --method delta",
    "sensitivity free.yaml --method sobol --base-samples 1M",
    "sensitivity s.yaml --method shapley --base-samples 1M", "discover s.yaml --when 'electricity > 1 W'",
    "backtest s.yaml --cases c.csv", "draw s.yaml --near p95 --output electricity", "draw s.yaml --number 0",
    "export notebook s.yaml",
  ]

  @Test("Every command that computes refuses work over the limit, with exit code 71", arguments: commands)
  func everyCommand(_ command: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    try program.write(Self.free, to: "free.yaml")
    try program.write("case,load_factor,observed.per_gpu\na,0.5,300\n", to: "c.csv")
    let outcome = try program.run(shell: "exec \"$0\" \(command) --memory 1M")
    #expect(outcome.code == 71, "\(outcome.error)")
    #expect(outcome.error.hasPrefix("--memory:1:1: error[run.memory]: this "), "\(outcome.error)")
    #expect(outcome.error.contains("and the limit is 1 MiB (--memory)") && outcome.output.isEmpty)
    #expect(try program.names() == ["c.csv", "free.yaml", "s.yaml"])
  }

  @Test(
    "The limit that a refusal names is accepted where nothing smaller fits, also for evidence and single draws",
    arguments: [
      "run s.yaml", "check s.yaml", "run observed.yaml", "export notebook observed.yaml --name n",
      "draw s.yaml --number 0",
      "draw observed.yaml --number 0", "sweep s.yaml --vary load_factor=0.3,0.4", "sweep observed.yaml --vary x1=1,2",
      "compare s.yaml s.yaml --set-b load_factor=0.4", "disclosure s.yaml",
      "discover s.yaml --when 'electricity > 1 W'",
      "backtest s.yaml --cases c.csv", "sensitivity free.yaml --method sobol",
    ])
  func acceptedLimit(_ command: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    try program.write(Self.free, to: "free.yaml")
    let inputs = (1...20).map { "  x\($0): 1 to 2\n" }.joined()
    let sum = (1...20).map { "x\($0)" }.joined(separator: " + ")
    try program.write(
      "inputs:\n\(inputs)equations: {y: \(sum)}\noutputs: {y: {}}\nrun: {draws: 20k}\nevidence:\n"
        + "  - {observe: y, measured: 25 to 35}\n", to: "observed.yaml")
    try program.write("case,load_factor,observed.per_gpu\na,0.5,300\n", to: "c.csv")
    var flags = "--memory 1M"
    // An analysis can be refused a second time, when more is known about it.
    for _ in 0..<3 {
      let outcome = try program.run(shell: "exec \"$0\" \(command) \(flags)", timeout: 200)
      if flags != "--memory 1M", outcome.code == 0 { return }
      #expect(outcome.code == 71, "\(flags): \(outcome.error)")
      let limit = try #require(
        outcome.error.firstMatch(of: /\n  expected: (--memory \d+M)(?:, with (--workers 1))?\n/), "\(outcome.error)")
      flags = "\(limit.1)" + (limit.2.map { !command.hasPrefix("check") ? " \($0)" : "" } ?? "")
    }
    Issue.record("\(command) \(flags) was refused")
  }

  @Test("Where evidence needs the memory, no smaller number of cells is suggested")
  func evidenceAlone() throws {
    let program = try Program()
    defer { program.remove() }
    let inputs = (0..<60).map { "  x\($0): 1 to 2\n" }.joined()
    let sum = (0..<60).map { "x\($0)" }.joined(separator: " + ")
    try program.write(
      "indexes: {a: 1..50}\ninputs:\n\(inputs)equations: {y: \(sum), z: y * a}\noutputs: {z: {}}\nrun: {draws: 100k}\n"
        + "evidence:\n  - {observe: y, measured: 80 to 100}\n", to: "s.yaml")
    let refused = try program.run("run", "s.yaml", "--memory", "80M", "--out", "o")
    #expect(refused.code == 71 && refused.error.contains("found: 50 cells of outputs"), "\(refused.error)")
    #expect(refused.error.contains("\n  expected: --memory ") && !refused.error.contains("at most"), "\(refused.error)")
    #expect(!refused.error.contains("fewer outputs"))
  }

  @Test("A sweep is refused before its variants are checked")
  func earlySweep() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let line = ["sweep", "s.yaml", "--vary", "load_factor=0.3,no_such_name"]
    #expect(try program.run(shell: "exec \"$0\" \(line.joined(separator: " "))").code == 64)
    let refused = try program.run(shell: "exec \"$0\" \(line.joined(separator: " ")) --memory 1M")
    #expect(refused.code == 71, "\(refused.error)")
  }

  @Test("Every command with --draws or --workers has --memory")
  func flags() throws {
    let program = try Program()
    defer { program.remove() }
    for command in try program.commands() {
      let help = try program.run("help", command).output
      if help.contains("--workers") || command == "check" { #expect(help.contains("--memory <size>"), "\(command)") }
    }
  }

  @Test(
    "The number of draws that a refusal names is accepted",
    arguments: ["disclosure s.yaml", "discover s.yaml --when 'electricity > 1 W'"])
  func fittingDraws(_ command: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let refused = try program.run(shell: "exec \"$0\" \(command) --draws 64M --memory 120M --workers 1")
    #expect(refused.code == 71, "\(refused.error)")
    let most = try #require(refused.error.firstMatch(of: /expected: at most --draws (\d+)/)?.1, "\(refused.error)")
    let fitting = try program.run(
      shell: "exec \"$0\" \(command) --draws \(most) --memory 120M --workers 1 --quiet", timeout: 200)
    #expect(fitting.code == 0, "\(fitting.error)")
  }

  @Test("Sums that do not fit are refused with the largest number of base points")
  func sums() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.free, to: "free.yaml")
    let flags = ["--base-samples", "1000M", "--memory", "120M", "--workers", "1"]
    let refused = try program.run(
      shell: "exec \"$0\" sensitivity free.yaml --method sobol \(flags.joined(separator: " "))")
    #expect(refused.code == 71, "\(refused.error)")
    let most = try #require(
      refused.error.firstMatch(of: /expected: at most --base-samples (\d+)/)?.1, "\(refused.error)")
    // A quarter of 2^30 needs a quarter of the memory.
    #expect((1 << 24...1 << 29).contains(try #require(Int(most))))
  }

  @Test("An amount of memory", arguments: ["0", "", "G", "4X", "-1G", "1e3", "1..5G", "99999999T"])
  func invalid(_ text: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let outcome = try program.run("check", "s.yaml", "--memory", text)
    #expect(outcome.code == 64)
    #expect(
      outcome.error.hasPrefix("error[options.number]: `\(text)` is not an amount of memory\n"), "\(outcome.error)")
  }

  @Test("Weights of routes that are not shares are refused by check as by run")
  func weights() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      """
      inputs: {low: 2 to 4, high: 3 to 6, part: 60%}
      outputs: {low: {}, high: {}}
      evidence:
        - {estimate: load, routes: {a: low, b: high}, weights: {a: part, b: part}}
      """, to: "s.yaml")
    let check = try program.run("check", "s.yaml")
    let run = try program.run("run", "s.yaml")
    #expect(check.code == 65 && run.code == 65 && check.error == run.error)
    #expect(check.error.contains("error[run.weights]: "))
    #expect(try program.names() == ["s.yaml"])
  }
}
