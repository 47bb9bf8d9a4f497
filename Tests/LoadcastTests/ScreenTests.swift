import Foundation
import Testing

@Suite("What commands print, screen by screen")
struct ScreenTests {
  private func screen(_ arguments: String..., scenario: String = smallScenario) throws -> String {
    let program = try Program()
    defer { program.remove() }
    try program.write(scenario, to: "small.yaml")
    let words = arguments.map { "'\($0)'" }.joined(separator: " ")
    let outcome = try program.run(shell: "exec \"$0\" \(words)")
    #expect(outcome.code == 0)
    #expect(outcome.error == "")
    return outcome.output
  }

  @Test("check")
  func check() throws {
    // The line of the estimate depends on the machine.
    let text = try screen("check", "small.yaml")
    #expect(
      text.split(separator: "\n").dropLast().joined(separator: "\n") + "\n" == """
        small.yaml: valid: 3 inputs (3 uncertain), 3 equations, 1 reference, 2 outputs, 4 random dimensions

        """)
  }

  @Test("run: the time apart, the same seed prints the same")
  func run() throws {
    let text = try screen("run", "small.yaml", "--workers", "2", "--out", "out")
    #expect(
      text.replacing(/: [0-9.]+ s on 2/, with: ": TIME on 2") == """
        Electricity of a small fleet

        electricity, TWh/year
        year  median  90 % interval   mean
        2024   3.25   1.78 to  5.40   3.37
        2025   8.48   4.53 to 14.6    8.89
        2026  15.7    8.23 to 27.8   16.6

        output   unit   median  90 % interval  mean
        per_gpu  W/gpu  265     159 to 378      266

        electricity, compared draw by draw
          2024: 0.026 times argentina (90 %: 0.014 to 0.043); probability of exceeding it below 0.01 %
          2025: 0.068 times argentina (90 %: 0.036 to 0.12); probability of exceeding it below 0.01 %
          2026: 0.13 times argentina (90 %: 0.066 to 0.22); probability of exceeding it below 0.01 %

        100k draws, seed 7, design sobol: TIME on 2 workers
        out: summary.csv, quantiles.csv, histogram.csv, comparisons.csv, record.json

        """)
  }

  @Test("describe, with a value from a flag")
  func describe() throws {
    #expect(
      try screen("describe", "small.yaml", "--set", "power=600 W/gpu", "--draws", "2.5k") == """
        Electricity of a small fleet

        Indexes
          name  labels
          year       3  2024, 2025, 2026

        Inputs
          name             value                       unit      origin                   source
          shipments[2024]  1M gpu/year to 2M gpu/year  gpu/year  small.yaml:8             Omdia 2023; shared across year
          shipments[2026]  2M gpu/year to 5M gpu/year  gpu/year  small.yaml:8
          power            600 W/gpu                   W/gpu     --set 'power=600 W/gpu'
          load_factor      beta(25% to 62%)            %         small.yaml:16

        References
          name       value                         unit      origin         source
          argentina  120 TWh/year to 130 TWh/year  TWh/year  small.yaml:25  IEA

        Sources, oldest first
          2023  Omdia 2023: shipments
                IEA: argentina
          No source: power, load_factor

        Correlations
          power, load_factor, -0.3

        Equations
          fleet[year], gpu
            = cumulative(shipments * 1 year)
            uses shipments
          electricity[year], TWh/year, output
            = fleet * power * load_factor
            uses fleet, power, load_factor
          per_gpu, W/gpu, output
            = power * load_factor
            uses power, load_factor

        Outputs
          electricity, TWh/year, compared with argentina
          per_gpu, W/gpu

        Run
          draws 2500 (--draws 2500)
          seed 7 (small.yaml:28)
          design sobol (default)

        """)
  }

  @Test("draw")
  func draw() throws {
    #expect(
      try screen("draw", "small.yaml", "--number", "48213") == """
        Electricity of a small fleet: draw 48213, seed 7, design sobol

        Inputs
          name                    value  unit      source
          shipments[2024]  1410450       gpu/year  49.5th percentile of 1M gpu/year to 2M gpu/year
          shipments[2025]  2280810       gpu/year  50 % of the way between 49.5th percentile of 1M gpu/year to 2M gpu/year and 49.5th percentile of 2M gpu/year to 5M gpu/year
          shipments[2026]  3151160       gpu/year  49.5th percentile of 2M gpu/year to 5M gpu/year
          power                711.569   W/gpu     96.915th percentile of 550 W/gpu to 700 W/gpu
          load_factor           73.6293  %         99.7037th percentile of beta(25% to 62%)

        References
          name         value  unit      source
          argentina  128.179  TWh/year  85.66th percentile of 120 TWh/year to 130 TWh/year

        Equations
          fleet = cumulative(shipments * 1 year)
            year      gpu
            2024  1410450
            2025  3691260
            2026  6842420
          electricity = fleet * power * load_factor
            year  TWh/year
            2024   6.47336
            2025  16.9413
            2026  31.4038
          per_gpu = power * load_factor
            = 523.924 W/gpu

        Outputs
          name                   value  unit
          electricity[2024]    6.47336  TWh/year
          electricity[2025]   16.9413   TWh/year
          electricity[2026]   31.4038   TWh/year
          per_gpu            523.924    W/gpu

        """)
  }

  @Test("a draw has the values that the run exports")
  func drawInRun() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "small.yaml")
    #expect(try program.run("run", "small.yaml", "--draws", "2k", "--export-draws", "2k", "--out", "out").code == 0)
    let lines = try program.read("out/draws.csv").components(separatedBy: "\r\n")
    #expect(lines.count == 1 + 2000 + 1)
    let header = Self.fields(lines[0])
    // Foundation's JSON numbers are not read to the last bit, so that the text is taken.
    let drawn = try program.run("draw", "small.yaml", "--number", "1234", "--json").output
    var cells: [String: String] = [:]
    for match in drawn.matches(of: /\{"name": "([^"]*)", "value": ([^}]*)\}/) {
      cells[String(match.output.1)] = String(match.output.2)
    }
    let row = Self.fields(lines[1 + 1234])
    #expect(row[0] == "1234")
    for (name, text) in zip(header, row).dropFirst() {
      #expect(text == cells[name], "\(name)")
    }
    #expect(header.contains("shipments[2024]") && header.contains("per_gpu"))
  }

  @Test("--quiet prints nothing, --json prints JSON, for every command that has it")
  func programs() throws {
    #expect(try screen("run", "small.yaml", "--draws", "2k", "--quiet") == "")
    #expect(try screen("check", "small.yaml", "--quiet") == "")
    for command in [["run", "--draws=2k"], ["check"], ["describe"], ["draw", "--number=3"]] {
      let text = try screen(command[0], "small.yaml", command.dropFirst().first ?? "--strict", "--json")
      #expect(try JSONSerialization.jsonObject(with: Data(text.utf8)) is [String: Any], "\(command)")
    }
    let schema = try JSONSerialization.jsonObject(with: Data(try screen("schema").utf8)) as? [String: Any]
    #expect(schema?["$schema"] != nil)
  }

  @Test("a warning is printed, and is an error with --strict")
  func warnings() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      smallScenario.replacingOccurrences(of: "  power:\n", with: "  idle: 3 W to 4 W\n  power:\n"), to: "s.yaml")
    let fine = try program.run("check", "s.yaml")
    #expect(fine.code == 0)
    #expect(fine.error.hasPrefix("s.yaml:12:3: warning[outputs.unused]:"))
    #expect(fine.output.hasPrefix("s.yaml: valid: 4 inputs (4 uncertain), "))
    let strict = try program.run("check", "s.yaml", "--strict")
    #expect(strict.code == 65)
    #expect(strict.error == fine.error.replacingOccurrences(of: "warning", with: "error"))
    #expect(strict.output == "")
    let json = try program.run("check", "s.yaml", "--json")
    #expect(json.code == 0 && json.error == "" && json.output.contains("\"severity\": \"warning\""))
  }

  /// The fields of a line of CSV that has no quotes within quotes.
  private static func fields(_ line: String) -> [String] {
    line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().map { position, part in
      position.isMultiple(of: 2) ? part.replacingOccurrences(of: ",", with: "\n") : String(part)
    }.joined().components(separatedBy: "\n")
  }

  @Test("describe --plan explains its notation, then shows every instruction, and switches rules off")
  func plan() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      """
      inputs: {a: 1 W to 2 W, b: 3}
      equations: {c: a * b + 0 W}
      outputs: {c: {unit: W}}

      """, to: "s.yaml")
    let lines = try program.run("describe", "s.yaml", "--plan").output.split(separator: "\n")
    #expect(lines.contains("  r0 = probability of a"))
    #expect(lines.contains("  r0 = exp r0"))
    #expect(lines.last == "  summarise r0 as output cell 0")
    #expect(lines.contains("  summarise r0 as output cell 0  adds a column to the statistics of an output's cell"))
    #expect(lines.contains { $0.hasPrefix("  fusion  ") })
    let without = try program.run("describe", "s.yaml", "--plan", "--without", "fusion", "--without", "sharing")
    #expect(without.code == 0)
    for rule in ["fusion", "sharing"] { #expect(without.output.contains("  \(rule), off  "), "\(rule)") }
    let unknown = try program.run("describe", "s.yaml", "--plan", "--without", "fussion")
    #expect(unknown.code != 0 && unknown.error.contains("did you mean: fusion\n"))
    let alone = try program.run("describe", "s.yaml", "--without", "fusion")
    #expect(alone.code != 0 && alone.error.contains("--without needs --plan"))
  }
}
