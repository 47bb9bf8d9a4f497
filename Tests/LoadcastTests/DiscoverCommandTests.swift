import Foundation
import Testing

@Suite("Scenario discovery on the command line")
struct DiscoverCommandTests {
  private func run(_ program: Program, _ arguments: [String]) throws -> Program.Outcome {
    let words = arguments.map { "'\($0)'" }.joined(separator: " ")
    return try program.run(shell: "exec \"$0\" \(words)")
  }

  @Test("The screen and the files, which are the same with any number of workers")
  func screen() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let when = ["discover", "s.yaml", "--when", "electricity[year=2026] > 20 TWh/year", "--draws", "64k"]
    let outcome = try run(program, when + ["--workers", "2", "--out", "a"])
    #expect(outcome.error == "")
    #expect(
      outcome.output.replacing(/: [0-9.]+ s\n/, with: ": TIME\n") == """
        Electricity of a small fleet

        Condition electricity[year=2026] > 20 TWh/year: true in 25 % of all draws

        Box 1: if shipments[year=2026] ≥ 3.38M gpu/year and load_factor ≥ 42 %, the condition holds in 82 %
          of the draws (density); the box contains 70 % of all draws in which it holds (coverage).
        input                 range kept  density without it, %  coverage without it, %
        shipments[year=2026]  top 41 %                       41                      87
        load_factor           top 53 %                       51                      83
        restricting only shipments[year=2026]: density 56 %, coverage 73 %

        Box 2: if shipments[year=2026] ≥ 4.45M gpu/year and load_factor ≥ 33.4 %, the condition holds in
          75 % of the draws outside box 1 (density); the box contains 8.9 % of all draws in which it holds
          (coverage).
        input                 range kept  density without it, %  coverage without it, %
        shipments[year=2026]  top 11 %                       12                      29
        load_factor           top 80 %                       48                      10
        restricting only shipments[year=2026]: density 54 %, coverage 9 %

        Box 3: if load_factor ≥ 54.2 % and shipments[year=2026] ≥ 2.84M gpu/year, the condition holds in
          70 % of the draws outside boxes 1 to 2 (density); the box contains 11 % of all draws in which it
          holds (coverage).
        input                 range kept  density without it, %  coverage without it, %
        load_factor           top 17 %                       11                      18
        shipments[year=2026]  top 65 %                       35                      14
        restricting only load_factor: density 40 %, coverage 12 %

        All boxes together: density 79 %, coverage 91 %.

        65536 draws of the run, design sobol, seed 7: TIME
        a: boxes.csv, tradeoff.csv, discover-record.json

        """)
    #expect(try run(program, when + ["--workers", "1", "--out", "b"]).code == 0)
    for name in ["boxes.csv", "tradeoff.csv"] {
      #expect(try program.read("a/\(name)") == program.read("b/\(name)"))
    }
  }

  @Test("Mistakes are told by their flags, and leave no folder")
  func mistakes() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    for (arguments, code, text) in [
      ([], Int32(64), "--when"), (["--when", "electricity > 3 TWh"], 64, "--when:1:1"),
      (["--when", "electricity"], 64, "is not a condition"),
      (["--when", "electricity > 3 TWh/year", "--density", "2"], 64, "as 80%"),
      (["--when", "electricity > 3 TWh/year", "--boxes", "0"], 64, "from 1 to 20"),
    ] {
      let outcome = try run(program, ["discover", "s.yaml"] + arguments)
      #expect(outcome.code == code, "\(arguments): \(outcome.error)")
      #expect(outcome.error.contains(text), "\(arguments): \(outcome.error)")
    }
    #expect(try program.names() == ["s.yaml"])
  }
}
