import Foundation
import Testing
import TextFormats

/// `--shard` of sweeps, back-tests and analyses, and of runs with observations: the files of the single command, byte for byte.
@Suite("Sweeps, back-tests, analyses and evidence in parts", .serialized)
struct DividedCommandTests {
  private static let cases = """
    case,group,power W/gpu,load_factor,observed.per_gpu W/gpu,note.where
    first,a,600,,250,here
    second,a,,0.4,280,
    third,b,,,500,
    fourth,b,,,300,

    """

  private func program(_ more: String = "") throws -> Program {
    let program = try Program()
    try program.write(smallScenario + more, to: "s.yaml")
    return program
  }

  private func run(_ program: Program, _ words: [String], code: Int32 = 0) throws -> Program.Outcome {
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let outcome = try program.run(shell: "exec \"$0\" \(quoted)", timeout: 300)
    #expect(outcome.code == code, "\(words): \(outcome.error)")
    return outcome
  }

  /// The tables of a folder.
  private func tables(_ program: Program, _ folder: String) throws -> [String: String] {
    let names = try program.names(in: folder).filter { !$0.hasSuffix("record.json") }
    return Dictionary(uniqueKeysWithValues: try names.map { ($0, try program.read("\(folder)/\($0)")) })
  }

  /// Makes all parts of a command, in another order, and compares the merged tables with those of the single command.
  private func compare(_ program: Program, _ command: [String], parts: Int) throws {
    _ = try run(program, command + ["--out", "single", "--quiet"])
    for number in (1...parts).reversed() {
      _ = try run(program, command + ["--shard", "\(number)/\(parts)", "--out", "parts", "--quiet"])
    }
    _ = try run(program, ["merge", "parts", "--out", "merged", "--quiet"])
    #expect(try tables(program, "single") == tables(program, "merged"))
    let record = try #require(program.names(in: "merged").first { $0.hasSuffix("record.json") })
    #expect(try program.read("merged/\(record)").contains("\"fingerprint\""))
    // A part that is there is not made again; a missing one is made by the command of the message.
    let made = try run(program, command + ["--shard", "1/\(parts)", "--out", "parts"])
    #expect(made.output.contains("made before"))
    let lost = try #require(try program.names(in: "parts").first { $0.contains("2-of-\(parts)") })
    try FileManager.default.removeItem(at: program.folder.appending(path: "parts/\(lost)"))
    let missing = try run(program, ["merge", "parts", "--out", "again"], code: 66)
    let again = try #require(missing.error.firstMatch(of: /`loadcast ([^`]*)`/)).1
    #expect(try program.run(shell: "exec \"$0\" \(again)").code == 0)
    _ = try run(program, ["merge", "parts", "--out", "again", "--quiet"])
    #expect(try tables(program, "single") == tables(program, "again"))
  }

  private static let sweep = ["sweep", "s.yaml", "--vary", "load_factor*=0.5,1", "--vary", "power=500 W/gpu,600 W/gpu"]

  @Test("A sweep", arguments: [2, 7])
  func sweep(parts: Int) throws {
    let program = try program()
    defer { program.remove() }
    try compare(program, Self.sweep + ["--draws", "20k"], parts: parts)
  }

  @Test("A sweep over settings, and one over the posterior")
  func otherSweeps() throws {
    let program = try program("evidence: [{observe: load_factor, measured: 40% to 50%}]\n")
    defer { program.remove() }
    try compare(program, ["sweep", "s.yaml", "--vary", "run.seed=1,2,3", "--draws", "20k"], parts: 3)
    let other = try self.program()
    defer { other.remove() }
    try compare(other, ["sweep", "s.yaml", "--vary", "run.draws=10k,20k", "--conditioning", "prior"], parts: 2)
  }

  @Test("A back-test")
  func backtest() throws {
    let program = try program()
    defer { program.remove() }
    try program.write(Self.cases, to: "cases.csv")
    try compare(program, ["backtest", "s.yaml", "--cases", "cases.csv", "--draws", "20k"], parts: 3)
    // Other cases are another back-test.
    try program.write(Self.cases + "fifth,b,,,310,\n", to: "cases.csv")
    let outcome = try run(program, ["merge", "parts", "--out", "x"], code: 66)
    #expect(outcome.error.contains("has changed since"), "\(outcome.error)")
  }

  /// The correlated inputs as one factor, as method sobol needs them.
  private static let together = ["--group", "both=power,load_factor"]

