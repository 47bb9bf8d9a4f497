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
  ]

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
