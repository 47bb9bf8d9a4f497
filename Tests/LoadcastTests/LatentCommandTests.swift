import Foundation
import Testing

/// A scenario with a latent total, through every command that computes results.
@Suite("Latent totals in every command", .serialized)
struct LatentCommandTests {
  private static let scenario = """
    title: Read by two routes and three publishers
    indexes: {year: 2024..2026}
    inputs:
      chips: {over: year, value: {2024: 2 TWh/year to 6 TWh/year, 2026: 6 TWh/year to 20 TWh/year}, interpolate: log, dependence: 0.9}
      load: beta(30% to 60%)
      queries: {over: year, value: 1 TWh/year to 9 TWh/year, dependence: shared}
      z: 300 to 500
    latent:
      electricity:
        over: year
        unit: TWh/year
        start: 0.5 to 12
        growth: 0.8 to 2.4
        routes: {fleet: chips * load, models: queries}
        published: figures.csv
        today: 2025
    equations:
      x: electricity[year=2025]
      w: x * z
    outputs:
      x: {unit: TWh/year}
      w: {unit: TWh/year}
      electricity: {unit: TWh/year}
    evidence:
      - observe: electricity < 40 TWh/year

    """

  private static let figures = """
    id,publisher,year,value,low,high,reads,kind,published
    one,A,2024,,2,4,,,2024-12
    two,B,2025,4,,,electricity[year=2025],,2025-06
    three,B,2026,7,,,,,2025-06
    four,C,2025,2,,,,floor,2025-06

    """

  private static let commands = [
    "run s.yaml --draws 64k", "compare s.yaml s.yaml --set-b z=400", "disclosure s.yaml --output x",
    "discover s.yaml --when 'x > 4 TWh/year'", "draw s.yaml --near p50 --output x",
    "export notebook s.yaml --draws 64k",
    "sensitivity s.yaml --output x", "sweep s.yaml --vary z=300,500 --draws 64k", "describe s.yaml", "check s.yaml",
    "run s.yaml --draws 64k --conditioning prior", "backtest s.yaml --cases cases.csv",
    "backtest s.yaml --leave-out observation", "backtest s.yaml --leave-out publisher --json",
    "backtest s.yaml --leave-out year", "backtest s.yaml --leave-out later",
  ]

  @Test("The estimate of a task has the posterior, which every part of a run samples")
  func submitted() throws {
    let program = try Program()
    defer { program.remove() }
    try files(program)
    func outcome(_ flag: String = "") throws -> (seconds: Double, text: String) {
      let command = "exec \"$0\" submit slurm s.yaml --draws 64k --tasks 4 \(flag)"
      let (json, text) = (try program.run(shell: command + " --json"), try program.run(shell: command))
      #expect(json.code == 0 && text.code == 0, "\(json.error)\(text.error)")
      let values = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
      return (values?["seconds"] as? Double ?? .nan, text.output)
    }
    let (posterior, prior) = (try outcome(), try outcome("--conditioning prior"))
    let words = " of it for the posterior, which every part samples, at most "
    #expect(posterior.text.contains(words), "\(posterior.text)")
    #expect(!prior.text.contains("posterior"))
    // The posterior takes a thousand times as long as 16,384 draws.
    #expect(posterior.seconds > 3 * prior.seconds, "\(posterior.seconds) and \(prior.seconds)")
  }

  private func files(_ program: Program) throws {
    try program.write(Self.scenario, to: "s.yaml")
    try program.write(Self.figures, to: "figures.csv")
    try program.write("case,load,observed.x\na,50%,4\nb,40%,3\nc,45%,5\n", to: "cases.csv")
  }

