import Foundation
import Reporting

/// The cost of a run before its first block, compared with a program that does nothing.
enum StartUpSuite: Suite {
  static let name = "start-up"
  static let title = "Start-up"

  static func lines(_ bench: Bench) throws -> [String] {
    let empty = bench.scratch + "/empty"
    try "".write(toFile: "\(empty).swift", atomically: true, encoding: .utf8)
    _ = try ProcessRun.run(["swiftc", "-O", "-o", empty, "\(empty).swift"])
    let commands = [
      ("`--help`", [bench.loadcast, "--help"]),
      ("`check`", [bench.loadcast, "check", bench.workload("flat-sector")]),
      ("one draw, files written", bench.run(bench.workload("flat-sector"), draws: 1)),
      ("one draw of the AI sector", bench.run("scenarios/ai-sector.yaml", draws: 1)),
    ]
    var table = Table(["flat sector", "time", "empty program", "difference", "target", ""])
    for (name, command) in commands {
      let pairs = try Pairs.run(bench.quick ? 3 : 4 * bench.pairs, first: command, second: [empty])
      let beyond = Spread(zip(pairs.first, pairs.second).map { ($0.seconds - $1.seconds) * 1e3 })
      let hasThreshold = name.hasPrefix("one draw,")
      table.append([
        name, NumberText.seconds(pairs.firstSeconds.median), NumberText.seconds(pairs.secondSeconds.median),
        "\(beyond.text) ms", hasThreshold ? "20 ms" : "",
        hasThreshold ? Threshold.verdict(beyond.median, atMost: 20) : "",
      ])
    }
    return ["Compared with an empty Swift program, compiled and run at the same time.", ""] + table.lines
  }
}
