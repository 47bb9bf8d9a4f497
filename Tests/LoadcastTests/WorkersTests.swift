import Foundation
import Testing

@testable import Benchmarks

/// `--workers` bounds the number of busy cores, for every command that has the option.
@Suite("Every command honours --workers", .serialized)
struct WorkersTests {
  /// A command line; `SIZE` is the number of draws or base samples, `DIR` the folder.
  struct Case: Sendable, CustomTestStringConvertible {
    /// The command, with its method if it has several.
    var name: String
    var arguments: [String]
    /// The number of draws with which the test begins.
    var size: Int

    var testDescription: String { name }

    init(_ name: String, _ arguments: String..., size: Int) {
      self.name = name
      self.arguments = name.split(separator: " ").map(String.init) + arguments
      self.size = size
    }

    func command(size: Int, workers: Int, in folder: URL) -> [String] {
      [Program.executable.path]
        + arguments.map {
          $0.replacingOccurrences(of: "SIZE", with: "\(size)").replacingOccurrences(of: "DIR", with: folder.path)
        } + ["--workers", "\(workers)"]
    }
  }

  private static func method(_ name: String, size: Int) -> Case {
    let option =
      switch name {
      case "delta", "given-data", "pawn", "shapley-neighbours": "--draws"
      case "morris": "--trajectories"
      default: "--base-samples"
      }
    // Of at most 65,536 trajectories, those of a small scenario take less than a second.
    let scenario = name == "morris" ? "DIR/wide.yaml" : "DIR/independent.yaml"
    var own = Case("sensitivity --method \(name)", option, "SIZE", scenario, "--out", "DIR/out", size: size)
    // It takes no more than a number of draws; seven targets take longer than three.
    if name == "shapley-neighbours" {
      own.arguments += ["electricity", "fleet", "per_gpu"].flatMap { ["--output", $0] }
    }
    return own
  }

  static let cases = [
    Case(
      "run", "DIR/s.yaml", "--draws", "SIZE", "--exact-quantiles", "--format", "csv,html", "--out", "DIR/out",
      size: 1 << 22),
    Case("run", "DIR/evidence.yaml", "--draws", "SIZE", "--out", "DIR/out", size: 1 << 18),
    Case("backtest", "DIR/s.yaml", "--cases", "DIR/cases.csv", "--draws", "SIZE", "--out", "DIR/out", size: 1 << 18),
    Case("compare", "DIR/s.yaml", "DIR/other.yaml", "--draws", "SIZE", "--out", "DIR/out", size: 1 << 20),
    Case("disclosure", "DIR/s.yaml", "--draws", "SIZE", "--out", "DIR/out", size: 1 << 17),
    Case(
      "discover", "DIR/s.yaml", "--when", "electricity[year=2026] > 20 TWh/year", "--draws", "SIZE", "--out", "DIR/out",
      size: 1 << 18),
    Case(
      "draw", "DIR/s.yaml", "--near", "p95", "--output", "electricity[year=2026]", "--draws", "SIZE", "--out",
      "DIR/out", size: 1 << 20),
    Case("export notebook", "DIR/s.yaml", "--draws", "SIZE", "--out", "DIR/out", size: 1 << 22),
    Case(
      "sweep", "DIR/s.yaml", "--vary", "power=500 W/gpu..700 W/gpu in 9", "--draws", "SIZE", "--out", "DIR/out",
      size: 1 << 19),
    method("delta", size: 1 << 17),
    method("dgsm", size: 1 << 18),
    method("given-data", size: 1 << 17),
    method("morris", size: 1 << 12),
    method("pawn", size: 1 << 17),
    method("shapley", size: 1 << 16),
    method("shapley-neighbours", size: 1 << 14),
    method("sobol", size: 1 << 19),
    method("tornado", size: 1 << 19),
  ]

  /// Writes the scenarios and tables of the cases.
  private func files(_ program: Program) throws {
    try program.write(smallScenario, to: "s.yaml")
    try program.write(smallScenario.replacingOccurrences(of: "25% to 62%", with: "30% to 60%"), to: "other.yaml")
    let lines = smallScenario.components(separatedBy: "\n")
    try program.write(
      lines.filter { !$0.contains("correlations") && !$0.contains("-0.3") }.joined(separator: "\n"),
      to: "independent.yaml")
    let rows = (1...12).map { "  a\($0): {over: k, dependence: independent, value: 1 to \($0 + 1)}\n" }.joined()
    let sum = (1...12).map { "log(a\($0))" }.joined(separator: " + ")
    try program.write(
      "indexes: {k: 1..50}\ninputs:\n\(rows)equations: {total: \"sum(\(sum), over=k)\"}\noutputs: {total: {}}\n",
      to: "wide.yaml")
    // So informative that particles are moved by tempering, not draws weighted.
    try program.write(
      smallScenario + """
        evidence:
          - observe: electricity[year=2026]
            measured: 60.0 TWh/year to 60.1 TWh/year
          - estimate: power_now
            routes: {fleet: "electricity[year=2025]", other: "2 * electricity[year=2024]"}
            unit: TWh/year

        """, to: "evidence.yaml")
    try program.write(
      "case,power,observed.per_gpu\n" + (0..<100).map { "c\($0),\(550 + $0) W/gpu,\(200 + $0) W/gpu\n" }.joined(),
      to: "cases.csv")
  }

