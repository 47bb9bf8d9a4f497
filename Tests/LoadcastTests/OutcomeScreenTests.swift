import Foundation
import Testing

@Suite("Results say what they are")
struct OutcomeScreenTests {
  private func run(_ scenario: String, _ arguments: String...) throws -> (screen: String, program: Program) {
    let program = try Program()
    try program.write(scenario, to: "s.yaml")
    let words = (["run", "s.yaml", "--draws", "256k", "--out", "o"] + arguments).map { "'\($0)'" }
    let outcome = try program.run(shell: "exec \"$0\" \(words.joined(separator: " "))")
    #expect(outcome.code == 0, "\(outcome.error)")
    return (outcome.output, program)
  }

  @Test("a condition is a probability, by cell where it is over an index; a constant has no interval")
  func conditions() throws {
    let (screen, program) = try run(
      """
      indexes: {year: 2024..2026}
      inputs: {x: "uniform(0, 3)"}
      equations:
        over_two: x > 2
        never: x > 4
        sure: 1 > 0
        ahead: x > 2027 - year
        five: 5
      outputs: {over_two: {unit: percent}, never: {}, sure: {}, ahead: {}, five: {}}
      """)
    defer { program.remove() }
    let tables = screen.components(separatedBy: "\n\n")
    #expect(
      tables[1] == """
        output     probability
        over_two        33.3 %
        never     below 0.01 %
        sure             100 %
        """)
    #expect(
      tables[2] == """
        ahead, probability
        year   probability
        2024  below 0.01 %
        2025        33.3 %
        2026        66.7 %
        """)
    #expect(
      tables[3] == """
        output  unit  value
        five          5
        """)
    let rows = try program.read("o/outcomes.csv").components(separatedBy: "\r\n")
    #expect(rows[0] == "output,unit,year,value,probability,standard_error")
    #expect(rows[1].hasPrefix("over_two,percent,,0,0.666") && rows[2].hasPrefix("over_two,percent,,100,0.333"))
    #expect(rows.contains { $0.hasPrefix("ahead,1,2026,1,0.666") })
    #expect(rows.contains("sure,1,,1,1,0") && !rows.contains { $0.hasPrefix("five") })
  }

  @Test("few outcomes have a table, of many the outermost together; over an index a column for each")
  func outcomes() throws {
    let (screen, program) = try run(
      """
      indexes: {year: 2024..2025}
      inputs: {k: poisson(3), d: "discrete(1=30%, 2=70%)"}
      equations: {years: year + d}
      outputs: {k: {}, years: {}}
      """)
    defer { program.remove() }
    let tables = screen.components(separatedBy: "\n\n")
    #expect(tables[1].hasPrefix("output  unit  median"))
    // P(0) = 4.98 %, P(3) = 22.4 %, P(11 or more) = 0.029 %.
    let lines = tables[2].components(separatedBy: "\n")
    #expect(lines[0] == "k: the probability of each value")
    #expect(lines.count == 2 + 12)
    #expect(lines[2].hasSuffix("0           4.98") && lines[5].hasSuffix("3          22.4"))
    #expect(lines.last?.contains("11 or more") == true)
    #expect(
      tables[4] == """
        years: the probability of each value, %
        year   2025  2026   2027
        2024  30.0   70.0  <0.01
        2025  <0.01  30.0  70.0
        """)
  }

  @Test("after an observation there are two probabilities")
  func posterior() throws {
    let (screen, program) = try run(
      """
      inputs: {x: "uniform(0, 1)"}
      equations: {high: x > 0.5}
      outputs: {high: {}}
      evidence:
        - observe: x
          measured: normal(0.5, 0.1)
      """)
    defer { program.remove() }
    #expect(screen.contains("output  probability  posterior probability\nhigh         50.0 %"), "\(screen)")
    let rows = try program.read("o/outcomes.csv").components(separatedBy: "\r\n")
    #expect(rows[0] == "output,unit,conditioning,value,probability,standard_error")
    #expect(rows.count == 1 + 2 * 2 + 1)
  }

  @Test("cells that fail for one reason have one line")
  func failures() throws {
    let (screen, program) = try run(
      """
      indexes: {year: 2001..2030}
      inputs: {b: {over: year, value: bernoulli(0.99), dependence: shared}}
      equations: {y: b / b}
      outputs: {y: {}}
      """)
    defer { program.remove() }
    let lines = screen.components(separatedBy: "\n").filter { $0.contains("not finite") }
    #expect(lines.count == 1 && lines[0].contains("y[20"), "\(screen)")
  }

  @Test("the register says what a percentage among plain numbers is")
  func percentages() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      """
      inputs: {a: "normal(10, 20%)", b: "normal(50%, 20%)", c: "truncate(normal(mean=10, sd=20%), 9, 11)", d: "10 to 20"}
      equations: {y: a + b + c + d}
      outputs: {y: {}}
      """, to: "s.yaml")
    let text = try program.run("describe", "s.yaml").output
    #expect(text.contains("normal(10, 20%), where sd is 0.2 "), "\(text)")
    #expect(text.contains("truncate(normal(mean=10, sd=20%), 9, 11), where sd is 0.2"), "\(text)")
    #expect(!text.contains("normal(50%, 20%), where"))
  }
}
