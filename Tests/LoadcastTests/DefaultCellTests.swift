import Foundation
import Testing

/// If there is room for only one cell of an output, it is that of the last label of each numeric index and the first label
/// of each other index, and it is shown with its labels.
@Suite("Every command shows the same cell of an output, with its labels")
struct DefaultCellTests {
  /// Neither the first cell, (2024, asia), nor the last, (2030, us), but (2030, asia).
  private static let scenario = """
    title: Regions and years
    indexes:
      zone: [asia, us]
      year: 2024..2030
    inputs:
      load: {over: [zone, year], value: {asia: 10 to 20, us: 20 to 40}, dependence: {zone: independent, year: shared}}
      growth: 1.1 to 1.3
    equations: {demand: load * growth ^ (year - 2024)}
    outputs: {demand: {}}

    """
  private static let cell = "demand[year=2030, zone=asia]"

  private func output(_ program: Program, _ arguments: [String], code: Int32 = 0) throws -> String {
    let words = arguments.map { "'\($0)'" }.joined(separator: " ")
    let outcome = try program.run(shell: "exec \"$0\" \(words)", timeout: 120)
    #expect(outcome.code == code, "\(arguments): \(outcome.error)")
    return outcome.output + outcome.error
  }

  @Test("run's page, sensitivity, disclosure, discover, draw, compare, sweep, backtest")
  func commands() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.scenario, to: "s.yaml")
    try program.write("observed.demand\n100\n", to: "cases.csv")
    let few = ["--draws", "16k"]

    _ = try output(program, ["run", "s.yaml", "--format", "html", "--out", "page"] + few)
    let page = try program.read("page/report.html")
    #expect(page.contains("<b>\(Self.cell)</b> is <strong>"), "the headline")
    #expect(page.contains("<span class=\"gist\">year=2030, zone=asia: "), "the folded part")
    #expect(page.contains("What drives \(Self.cell)"), "the drivers")

    let sensitivity = try output(program, ["sensitivity", "s.yaml", "--method", "given-data", "--out", "a"] + few)
    #expect(sensitivity.contains("What drives \(Self.cell): given-data\n"), "\(sensitivity)")
    #expect(sensitivity.contains("13 more cells"))
    let disclosure = try output(program, ["disclosure", "s.yaml", "--out", "b"] + few)
    #expect(disclosure.contains("Value of disclosure for \(Self.cell)\n"), "\(disclosure)")
    // It takes long, so that by default no other cell is analysed; a formula that is asked for is, in every cell.
    #expect(!disclosure.contains("more cells"))
    let asked = try output(program, ["disclosure", "s.yaml", "--output", "demand", "--out", "b"] + few)
    #expect(asked.contains("13 more cells"), "\(asked)")
    let discover = try output(program, ["discover", "s.yaml", "--when", "demand > 30", "--out", "c"] + few)
    #expect(discover.contains("Condition demand > 30[year=2030, zone=asia]: true in"), "\(discover)")
    #expect(discover.components(separatedBy: "Condition ").count == 2, "\(discover)")
    let draw = try output(program, ["draw", "s.yaml", "--near", "p95", "--output", "demand"] + few)
    #expect(draw.contains("  \(Self.cell)  "), "\(draw)")
    let compare = try output(
      program, ["compare", "s.yaml", "s.yaml", "--set-b", "growth=1.4", "--out", "d", "--draws", "8k"])
    #expect(compare.contains("Contributions to the difference of means of \(Self.cell), "), "\(compare)")
    let sweep = try output(program, ["sweep", "s.yaml", "--vary", "growth=1.1,1.2", "--out", "e", "--draws", "8k"])
    #expect(sweep.contains("\n\(Self.cell)\n"), "\(sweep)")
    // A case observes one cell: none is taken for what it does not name, but the suggestion follows the rule.
    let backtest = try output(program, ["backtest", "s.yaml", "--cases", "cases.csv", "--out", "f"], code: 65)
    #expect(backtest.contains("did you mean: demand[2030,asia]"), "\(backtest)")
  }
}
