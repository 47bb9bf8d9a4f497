import Foundation
import Reporting

/// The common settings of all suites: programs, folders and thoroughness.
struct Bench {
  /// The program to measure.
  var loadcast: String
  /// An older version to compare with, if any.
  var baseline: String?
  /// A scenario that the older version can read, if it cannot read the current ones.
  var baselineScenario: String?
  /// The peers' script.
  var peers: String
  /// Further peers run by that script, each with its arguments.
  var furtherPeers: [[String]]
  /// Pairs of runs per comparison.
  var pairs: Int
  /// True for a short run that only checks that everything works.
  var quick: Bool
  /// A folder for what the programs write.
  var scratch: String

  /// A workload's file.
  func workload(_ name: String) -> String { "scenarios/benchmarks/\(name).yaml" }

  /// The command that runs a scenario with this program.
  func run(_ scenario: String, draws: Int, _ options: [String] = [], program: String? = nil) -> [String] {
    [program ?? loadcast, "run", scenario, "--draws", "\(draws)", "--out", scratch] + options
  }

  /// The command that runs a workload with a peer.
  func peer(_ name: [String], _ workload: String, draws: Int? = nil) -> [String] {
    [peers, name[0], workload] + (draws.map { ["--n", "\($0)"] } ?? []) + name.dropFirst()
  }

  /// Fewer draws for a quick run.
  func draws(_ count: Int) -> Int { quick ? max(count / 100, 1024) : count }

  /// True if the program has a command.
  func offers(_ command: String) -> Bool { (try? ProcessRun.run([loadcast, command, "--help"])) != nil }

  /// Prints progress.
  func note(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }

  /// The lines under a heading that state date, machine and load.
  func provenance(loadBefore: Double) -> String {
    "\(Machine.date), \(Machine.processor), \(Machine.cores) cores; "
      + "load \(NumberText.text(loadBefore)) before and \(NumberText.text(Machine.load)) after"
      + (quick ? "; **quick: few draws and repeats; the times are not representative**" : "")
  }
}
