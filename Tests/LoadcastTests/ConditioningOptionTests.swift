import Foundation
import Testing

/// `--conditioning`, in every command that computes results.
///
/// Two normal inputs with the sum observed: x ~ N(10, 2), y ~ N(0, 1), x + y measured as N(16, 1). With precision
/// weights, x given the observation is N(14, sqrt(4/3)): the mean moves by 6 * 4 / (4 + 1 + 1), and the variance is
/// 4 - 16 / 6.
@Suite("Every command uses the posterior of a scenario with observations", .serialized)
struct ConditioningOptionTests {
  private static let scenario = """
    title: Observed
    inputs:
      x: normal(10, 2)
      y: normal(0, 1)
      z: normal(5, 1)
    equations:
      w: x + z
    outputs:
      x: {}
      w: {}
    evidence:
      - {observe: x + y, measured: "normal(16, 1)"}

    """

  /// A command line for each command that computes results.
  static let cases: [(name: String, arguments: [String])] = [
    ("run", ["run", "s.yaml", "--draws", "20k"]),
    ("backtest", ["backtest", "s.yaml", "--cases", "cases.csv", "--draws", "16k"]),
    ("compare", ["compare", "s.yaml", "s.yaml", "--set-b", "z=7", "--draws", "16k"]),
    ("disclosure", ["disclosure", "s.yaml", "--output", "x", "--draws", "16k"]),
    ("discover", ["discover", "s.yaml", "--when", "w > 20", "--draws", "16k"]),
    ("draw", ["draw", "s.yaml", "--near", "p50", "--output", "x", "--draws", "16k"]),
    ("export notebook", ["export", "notebook", "s.yaml", "--draws", "20k"]),
    ("sensitivity", ["sensitivity", "s.yaml", "--output", "x", "--draws", "16k"]),
    ("sweep", ["sweep", "s.yaml", "--vary", "z=5,7", "--draws", "20k"]),
  ]

  private func files(_ program: Program) throws {
    try program.write(Self.scenario, to: "s.yaml")
    try program.write("case,z,observed.w\na,5,19\nb,6,20\nc,4,18\n", to: "cases.csv")
  }