  @Test(
    "Indices of the methods that evaluate points of their own",
    arguments: [
      (
        together + [
          "--method", "sobol", "--base-samples", "32k", "--second-order", "--output", "electricity[year=2026]",
          "--output", "per_gpu",
        ], 3
      ), (together + ["--method", "sobol", "--base-samples", "1k"], 2),
      (["--method", "shapley", "--base-samples", "64k"], 5),
    ])
  func sensitivity(flags: [String], parts: Int) throws {
    let program = try program()
    defer { program.remove() }
    try compare(program, ["sensitivity", "s.yaml"] + flags, parts: parts)
    _ = try run(program, ["merge", "parts", "--into", "whole.part", "--quiet"])
    _ = try run(program, ["merge", "whole.part", "--out", "tree", "--quiet"])
    #expect(try tables(program, "single") == tables(program, "tree"))
    // Parts of other indices do not fit.
    let others = ["sensitivity", "s.yaml", "--bootstrap", "50"] + flags
    for number in 1...parts {
      _ = try run(program, others + ["--shard", "\(number)/\(parts)", "--out", "others", "--quiet"])
    }
    let mixed = try run(program, ["merge", "parts", "others", "--out", "x"], code: 66)
    #expect(mixed.error.contains("--bootstrap=50"), "\(mixed.error)")
  }

  @Test("Parts that say that they have more than their work has are refused")
  func beyond() throws {
    let program = try program()
    defer { program.remove() }
    try program.write(Self.cases, to: "cases.csv")
    let commands = [
      Self.sweep + ["--draws", "2k"], ["backtest", "s.yaml", "--cases", "cases.csv", "--draws", "2k"],
      ["sensitivity", "s.yaml", "--method", "sobol"] + Self.together, ["run", "s.yaml", "--draws", "40k"],
    ]
    for command in commands {
      for number in 1...2 {
        _ = try run(program, command + ["--shard", "\(number)/2", "--out", command[0], "--quiet"])
      }
      let last = try #require(try program.names(in: command[0]).first { $0.contains("2-of-2") })
      let path = program.folder.appending(path: "\(command[0])/\(last)")
      for end in [1000, Int.max] {
        try Self.forged(try Data(contentsOf: path), end: end).write(to: path)
        let merged = try run(program, ["merge", command[0], "--out", "x"], code: 66)
        #expect(merged.error.contains(last), "\(merged.error)")
        _ = try run(program, command + ["--shard", "2/2", "--out", command[0]], code: 66)
      }
      #expect(!FileManager.default.fileExists(atPath: program.folder.appending(path: "x").path))
    }
  }

  /// A part with another number after its last block.
  private static func forged(_ part: Data, end: Int) throws -> Data {
    let line = try #require(part.firstIndex(of: UInt8(ascii: "\n")))
    var words = String(decoding: part[..<line], as: UTF8.self).split(separator: " ").map(String.init)
    let size = try #require(Int(words[3]))
    let head = String(decoding: part[(line + 1)..<(line + 1 + size)], as: UTF8.self)
      .replacing(/"end_block" : [0-9]+/, with: "\"end_block\" : \(end)")
    let rest = Data(head.utf8) + part[(line + 1 + size)...]
    words[3] = "\(head.utf8.count)"
    words[4] = Sha256.hexadecimal(of: Array(rest))
    return Data((words.joined(separator: " ") + "\n").utf8) + rest
  }

  @Test("Observations by weights, and by sequential Monte Carlo with a posterior that the first part saves")
  func evidence() throws {
    let program = try program("evidence: [{observe: load_factor, measured: 40% to 50%}]\n")
    defer { program.remove() }
    try compare(program, ["run", "s.yaml", "--draws", "100k"], parts: 2)
    let other = try self.program("evidence: [{observe: load_factor, measured: 71% to 71.1%}]\n")
    defer { other.remove() }
    try compare(other, ["run", "s.yaml", "--draws", "100k", "--posterior", "saved"], parts: 2)
    #expect(try !other.names(in: "saved").isEmpty)
  }

  @Test("Parts of a sweep and of a run are not merged together, nor written in the formats of a run")
  func mixed() throws {
    let program = try program()
    defer { program.remove() }
    _ = try run(program, Self.sweep + ["--draws", "20k", "--shard", "1/1", "--out", "parts", "--quiet"])
    _ = try run(program, ["merge", "parts", "--format", "html", "--out", "x"], code: 64)
    _ = try run(program, ["run", "s.yaml", "--draws", "20k", "--shard", "1/1", "--out", "parts", "--quiet"])
    _ = try run(program, ["merge", "parts", "--out", "x"], code: 66)
  }

  @Test(
    "What is one piece of work says so",
    arguments: [
      ["sensitivity", "s.yaml", "--method", "morris"], ["sensitivity", "s.yaml", "--method", "sobol,shapley"],
      ["disclosure", "s.yaml"], ["discover", "s.yaml", "--when", "per_gpu > 300 W/gpu"],
    ])
  func undivided(command: [String]) throws {
    let program = try program()
    defer { program.remove() }
    let outcome = try run(program, command + ["--shard", "1/2"], code: 64)
    #expect(outcome.error.contains("cannot be divided") && outcome.error.contains("task"), "\(outcome.error)")
  }
}