  @Test("Every command accepts it", arguments: commands)
  func accepted(command: String) throws {
    let program = try Program()
    defer { program.remove() }
    try files(program)
    let out = ["describe", "check"].contains { command.hasPrefix($0) } ? "" : " --out out"
    let outcome = try program.run(shell: "exec \"$0\" \(command)\(out)", timeout: 300)
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.error)")
  }

  @Test("A run shows the errors and figures, and writes them in full")
  func run() throws {
    let program = try Program()
    defer { program.remove() }
    try files(program)
    let outcome = try program.run("run", "s.yaml", "--draws", "64k", "--out", "out", timeout: 300)
    #expect(outcome.output.contains("electricity, a latent total read by 2 routes and 4 published figures"))
    for word in ["route_bias", "common_publisher_bias", "percentile", "Limits keep", "linear update"] {
      #expect(outcome.output.contains(word), "\(word) is not in \(outcome.output)")
    }
    func rows(_ name: String) throws -> [[String]] {
      try program.read("out/\(name)").split(separator: "\r\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    }
    let errors = try rows("latent_errors.csv")
    #expect(errors.count == 6 && errors[0].count == 8)
    let readings = try rows("latent_readings.csv")
    #expect(readings.count == 1 + 2 * 3 + 4)
    #expect(readings.allSatisfy { $0.count == readings[0].count })
    let json = try program.run(
      "run", "s.yaml", "--draws", "64k", "--out", "out", "--json", timeout: 300)
    #expect(json.output.contains("\"latents\"") && json.output.contains("linear update"))
  }

  @Test("Figures are left out in turn, on the screen, as a table and as JSON")
  func leftOut() throws {
    let program = try Program()
    defer { program.remove() }
    try files(program)
    // With four more totals, each has a trend through four others.
    try program.write(
      Self.figures + "five,D,2024,3.5,,,,,\nsix,D,2025,4.5,,,,,\nseven,E,2026,8,,,,,\neight,E,2024,2.2,,,,,\n",
      to: "figures.csv")
    let outcome = try program.run("backtest", "s.yaml", "--leave-out", "publisher", "--out", "out", timeout: 300)
    #expect(outcome.code == 0, "\(outcome.error)")
    for word in ["Leaving out the figures of each publisher", "in 90 % intervals", "joint log score", "of the trend"] {
      #expect(outcome.output.contains(word), "\(word) is not in \(outcome.output)")
    }
    let rows = try program.read("out/left_out.csv").split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(
      rows[0].prefix(14).joined(separator: " ")
        == "observation publisher year output observed p05 p25 p50 p75 p95 percentile log_score crps baseline_crps")
    // The floor is not left out.
    #expect(rows.dropFirst().map { $0[0] } == ["one", "two", "three", "five", "six", "seven", "eight"])
    for row in rows.dropFirst() {
      let values = row[4..<14].compactMap(Double.init)
      #expect(values.count == 10 && values[1] < values[2] && values[4] < values[5], "\(row)")
    }
    let json = try program.run("backtest", "s.yaml", "--leave-out", "year", "--out", "out", "--json", timeout: 300)
    #expect(json.output.contains("\"leave_out\": \"year\"") && json.output.contains("\"joint_log_score\""))
  }

  @Test("Later figures are predicted at the end of each year, and each row names what was left out")
  func later() throws {
    let program = try Program()
    defer { program.remove() }
    try files(program)
    try program.write(Self.figures + "five,D,2025,5,,,,,2026-02\n", to: "figures.csv")
    let text = Self.scenario.replacing("today: 2025", with: "today: 2026")
    try program.write(text, to: "s.yaml")
    let outcome = try program.run("backtest", "s.yaml", "--leave-out", "later", "--out", "out", timeout: 300)
    #expect(outcome.code == 0, "\(outcome.error)")
    for word in ["published after each year", "scenario's inputs", "after 2025", "mean CRPS", "formula in 90 %"] {
      #expect(outcome.output.contains(word), "\(word) is not in \(outcome.output)")
    }
    let rows = try program.read("out/left_out.csv").split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let group = try #require(rows[0].firstIndex(of: "left_out"))
    #expect(
      rows.dropFirst().map { [$0[0], $0[group]] } == [
        ["two", "after 2024"], ["five", "after 2024"], ["five", "after 2025"],
      ])
    let json = try program.run("backtest", "s.yaml", "--leave-out", "later", "--out", "out", "--json", timeout: 300)
    #expect(json.output.contains("\"leave_out\": \"later\"") && json.output.contains("\"left_out\": \"after 2025\""))
  }

  @Test("A list of tables is read, and compare sees a change in any of them")
  func severalTables() throws {
    let program = try Program()
    defer { program.remove() }
    try files(program)
    let lines = Self.figures.split(separator: "\n").map(String.init)
    try program.write(lines[0...2].joined(separator: "\n") + "\n", to: "first.csv")
    try program.write(([lines[0]] + lines[3...4]).joined(separator: "\n") + "\n", to: "second.csv")
    try program.write(
      ([lines[0]] + lines[3...4]).joined(separator: "\n").replacing("three,B,2026,7", with: "three,B,2026,9") + "\n",
      to: "third.csv")
    let text = Self.scenario.replacing("published: figures.csv", with: "published: [first.csv, second.csv]")
    try program.write(text, to: "several.yaml")
    try program.write(text.replacing("second.csv", with: "third.csv"), to: "other.yaml")
    func summary(_ scenario: String) throws -> String {
      let outcome = try program.run("run", scenario, "--draws", "64k", "--out", "out", "--quiet", timeout: 300)
      #expect(outcome.code == 0, "\(outcome.error)")
      return try program.read("out/summary.csv")
    }
    #expect(try summary("several.yaml") == summary("s.yaml"))
    for path in ["several.yaml", "other.yaml"] {
      let compared = try program.run("compare", "several.yaml", path, "--out", "out", timeout: 300)
      #expect(compared.output.contains("latent total") == (path == "other.yaml"), "\(compared.output)")
    }
    // The same list, and other bytes in one of its files.
    try FileManager.default.createDirectory(
      at: program.folder.appending(path: "moved"), withIntermediateDirectories: true)
    for name in ["first.csv", "several.yaml"] { try program.write(program.read(name), to: "moved/\(name)") }
    try program.write(program.read("third.csv"), to: "moved/second.csv")
    let moved = try program.run(
      "compare", "several.yaml", "moved/several.yaml", "--root", ".", "--out", "out", timeout: 300)
    #expect(moved.output.contains("latent total"), "\(moved.output)\(moved.error)")
  }

  @Test("Flags that do not fit are refused with a reason")
  func refusals() throws {
    let program = try Program()
    defer { program.remove() }
    try files(program)
    try program.write("inputs: {a: 1 to 2}\noutputs: {a: {}}\n", to: "plain.yaml")
    try program.write(Self.scenario.replacing("figures.csv", with: "undated.csv"), to: "undated.yaml")
    try program.write("id,publisher,year,value\none,A,2024,3\ntwo,B,2025,4\n", to: "undated.csv")
    let commands: [([String], String)] = [
      (["run", "s.yaml", "--posterior", "saved", "--out", "o"], "cannot save the posterior of latent totals"),
      (["backtest", "s.yaml", "--out", "o"], "either --cases, or --leave-out"),
      (
        ["backtest", "s.yaml", "--cases", "cases.csv", "--leave-out", "year", "--out", "o"],
        "either --cases, or --leave-out"
      ),
      (["backtest", "plain.yaml", "--leave-out", "year", "--out", "o"], "needs published figures"),
      (["backtest", "undated.yaml", "--leave-out", "later", "--out", "o"], "needs figures of different dates"),
      (
        ["backtest", "s.yaml", "--leave-out", "year", "--conditioning", "prior", "--out", "o"],
        "--leave-out and --conditioning exclude each other"
      ),
    ]
    for (words, reason) in commands {
      let outcome = try program.run(shell: "exec \"$0\" \(words.joined(separator: " "))")
      #expect(outcome.code == 64 && outcome.error.contains(reason), "\(words) \(outcome.code) \(outcome.error)")
    }
    #expect(!FileManager.default.fileExists(atPath: program.folder.appending(path: "o").path))
  }

  @Test("The hidden input has the name of the total, or is not shown")
  func hiddenInput() throws {
    let program = try Program()
    defer { program.remove() }
    try files(program)
    for command in [
      "describe s.yaml", "describe s.yaml --format markdown", "describe s.yaml --format csv", "describe s.yaml --json",
      "describe s.yaml --format mermaid", "check s.yaml", "draw s.yaml --number 3",
      "sensitivity s.yaml --output w --out out", "sensitivity s.yaml --output w --factors cell --out out --json",
      "disclosure s.yaml --output w --out out", "draw s.yaml --near p50 --output w --out out",
      "run s.yaml --draws 16k --export-draws 10 --format csv,html,json --out out",
    ] {
      let outcome = try program.run(shell: "\"$0\" \(command); cat out/*.csv out/*.html 2>/dev/null", timeout: 300)
      #expect(!outcome.output.contains("(latent)"), "\(command): \(outcome.output.prefix(20_000))")
    }
    let described = try program.run("describe", "s.yaml").output
    #expect(described.contains("electricity, a latent total. Prior: 0.5") && described.contains("route fleet"))
    #expect(described.contains("one: A, total of 2024"))
    let sensitivity = try program.run("sensitivity", "s.yaml", "--output", "w", "--out", "out").output
    // Given the readings, the inputs of the routes are informative about the total.
    for name in ["electricity", "chips", "queries", "load", "z"] {
      #expect(sensitivity.contains(name), "\(sensitivity)")
    }
  }

  @Test("Verdicts and learning are given the readings")
  func verdicts() throws {
    let program = try Program()
    defer { program.remove() }
    try files(program)
    try program.write(
      Self.scenario.replacingOccurrences(
        of: "  x: {unit: TWh/year}",
        with: "  x: {unit: TWh/year, verdict: {claim: Much is used., if: x > 1 TWh/year, then: right, else: wrong}}"),
      to: "v.yaml")
    let outcome = try program.run("run", "v.yaml", "--draws", "64k", "--out", "out", timeout: 300)
    #expect(outcome.code == 0, "\(outcome.error)")
    #expect(outcome.output.contains("What was learned about the inputs"))
    let learned = try program.read("out/learning.csv")
    #expect(learned.contains("queries[2025]") && !learned.contains("electricity"))
    let verdicts = try program.read("out/verdicts.csv").split(separator: "\r\n")
    #expect(verdicts.count == 2 && verdicts[1].contains("right"))
  }

  @Test("Without its figures, the routes decide")
  func withoutFigures() throws {
    let program = try Program()
    defer { program.remove() }
    try files(program)
    try program.write(
      """
      extends: s.yaml
      latent:
        electricity: {over: year, unit: TWh/year, start: 0.5 to 12, growth: 0.8 to 2.4, routes: {fleet: chips * load, models: queries}, published: none}

      """, to: "routes.yaml")
    let outcome = try program.run("run", "routes.yaml", "--draws", "64k", "--out", "out", timeout: 300)
    #expect(outcome.code == 0, "\(outcome.error)")
    #expect(outcome.output.contains("read by 2 routes and 0 published figures"), "\(outcome.output)")
  }
}