  @Test("With one worker, processor time is at most 1.15 times the elapsed time", arguments: cases)
  func oneWorker(_ command: Case) throws {
    // This cannot fail by chance: one busy thread uses at most as much processor time as time elapses, and other load
    // on the machine only lengthens the latter. Threads that wait use none. The margin is for clocks that count
    // processor time in ticks.
    let program = try Program()
    defer { program.remove() }
    try files(program)
    var size = command.size
    var run = try ProcessRun.run(command.command(size: size, workers: 1, in: program.folder))
    // Long enough for start-up and ticks not to matter, on any processor.
    while run.processorSeconds < 1, size < 1 << 24 {
      size *= 2
      run = try ProcessRun.run(command.command(size: size, workers: 1, in: program.folder))
    }
    // Of shapley-neighbours, which takes no more than a number of draws, a third of a second: 20 ticks or more.
    #expect(run.processorSeconds >= 0.2)
    #expect(
      run.processorSeconds <= 1.15 * run.seconds,
      "\(command.name), size \(size): \(run.processorSeconds) s of processor time in \(run.seconds) s")
  }

  @Test("Files are the same, byte for byte, with 1, 2 and 3 workers", arguments: cases)
  func sameBytes(_ command: Case) throws {
    let program = try Program()
    defer { program.remove() }
    try files(program)
    var files: [[String: Data]] = []
    for workers in 1...3 {
      _ = try ProcessRun.run(command.command(size: 20_000, workers: workers, in: program.folder))
      let folder = program.folder.appendingPathComponent("out")
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      var own: [String: Data] = [:]
      for name in names {
        guard let data = FileManager.default.contents(atPath: folder.appendingPathComponent(name).path) else {
          continue
        }
        own[name] = Self.withoutTimes(data)
      }
      files.append(own)
      try FileManager.default.removeItem(at: folder)
    }
    #expect(!files[0].isEmpty && files.allSatisfy { $0.keys == files[0].keys })
    for (name, data) in files[0] {
      #expect(files[1][name] == data && files[2][name] == data, "\(command.name): \(name)")
    }
  }

  /// The lines of a file but those that state the time taken and the number of workers.
  private static func withoutTimes(_ data: Data) -> Data {
    guard let text = String(data: data, encoding: .utf8) else { return data }
    return Data(
      text.components(separatedBy: "\n").filter { line in
        !line.contains("\"seconds\"") && !line.contains("\"workers\"")
      }.joined(separator: "\n").utf8)
  }

  @Test("Every command that has the option, and every sensitivity method, is among the cases")
  func completeness() throws {
    let program = try Program()
    defer { program.remove() }
    try files(program)
    func subcommands(_ path: [String]) throws -> [[String]] {
      let help = try program.run(shell: "exec \"$0\" \(path.joined(separator: " ")) --help").output
      let listed = help.components(separatedBy: "SUBCOMMANDS:").dropFirst().first ?? ""
      let names = listed.components(separatedBy: "\n").compactMap { line in
        line.hasPrefix("  ") && !line.hasPrefix("   ") ? line.split(separator: " ").first.map(String.init) : nil
      }.filter { $0 != "See" }
      if names.isEmpty { return help.contains("--workers") ? [path] : [] }
      return try names.flatMap { try subcommands(path + [$0]) }
    }
    let commands = try subcommands([]).map { $0.joined(separator: " ") }
    #expect(commands.count >= 8)
    // Parts are merged one after another, which takes too little time to measure; their statistics are computed as in a run.
    for command in commands where command != "merge" {
      #expect(Self.cases.contains { $0.name.hasPrefix(command) }, "\(command)")
    }
    let message = try program.run("sensitivity", "independent.yaml", "--method", "none").error
    let list = try #require(message.firstMatch(of: /\n  expected: ([a-z, -]+)\n/)).1
    let methods = list.split(separator: ",").map { String($0).replacingOccurrences(of: " ", with: "") }
    #expect(methods.count >= 9)
    for method in methods {
      #expect(Self.cases.contains { $0.name == "sensitivity --method \(method)" }, "\(method)")
    }
  }
}
