import Foundation
import Modeling
import ScenarioFiles
import Testing

/// Cells of cases and of sweep files: what is no value is named at its own line and column.
@Suite("Texts that are no values, in cases and sweeps")
struct CasesAndSweepsTests {
  private static let scenario = """
    title: t
    inputs: {a: 1 to 2, b: 3}
    equations: {c: a * b}
    outputs: {c: {unit: "1"}}

    """

  private func problems(_ body: () throws -> Void) -> [Diagnostic] {
    do {
      try body()
      return []
    } catch let error as Diagnostics {
      return error.all.filter { $0.severity == .error }
    } catch {
      Issue.record(error)
      return []
    }
  }

  private func places(_ problems: [Diagnostic]) -> [String] {
    problems.map { problem in "\(problem.place?.line ?? 0):\(problem.place?.column ?? 0) \(problem.message)" }
  }

  @Test("A table of cases")
  func cases() throws {
    let folder = try TemporaryFolder([
      "main.yaml": Self.scenario,
      "cases.csv": """
      a,b,observed.c
      2023-04-01,(4.1),5
      10–20,N/A,2023/04/01
      1.5,N/A,NA
      1.5,"1,234",12:30
      ,,5

      """,
    ])
    let found = problems {
      _ = try Scenario.model(
        ofFileAt: folder.path + "/main.yaml", casesAt: folder.path + "/cases.csv")
    }
    #expect(
      Set(places(found)) == [
        "2:1 this is a date, not a value", "2:12 this is an accounting negative: a negative number has a minus sign",
        "3:1 this is a range, which is written `low to high`", "3:7 no value here: `N/A`", "4:9 no value here: `NA`",
        "5:6 a comma separates arguments, not thousands or decimals",
        "5:13 this is a time of day or a ratio, not a value",
      ])
    #expect(
      found.first { $0.message.contains("N/A") }?.notes.map(\.message)
        == ["a blank cell leaves what the scenario says", "the same on line 4"])
  }

  @Test("A table of variants, named in the scenario or on the command line")
  func sweepTables() throws {
    let table = "variant,a,b\none,2023-04-01,(4.1)\ntwo,10-20,..\nthree,10-30,5\n"
    let expected = [
      "2:5 this is a date, not a value", "2:16 this is an accounting negative: a negative number has a minus sign",
      "3:5 this is a range, which is written `low to high`", "3:11 no value here: `..`",
    ]
    let folder = try TemporaryFolder([
      "main.yaml": Self.scenario + "sweeps:\n  s: {table: list.csv}\n", "list.csv": table,
    ])
    #expect(
      places(problems { _ = try VariantFactory(fileAt: folder.path + "/main.yaml") }).sorted() == expected.sorted())
    #expect(places(problems { _ = try SweepPlan(tableAt: folder.path + "/list.csv") }) == expected)
  }

  @Test("Values of --vary and of a sweep in the scenario")
  func variations() throws {
    for (text, message) in [
      ("a=2023-04-01", "this is a date, not a value"), ("a=1,10-20", "this is a range, which is written `low to high`"),
      ("a=(4.1)", "this is an accounting negative: a negative number has a minus sign"),
      ("a=1,..", "no value here: `..`"),
    ] {
      #expect(problems { _ = try Variation(parsing: text) }.map(\.message) == [message], "\(text)")
    }
    #expect(try Variation(parsing: "a=1,10 to 20,0.3 / 2,uniform(1, 2)").values.count == 4)
    let folder = try TemporaryFolder([
      "main.yaml": Self.scenario + "sweeps:\n  s: {vary: {a: [1, 2023-04-01]}}\n"
    ])
    #expect(
      places(problems { _ = try VariantFactory(fileAt: folder.path + "/main.yaml") }) == [
        "6:21 this is a date, not a value"
      ])
    // What only the scenario can tell is told of the variant.
    let plain = try TemporaryFolder(["main.yaml": Self.scenario])
    let family = try VariantFactory(fileAt: plain.path + "/main.yaml")
    #expect(problems { _ = try family.variant(["a"], ["NA"]) }.map(\.message) == ["no value here: `NA`"])
  }

  @Test("An input's values by --set")
  func assignments() throws {
    for (text, message) in [
      ("a=NA", "no value here: `NA`"), ("a=true", "`true` is not a number"),
      ("a.low=2023-01-01", "this is a date, not a value"),
      ("a\u{A0}=1", "`a<U+00A0>` holds an invisible character: no-break space (U+00A0)"),
    ] {
      let screen = try Checking.screen(Self.scenario, options: .init(assignments: [text]))
      #expect(screen.contains("error: \(message)") && screen.hasSuffix("\n1 error\n"), "\(screen)")
    }
  }

  @Test("Columns of observed values")
  func empirical() throws {
    let screen = try Checking.screen(
      "inputs: {a: {value: \"empirical('e.csv', column='x')\"}}\noutputs: {a: {}}\n",
      files: ["e.csv": "x\n1\nN/A\n3\n"])
    #expect(screen.contains("e.csv:3:1: error: no value here: `N/A`") && screen.hasSuffix("\n1 error\n"), "\(screen)")
  }
}
