import Foundation
import Testing

@Suite("chart replaces only charts") struct ChartCommandTests {
  @Test("Data and metadata are not written over files that are not those of a chart")
  func siblings() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    #expect(try program.run("run", "s.yaml", "--draws", "1k", "--quiet", "--out", "r").code == 0)
    let table = try program.read("r/summary.csv")

    let refused = try program.run("chart", "r", "--svg", "r/summary.svg")
    #expect(refused.code == 64)
    #expect(refused.error.contains("r/summary.csv already exists and was not changed"), "\(refused.error)")
    #expect(try program.read("r/summary.csv") == table)
    #expect(try !program.names(in: "r").contains("summary.svg"))

    for _ in 1...2 {
      let drawn = try program.run("chart", "r", "--svg", "fan.svg", "--vega", "fan.vl.json")
      #expect(drawn.code == 0, "\(drawn.error)")
    }
    #expect(
      try program.names().filter { $0.hasPrefix("fan") }.sorted() == ["fan.csv", "fan.json", "fan.svg", "fan.vl.json"])
    // Otherwise the metadata would replace the specification.
    let ending = try program.run("chart", "r", "--vega", "fan.json")
    #expect(ending.code == 64 && ending.error.contains("fan.vl.json"), "\(ending.error)")
  }
}
