import Foundation
import Testing

@Suite("Each command has a record of its own")
struct RecordFileTests {
  private static let commands = [
    "sensitivity": ["sensitivity"], "disclosure": ["disclosure"], "discover": ["discover", "--when", "power > 0.5 kW"],
    "sweep": ["sweep", "--vary", "power=0.5 kW,0.6 kW"], "compare": ["compare", "t.yaml"],
    "backtest": ["backtest", "--cases", "cases.csv"],
  ]

  private func names(_ program: Program) throws -> Set<String> {
    Set(try program.names(in: "o").filter { $0.hasSuffix("record.json") })
  }

  @Test("All commands that write into one folder leave each other's records and tables")
  func oneFolder() throws {
    let program = try Program()
    defer { program.remove() }
    let scenario = """
      inputs: {power: 0.4 kW to 0.8 kW, hours: 100 h to 200 h}
      equations: {energy: power * hours}
      outputs: {energy: {unit: kWh}}
      run: {draws: 2k}
      """
    try program.write(scenario, to: "s.yaml")
    try program.write(scenario.replacingOccurrences(of: "0.8 kW", with: "0.9 kW"), to: "t.yaml")
    try program.write("case,power kW,observed.energy kWh\na,0.5,70\nb,0.6,90\n", to: "cases.csv")
    func execute(_ words: [String]) throws -> Program.Outcome {
      let line = ([words[0], "s.yaml"] + words.dropFirst() + ["--quiet", "--out", "o"]).map { "'\($0)'" }
      return try program.run(shell: "exec \"$0\" \(line.joined(separator: " "))")
    }
    func content() throws -> [String: String] {
      try Dictionary(uniqueKeysWithValues: program.names(in: "o").map { ($0, try program.read("o/\($0)")) })
    }
    #expect(try execute(["run"]).code == 0)
    #expect(try names(program) == ["record.json"])
    for (command, words) in Self.commands.sorted(by: { $0.key < $1.key }) {
      let before = try content()
      let outcome = try execute(words)
      #expect(outcome.code == 0, "\(outcome.error)")
      let after = try content()
      #expect(before.allSatisfy { after[$0.key] == $0.value }, "\(command) has replaced files of others")
      #expect(Set(after.keys).subtracting(before.keys).contains("\(command)-record.json"), "\(command)")
      let record = try JSONSerialization.jsonObject(with: Data((after["\(command)-record.json"] ?? "").utf8))
      #expect((record as? [String: Any])?["command"] as? String == command)
      // The same command replaces its own files.
      #expect(try execute(words).code == 0)
      #expect(try Set(content().keys) == Set(after.keys), "\(command)")
    }
    let run = try JSONSerialization.jsonObject(with: Data(program.read("o/record.json").utf8)) as? [String: Any]
    let files = (run?["files"] as? [[String: Any]])?.compactMap { $0["path"] as? String }
    #expect(files?.contains("summary.csv") == true && run?["command"] == nil)
  }
}