  @Test("Says whether results are of the prior or the posterior", arguments: cases.map { $0.name })
  func statements(name: String) throws {
    let program = try Program()
    defer { program.remove() }
    try files(program)
    let arguments = try #require(Self.cases.first { $0.name == name }).arguments
    for kind in [nil, "prior", "posterior"] {
      let option = kind.map { ["--conditioning", $0] } ?? []
      let words = (["\"$0\""] + (arguments + option).map { "'\($0)'" }).joined(separator: " ")
      let outcome = try program.run(shell: "exec \(words) --out out")
      #expect(outcome.code == 0, "\(words): \(outcome.error)")
      guard !name.hasPrefix("export") else { continue }
      let isPrior = kind == "prior"
      #expect(
        outcome.output.contains("Prior: the scenario's observations are not used.") == isPrior, "\(outcome.output)")
      #expect(outcome.output.localizedCaseInsensitiveContains("posterior") == !isPrior, "\(outcome.output)")
      let json = try program.run(shell: "exec \(words) \(name == "draw" ? "" : "--out out") --json").output
      if !["run", "draw"].contains(name) {
        #expect(json.contains("\"conditioning\": \"\(isPrior ? "prior" : "posterior")\""), "\(json.prefix(400))")
      }
    }
  }

  @Test("Every command with the option is among the cases")
  func completeness() throws {
    let program = try Program()
    defer { program.remove() }
    for command in try program.commands() {
      let names = command == "export" ? ["export notebook"] : [command]
      for name in names {
        // `submit` passes the option to the commands of its script.
        if name == "submit" { continue }
        let help = try program.run(shell: "exec \"$0\" \(name) --help").output
        // A command that makes draws has both options; the parts of a run state theirs.
        let makesDraws = help.contains("--workers") && !["describe", "merge"].contains(name)
        #expect(help.contains("--conditioning") == makesDraws, "\(name)")
        if makesDraws { #expect(Self.cases.contains { $0.name == name }, "\(name)") }
      }
    }
  }

  @Test("Sweeps, comparisons and exported draws have the posterior's closed form")
  func values() throws {
    // 16 populations of about 16,000 independent particles: standard error of the mean 0.009; five of them fail once in
    // 1.7 million.
    let program = try Program()
    defer { program.remove() }
    try files(program)
    func rows(_ file: String) throws -> [[String]] {
      try program.read(file).split(separator: "\r\n").map { $0.split(separator: ",").map(String.init) }
    }
    func column(_ name: String, _ rows: [[String]]) throws -> Int { try #require(rows[0].firstIndex(of: name)) }
    let sweep = try program.run("sweep", "s.yaml", "--vary", "z=5,7", "--out", "out")
    #expect(sweep.code == 0, "\(sweep.error)")
    let swept = try rows("out/sweep.csv")
    let (output, mean) = (try column("output", swept), try column("mean", swept))
    for row in swept.dropFirst() where row[output] == "x" { #expect(abs((Double(row[mean]) ?? .nan) - 14) < 0.05) }
    _ = try program.run("run", "s.yaml", "--export-draws", "30k", "--draws", "30k", "--out", "out", "--quiet")
    let draws = try rows("out/draws.csv")
    let x = try column("x", draws)
    let values = draws.dropFirst().compactMap { Double($0[x]) }
    #expect(values.count == 30_000)
    let average = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(values.count)
    #expect(abs(average - 14) < 0.05)
    #expect(abs(variance / (4.0 / 3) - 1) < 0.06)
  }

  @Test("A posterior needs observations, and a method that can use it")
  func refusals() throws {
    let program = try Program()
    defer { program.remove() }
    try files(program)
    try program.write("inputs: {x: 1 to 2}\noutputs: {x: {}}\n", to: "plain.yaml")
    let plain = try program.run("run", "plain.yaml", "--conditioning", "posterior", "--out", "out")
    #expect(plain.code == 64 && plain.error.contains("the scenario has none"), "\(plain.error)")
    let sobol = try program.run(
      "sensitivity", "s.yaml", "--method", "sobol", "--conditioning", "posterior", "--out", "out")
    #expect(sobol.code == 64 && sobol.error.contains("cannot use the posterior"), "\(sobol.error)")
    let prior = try program.run("sensitivity", "s.yaml", "--method", "sobol", "--out", "out")
    #expect(prior.code == 0 && prior.output.contains("Prior: the scenario's observations are not used."))
  }

  @Test("The report's headline is the posterior, and it shows the observation")
  func report() throws {
    let program = try Program()
    defer { program.remove() }
    try files(program)
    _ = try program.run("run", "s.yaml", "--draws", "100k", "--format", "html", "--out", "out", "--quiet")
    let page = try program.read("out/report.html")
    #expect(page.contains("is <strong>14.0"))
    #expect(page.contains("posterior median") && page.contains("id=\"observations\"") && page.contains("x + y"))
    _ = try program.run(
      "run", "s.yaml", "--draws", "100k", "--conditioning", "prior", "--format", "html", "--out", "out", "--quiet")
    let prior = try program.read("out/report.html")
    #expect(prior.contains("is <strong>10.0") && !prior.contains("id=\"observations\""))
  }

  @Test(
    "Descriptions in every format with a register show the observation", arguments: ["text", "markdown", "json", "csv"])
  func descriptions(format: String) throws {
    let program = try Program()
    defer { program.remove() }
    try files(program)
    let text = try program.run("describe", "s.yaml", "--format", format).output
    #expect(text.contains("x + y") && text.contains("normal(16, 1)"), "\(text)")
  }
}
