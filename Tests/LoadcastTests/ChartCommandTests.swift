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
    for (width, low) in [("60%", 0.2), ("70%", 0.15), ("95%", 0.025), ("80%", 0.1)] {
      let drawn = try program.run("chart", "r", "--svg", "fan.svg", "--interval", width)
      #expect(drawn.code == 0, "\(width): \(drawn.error)")
      // The lower end of the first year is the quantile of the table.
      let ends = try program.read("r/quantiles.csv").split(separator: "\r\n").map { $0.split(separator: ",") }
      let wanted = try #require(ends.first { $0[0] == "electricity" && $0[2] == "2024" && Double($0[3]) == low }?[4])
      let data = try program.read("fan.csv")
      #expect(data.contains(",\(wanted),"), "\(width): \(data)")
    }
    try FileManager.default.removeItem(at: program.folder.appendingPathComponent("r/quantiles.csv"))
    let absent = try program.run("chart", "r", "--svg", "fan.svg", "--interval", "60%")
    #expect(absent.code == 64 && absent.error.contains("quantiles.csv for an interval of 60%"), "\(absent.error)")
    // Otherwise the metadata would replace the specification.
    let ending = try program.run("chart", "r", "--vega", "fan.json")
    #expect(ending.code == 64 && ending.error.contains("fan.vl.json"), "\(ending.error)")
  }

  @Test("run --format vega takes a style, as chart does")
  func style() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    try program.write("{\"font\": \"Newsroom Sans\"}", to: "style.json")
    let styled = try program.run(
      "run", "s.yaml", "--draws", "1k", "--quiet", "--format", "vega", "--style", "style.json")
    #expect(styled.code == 0, "\(styled.error)")
    #expect(
      try program.read("results/s/charts/electricity-fan.vl.json").contains("\"config\": {\"font\": \"Newsroom Sans\"}")
    )
    let unused = try program.run("run", "s.yaml", "--style", "style.json")
    #expect(unused.code == 64 && unused.error.contains("--style needs --format vega"), "\(unused.error)")
    try program.write("[]", to: "style.json")
    #expect(try program.run("run", "s.yaml", "--format", "vega", "--style", "style.json").code == 66)
  }

  @Test("A table beyond the limit is refused with its name")
  func limit() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    #expect(try program.run("run", "s.yaml", "--draws", "1k", "--quiet", "--out", "r").code == 0)
    let drawn = try program.run(shell: "truncate -s 65M r/summary.csv && exec \"$0\" chart r --svg x.svg")
    #expect(drawn.code == 66 && drawn.error.contains("summary.csv has more than 64 MiB"), "\(drawn.error)")
  }
}
