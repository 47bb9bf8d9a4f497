import Foundation
import Testing

/// Evidence from the scenario file to the screen and the files.
@Suite("Evidence on the command line")
struct EvidenceCommandTests {
  private let evidence = """
    evidence:
      - observe: per_gpu
        measured: 200 W/gpu to 260 W/gpu
      - estimate: power_now
        routes: {fleet: "electricity[year=2025]", other: 10 TWh/year}
        unit: TWh/year

    """

  @Test("Prior and posterior stand side by side, and the files say so")
  func run() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario + evidence, to: "s.yaml")
    let outcome = try program.run("run", "s.yaml", "--draws", "20k", "--out", "out")
    #expect(outcome.code == 0)
    #expect(outcome.error == "")
    for text in [
      "posterior median", "electricity, compared draw by draw, given the observations", "observed", "surprise",
      "20k weighted draws have an effective sample size of", "power_now by 2 routes, TWh/year", "fleet is",
      "for the routes to agree,", "hierarchical", "What was learned about the inputs",
    ] {
      #expect(outcome.output.contains(text), "\(text)")
    }
    #expect(
      try program.names(in: "out") == [
        "comparisons.csv", "histogram.csv", "learned_correlations.csv", "learning.csv", "observations.csv",
        "quantiles.csv",
        "reconciliation.csv", "record.json", "route_differences.csv", "route_heterogeneity.csv", "routes.csv",
        "summary.csv",
      ])
    let summary = try program.read("out/summary.csv").split(separator: "\r\n").map { $0.split(separator: ",") }
    #expect(summary[0][2] == "conditioning")
    #expect(Set(summary.dropFirst().map { $0[2] }) == ["prior", "posterior"])
    let record = try program.read("out/record.json")
    #expect(record.contains("\"observe\": \"per_gpu\"") && record.contains("\"learning.csv\""))
    let learning = try program.read("out/learning.csv").split(separator: "\r\n")
    #expect(
      learning[0]
        == "input,unit,prior_p05,prior_p50,prior_p95,posterior_p05,posterior_p50,posterior_p95,standardised_shift,width_ratio,bits,standard_error"
    )
    // The observed power per GPU is that of the GPU times its load, which moved. Shipments are not in it.
    #expect(learning.count == 6 && learning[1].hasPrefix("load_factor,"))
    let shipments = learning.filter { $0.hasPrefix("shipments[") }
    #expect(shipments.count == 3 && shipments.allSatisfy { $0.hasSuffix(",0,1,0,0") })
    #expect(try program.read("out/learned_correlations.csv").contains("\r\n"))
    _ = try program.run("run", "s.yaml", "--draws", "20k", "--out", "prior", "--conditioning", "prior", "--quiet")
    #expect(try !program.names(in: "prior").contains { $0.hasPrefix("learn") })
  }

  @Test("The seconds that a run tells have those of the evidence in them")
  func seconds() throws {
    let program = try Program()
    defer { program.remove() }
    let scenario = """
      indexes: {year: 2001..2020}
      inputs: {a: {over: year, dependence: independent, value: 1 to 2}, b: {over: year, dependence: independent, value: 1 to 3}}
      equations: {x: a * b, y: "a[year=2001] * b", first: "x[year=2001] + y[year=2001]"}
      outputs: {first: {}}

      """
    try program.write(scenario, to: "plain.yaml")
    try program.write(
      scenario + "evidence: [{estimate: both, routes: {x: x, y: y}, unit: \"1\"}]\n", to: "estimate.yaml")
    func seconds(_ name: String) throws -> Double {
      let text = try program.run("run", name, "--draws", "20k", "--json").output
      let match = try #require(text.firstMatch(of: /"seconds": ([0-9.e-]+)/))
      return try #require(Double(match.1))
    }
    // Routes are sorted in twenty years, the output is counted in one: some fifty times the work.
    let plain = try (0..<3).map { _ in try seconds("plain.yaml") }.min() ?? .nan
    #expect(try seconds("estimate.yaml") > 3 * plain)
  }

  @Test("The same bytes for any number of workers, and numbers for programs")
  func workers() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario + evidence, to: "s.yaml")
    for workers in ["1", "3"] {
      _ = try program.run(
        "run", "s.yaml", "--draws", "20k", "--workers", workers, "--out", "out\(workers)", "--quiet")
    }
    for name in try program.names(in: "out1") where name != "record.json" {
      #expect(try program.read("out1/\(name)") == program.read("out3/\(name)"), "\(name)")
    }
    let json = try program.run("run", "s.yaml", "--draws", "20k", "--json", "--out", "out")
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let found = try #require(object?["evidence"] as? [String: Any])
    let posterior = try #require(found["posterior"] as? [String: Any])
    #expect((posterior["outputs"] as? [Any])?.count == 2)
    #expect((found["estimates"] as? [[String: Any]])?.first?["estimate"] as? String == "power_now")
  }

  @Test("What cannot be reconciled ends the run with its place, and writes nothing")
  func impossible() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      smallScenario + "evidence: [{observe: load_factor, measured: \"uniform(2, 3)\"}]\n", to: "s.yaml")
    let outcome = try program.run("run", "s.yaml", "--draws", "20k", "--out", "out")
    #expect(outcome.code == 65)
    #expect(outcome.error.contains("s.yaml:29:"))
    #expect(outcome.error.contains("error[run.impossible-observation]: the observations have a positive density in 0"))
    #expect(!FileManager.default.fileExists(atPath: program.folder.appending(path: "out").path))
  }

  @Test("A back-test prints each case and the verdicts, and writes its tables")
  func backtest() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    try program.write(
      """
      case,group,power W/gpu,load_factor,observed.per_gpu W/gpu,note.where
      first,a,600,,250,here
      second,a,,0.4,280,
      third,b,,,500,
      """, to: "cases.csv")
    let outcome = try program.run("backtest", "s.yaml", "--cases", "cases.csv", "--draws", "20k", "--out", "out")
    #expect(outcome.code == 0)
    #expect(outcome.error == "")
    for text in [
      "first", "50 % interval: covers", "90 % interval: covers", "cases per forecast decile",
      "leaving out each group once",
    ] {
      #expect(outcome.output.contains(text), "\(text)")
    }
    let rows = try program.read("out/backtest.csv").split(separator: "\r\n")
    #expect(
      rows[0].hasPrefix("case,output,observed,p05,p50,p95,percentile,crps,inside_90,"))
    #expect(rows.count == 4 && rows[3].hasPrefix("third,per_gpu,500,"))
    #expect(try program.names(in: "out") == ["backtest-record.json", "backtest.csv", "backtest_summary.csv"])
    let json = try program.run("backtest", "s.yaml", "--cases", "cases.csv", "--draws", "1k", "--json", "--out", "out")
    #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
  }

  @Test("Bad columns and cells are told with line and column, all at once")
  func badCases() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    try program.write(
      """
      case,powr,observed.per_gpu GW,observed.electricity,shipments[2023],hardware
      """, to: "columns.csv")
    let columns = try program.run("backtest", "s.yaml", "--cases", "columns.csv")
    #expect(columns.code == 65)
    #expect(
      columns.error == """
        columns.csv:1:6: error[cases.unknown-input]: unknown input `powr`
        1 | case,powr,observed.per_gpu GW,observed.electricity,shipments[2023],hardware
          |      ^^^^
          expected: `NAME`, `NAME[label]` or `observed.NAME`, optionally followed by a space and a unit; `case`, `group`, `source`, `note`, `note.…`
          did you mean: power

        columns.csv:1:28: error[units.mismatch]: the unit of this column does not match the unit of `per_gpu`
        1 | case,powr,observed.per_gpu GW,observed.electricity,shipments[2023],hardware
          |                            ^^
          expected: W/gpu
          found: GW

        columns.csv:1:40: error[cases.cell]: an observed value must belong to one cell
        1 | case,powr,observed.per_gpu GW,observed.electricity,shipments[2023],hardware
          |                                        ^^^^^^^^^^^
          found: `electricity` is over year
          did you mean: electricity[2026]

        columns.csv:1:52: error[indexes.unknown-label]: the index `year` has no label `2023`
        1 | case,powr,observed.per_gpu GW,observed.electricity,shipments[2023],hardware
          |                                                    ^^^^^^^^^
          expected: 2024, 2025, 2026

        columns.csv:1:68: error[cases.unknown-input]: unknown input `hardware`
        1 | case,powr,observed.per_gpu GW,observed.electricity,shipments[2023],hardware
          |                                                                    ^^^^^^^^
          expected: `NAME`, `NAME[label]` or `observed.NAME`, optionally followed by a space and a unit; `case`, `group`, `source`, `note`, `note.…`

        5 errors

        """)
    try program.write(
      """
      case,power,shipments[2025] gpu/year,observed.per_gpu
      a,600 kWh,2M,250
      b,6oo,1M to 2M,250 to 300
      a,600 W/gpu,,x
      """, to: "cells.csv")
    let cells = try program.run("backtest", "s.yaml", "--cases", "cells.csv")
    #expect(cells.code == 65)
    for place in ["cells.csv:2:3:", "cells.csv:3:3:", "cells.csv:3:7:", "cells.csv:3:16:", "cells.csv:4:14:"] {
      #expect(cells.error.contains(place), "\(place) \(cells.error)")
    }
    for (name, text, code) in [
      ("missing.csv", nil, 66), ("empty.csv", "", 65), ("norows.csv", "observed.per_gpu\n", 65),
      ("nothing.csv", "case\na\n", 65), ("torn.csv", "observed.per_gpu\n\"1\n", 65),
    ] as [(String, String?, Int32)] {
      if let text { try program.write(text, to: name) }
      let outcome = try program.run("backtest", "s.yaml", "--cases", name)
      #expect(outcome.code == code, "\(name): \(outcome.error)")
      #expect(outcome.output == "")
    }
  }

  @Test("No table of cases crashes or hangs it")
  func fuzz() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    var state: UInt64 = 20_261
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let pieces = [
      "case", "group", "power", "power W/gpu", "shipments", "shipments[2024]", "observed.per_gpu",
      "observed.per_gpu kW/gpu",
      "observed.", "observed.electricity[2025]", "[", "]", ",", ",", ",", "\n", "\n", "\"", "600", "1e400", "-1", "0",
      "inf", "1 to 2", "beta(1, 2)", "load_factor", "3 W/gpu", "é", " ", "none", "normal(0,", "\u{0}", "2M", "%",
    ]
    for round in 0..<60 {
      let text = (0..<(4 + next(30))).map { _ in pieces[next(pieces.count)] }.joined()
      try program.write(text, to: "fuzz.csv")
      let outcome = try program.run("backtest", "s.yaml", "--cases", "fuzz.csv", "--draws", "100", "--out", "o")
      #expect([0, 65].contains(outcome.code), "round \(round): \(outcome.code) \(outcome.error)\n\(text)")
    }
  }
}
