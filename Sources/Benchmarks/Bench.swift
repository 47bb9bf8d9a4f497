import Foundation

/// What every suite works with: the programs, the repository, and how thorough to be.
struct Bench {
  /// The program to measure.
  var loadcast: String
  /// An older one to compare with, if any.
  var baseline: String?
  /// A scenario that the older one can read, where it cannot read today's.
  var baselineScenario: String?
  /// The peers' script.
  var peers: String
  /// Further peers of that script, each with arguments of its own.
  var furtherPeers: [[String]]
  /// Pairs of runs a comparison.
  var pairs: Int
  /// Whether to measure less, to see that all works.
  var quick: Bool
  /// A folder for what the programs write.
  var scratch: String

  /// A workload's file.
  func workload(_ name: String) -> String { "scenarios/benchmarks/\(name).yaml" }

  /// Our run of a scenario.
  func run(_ scenario: String, draws: Int, _ options: [String] = [], program: String? = nil) -> [String] {
    [program ?? loadcast, "run", scenario, "--draws", "\(draws)", "--out", scratch] + options
  }

  /// A peer's run of a workload.
  func peer(_ name: [String], _ workload: String, draws: Int? = nil) -> [String] {
    [peers, name[0], workload] + (draws.map { ["--n", "\($0)"] } ?? []) + name.dropFirst()
  }

  /// Fewer draws when all that matters is that it works.
  func draws(_ count: Int) -> Int { quick ? max(count / 100, 1024) : count }

  /// Whether the program has a command.
  func offers(_ command: String) -> Bool { (try? ProcessRun([loadcast, command, "--help"])) != nil }

  /// Tells the person who waits what is going on.
  func note(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }

  /// The lines under a heading that say when, where and how quietly.
  func provenance(loadBefore: Double) -> String {
    "\(Machine.date), \(Machine.processor), \(Machine.cores) cores; "
      + "load \(NumberText.text(loadBefore)) before and \(NumberText.text(Machine.load)) after"
      + (quick ? "; **quick: draws and repeats cut down, figures mean little**" : "")
  }
}
