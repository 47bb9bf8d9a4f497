import Foundation
import ScenarioFiles
import Simulation
import Testing

@Suite("Equal quantities are equal in a run, and constants are reported as written")
struct UnitEqualityTests {
  private func result(_ text: String, options: Scenario.Options = .init(draws: 64)) throws -> RunResult {
    let file = FileManager.default.temporaryDirectory.appending(path: "equality-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    try text.write(to: file, atomically: true, encoding: .utf8)
    return try Engine(model: try Scenario.model(ofFileAt: file.path, options: options)).run()
  }

  /// n thousandths as they are written: 0.045 or 0.7.
  private func thousandths(_ n: Int) -> String {
    let digits = String(String(n + 1000).dropFirst())
    return "0." + digits.prefix(digits.hasSuffix("00") ? 1 : digits.hasSuffix("0") ? 2 : 3)
  }

  @Test(
    "0.001 to 0.999 with a unit each, with one unit for all, and a thousand times as many of the next smaller unit",
    arguments: [
      ("TWh", "GWh"), ("kWh", "Wh"), ("MWh", "kWh"), ("kg", "g"), ("GWh/year", "MWh/year"), ("kW", "W"),
      ("TWh/year", "GWh/year"),
    ])
  func thousandths(large: String, small: String) throws {
    let numbers = 1...999
    let text = """
      indexes: {i: 1..999}
      inputs:
        a: {over: i, value: {\(numbers.map { "\($0): \(thousandths($0)) \(large)" }.joined(separator: ", "))}}
        b: {over: i, value: {\(numbers.map { "\($0): \($0)" }.joined(separator: ", "))}, unit: \(small)}
      equations:
        same: sum(if a == b then 1 else 0, over=i)
        written: if a[i=7] == 7 \(small) and b[i=110] == 0.11 \(large) and not (b[i=3] < 0.003 \(large)) then 1 else 0
      outputs:
        same: {unit: "1"}
        written: {unit: "1"}
        a: {unit: \(large)}
        b: {unit: \(large)}

      """
    let outputs = try result(text).outputs
    #expect(outputs[0].cells[0].mean.value == 999)
    #expect(outputs[1].cells[0].mean.value == 1)
    for output in outputs[2...] {
      for (n, cell) in zip(numbers, output.cells) {
        let written = try #require(Double(thousandths(n)))
        #expect(cell.mean.value == written && cell.min == written && cell.quantiles.allSatisfy { $0.value == written })
      }
    }
  }

  @Test("Outcomes and data, values set by a flag, defaults and ends are converted exactly too")
  func otherPlaces() throws {
    let text = """
      inputs:
        outcome: {value: "discrete(1.1=50%, 2.2=50%)", unit: TWh/year}
        cut: {value: "truncate(uniform(1, 3), low=1.1, high=2.2)", unit: kWh}
        set: 5 kWh
        tenth: {value: 33.3, unit: percent}
        rate: {value: 0.365, unit: TWh/year}
      equations:
        all: if (outcome == 1100 GWh/year or outcome == 2.2 TWh/year) and cut >= 1100 Wh and cut <= 2200 Wh then 1 else 0
        others: if set == 1100 Wh and tenth == 0.333 and rate == 1 GWh/day then 1 else 0
      outputs:
        all: {unit: "1"}
        others: {unit: "1"}
        outcome: {unit: TWh/year}
        set: {unit: kWh}

      """
    let options = Scenario.Options(assignments: ["set=1.1 kWh"], draws: 512)
    let outputs = try result(text, options: options).outputs
    #expect(outputs[0].cells[0].mean.value == 1)
    #expect(outputs[1].cells[0].mean.value == 1)
    #expect(outputs[2].cells[0].min == 1.1 && outputs[2].cells[0].max == 2.2)
    #expect(outputs[3].cells[0].mean.value == 1.1)
  }

  @Test("Ten terawatt hours a year are ten, in the results and in the exported draws")
  func exported() throws {
    let text = "inputs: {x: 10 TWh/year}\nequations: {y: x * 1}\noutputs: {x: {unit: TWh/year}, y: {unit: TWh/year}}\n"
    let file = FileManager.default.temporaryDirectory.appending(path: "equality-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    try text.write(to: file, atomically: true, encoding: .utf8)
    let engine = try Engine(model: try Scenario.model(ofFileAt: file.path, options: .init(draws: 64)))
    for output in try engine.run().outputs { #expect(output.cells[0].mean.value == 10) }
    try engine.drawTables(rows: 3) { table in #expect(table.values.allSatisfy { $0 == [10, 10, 10] }) }
    #expect(try engine.draw(number: 1).values.allSatisfy { $0.cells == [10] })
  }
}
