import Foundation
import Testing

@Suite("Verdicts in the files and on the screen of a run")
struct VerdictCommandTests {
  private static let scenario = """
    title: Claims
    inputs:
      x: uniform(0, 1)
    outputs:
      x:
        verdict:
          - {claim: "It is below 0.95.", if: x < 0.95, then: reproduced, else: "off, by far", source: "A, B", url: "https://example.org/a?b=1&c=2"}
          - {claim: It is below 0.05, quote: 'not "much"', if: x < 0.05, then: reproduced, else: off}
          - {claim: It is below a half, if: x < 0.5, then: reproduced, else: off}
          - {claim: It is below 0.95 for certain, if: x < 0.95, then: reproduced, else: off, undecided: not checkable, certainty: 99%}
          - {claim: One is less than two, if: 1 < 2, then: reproduced, else: off, certainty: 100%}
          - {claim: It is above 0.51 where it is above a half, if: log(x - 0.5) > log(0.01), then: reproduced, else: off}

    """

  private func run(_ text: String, _ arguments: String...) throws -> (screen: String, program: Program) {
    let program = try Program()
    try program.write(text, to: "s.yaml")
    let words = (["run", "s.yaml", "--draws", "64k", "--out", "o"] + arguments).map { "'\($0)'" }
    let outcome = try program.run(shell: "exec \"$0\" \(words.joined(separator: " "))")
    #expect(outcome.code == 0, "\(outcome.error)")
    return (outcome.output, program)
  }

  @Test("verdicts.csv has a row for each claim, with the words of the case that the probability gives")
  func table() throws {
    let (screen, program) = try run(Self.scenario)
    defer { program.remove() }
    let rows = try program.read("o/verdicts.csv").components(separatedBy: "\r\n")
    #expect(rows[0] == "output,claim,quote,verdict,holds,probability,source,url")
    let expected: [(start: String, probability: Double, end: String)] = [
      (#"x,It is below 0.95.,,reproduced,yes,"#, 0.95, #","A, B",https://example.org/a?b=1&c=2"#),
      (#"x,It is below 0.05,"not ""much""",off,no,"#, 0.05, ",,"),
      ("x,It is below a half,,cannot be decided,undecided,", 0.5, ",,"),
      ("x,It is below 0.95 for certain,,not checkable,undecided,", 0.95, ",,"),
      ("x,One is less than two,,reproduced,yes,", 1, ",,"),
      // Of the draws in which the logarithm exists.
      ("x,It is above 0.51 where it is above a half,,reproduced,yes,", 0.98, ",,"),
    ]
    #expect(rows.count == expected.count + 2)
    for (row, wanted) in zip(rows.dropFirst(), expected) {
      #expect(row.hasPrefix(wanted.start) && row.hasSuffix(wanted.end), "\(row)")
      let middle = Double(row.dropFirst(wanted.start.count).dropLast(wanted.end.count)) ?? .nan
      // Sobol' points; even independent draws would be within 0.012 but for 1 in 10 million runs.
      #expect(abs(middle - wanted.probability) < 0.012, "\(row)")
    }
    #expect(screen.contains("verdicts on claims\n"))
    #expect(screen.contains("  yes        It is below 0.95.\n               reproduced (95"))
    #expect(screen.contains("  yes        One is less than two\n               reproduced (100 %)"))
    #expect(screen.contains("  undecided  It is below 0.95 for certain\n               not checkable (95"))
    #expect(try program.read("o/record.json").contains("\"verdicts.csv\""))
  }

  @Test("With observations, verdicts are given them; without verdicts there is no table, and an old one is removed")
  func posterior() throws {
    let observed = """
      inputs:
        x: normal(0, 1)
      outputs:
        x: {verdict: {claim: It is positive., if: x > 0, then: positive, else: negative}}
      evidence:
        - {observe: x, measured: "normal(3, 0.5)"}

      """
    let (screen, program) = try run(observed)
    defer { program.remove() }
    #expect(screen.contains("verdicts on claims, given the observations\n"))
    #expect(try program.read("o/verdicts.csv").contains("x,It is positive.,,positive,yes,"))
    let prior = try program.run("run", "s.yaml", "--draws", "64k", "--out", "p", "--conditioning", "prior")
    #expect(prior.code == 0)
    #expect(try program.read("p/verdicts.csv").contains("x,It is positive.,,cannot be decided,undecided,0.5"))
    try program.write("inputs: {x: 1 to 2}\noutputs: {x: {}}\n", to: "t.yaml")
    let later = try program.run("run", "t.yaml", "--draws", "2k", "--out", "p")
    #expect(later.output.contains("Removed, of an earlier run: "), "\(later.output)")
    #expect(try !program.names(in: "p").contains("verdicts.csv"))
    #expect(try !program.read("p/record.json").contains("verdicts"))
  }

  @Test("The page, the JSON, the descriptions and the notebooks have every claim")
  func formats() throws {
    let (_, program) = try run(Self.scenario, "--format", "csv,html,json")
    defer { program.remove() }
    let page = try program.read("o/report.html")
    #expect(page.contains("<section id=\"verdicts\"") && page.contains("<q>not &quot;much&quot;</q>"))
    #expect(page.contains("<a href=\"https://example.org/a?b=1&amp;c=2\" rel=\"noreferrer\">A, B</a>"))
    let results = try JSONSerialization.jsonObject(with: Data(program.read("o/results.json").utf8)) as? [String: Any]
    let verdicts = try #require(results?["verdicts"] as? [[String: Any]])
    #expect(verdicts.map { $0["holds"] as? String } == ["yes", "no", "undecided", "undecided", "yes", "yes"])
    #expect((verdicts[0]["probability"] as? [String: Any])?["standard_error"] is Double)
    for form in ["text", "markdown", "json"] {
      let described = try program.run("describe", "s.yaml", "--format", form)
      #expect(described.output.contains("It is below 0.95 for certain"), "\(form)")
    }
    let exported = try program.run("export", "notebook", "s.yaml", "--draws", "20k", "--out", "n")
    #expect(exported.code == 0, "\(exported.error)")
    #expect(try program.read("n/s.ipynb").contains("## Verdicts"))
    #expect(try program.read("n/s.qmd").contains("tables$verdicts"))
    let package = try program.read("n/s/datapackage.json")
    #expect(package.contains("\"path\": \"verdicts.csv\"") && package.contains("\"name\": \"holds\""))
  }
}
