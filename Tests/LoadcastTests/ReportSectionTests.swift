import Foundation
import Testing

/// Sections of the report that look at the run once more.
@Suite("The report's drivers and routes")
struct ReportSectionTests {
  private func page(_ scenario: String) throws -> String {
    let program = try Program()
    defer { program.remove() }
    try program.write(scenario, to: "s.yaml")
    let outcome = try program.run("run", "s.yaml", "--draws", "64k", "--format", "html", "--out", "o")
    #expect(outcome.code == 0, "\(outcome.error)")
    return try program.read("o/report.html")
  }

  /// The text of a section, its marks left out.
  private func section(_ id: String, of page: String) -> String? {
    guard let start = page.range(of: "<section id=\"\(id)\"") else { return nil }
    let rest = page[start.lowerBound...]
    let end = rest.range(of: "\n<section id=", range: rest.index(after: rest.startIndex)..<rest.endIndex)?.lowerBound
    return String(rest[..<(end ?? rest.endIndex)]).replacing(/<[^>]*>/, with: " ").replacing(/\s+/, with: " ")
  }

  @Test("Drivers are ranked by their share, and what does nothing is not among them")
  func drivers() throws {
    let text = """
      inputs: {a: "normal(10, 1)", b: "normal(10, 3)", c: "normal(0, 0.001)", d: "normal(0, 1)"}
      equations: {fixed: 2, y: a + b + c, z: d * 2}
      outputs: {fixed: {}, y: {}, z: {}}
      """
    let drivers = try #require(section("drivers", of: try page(text)))
    // Shares 0.9 and 0.1 of a linear model.
    let ranked = try #require(
      drivers.firstMatch(of: /input first-order share, % 95 % interval rank correlation (\w) (\d+) .*? (\w) (\d+)/))
    #expect(ranked.1 == "b" && ranked.3 == "a")
    #expect(abs((Double(ranked.2) ?? 0) - 90) <= 2 && abs((Double(ranked.4) ?? 0) - 10) <= 2)
    #expect(drivers.contains("1 further input"))
    #expect(try section("routes", of: page(text)) == nil)
  }

  @Test("Without a variance inputs are ranked by rank correlation; without uncertainty there is nothing to tell")
  func withoutVariance() throws {
    let heavy = try #require(
      section(
        "drivers",
        of: try page(
          """
          inputs: {a: "pareto(0.9, 1)", b: "normal(10, 0.1)"}
          equations: {y: a + b}
          outputs: {y: {}}
          """)))
    #expect(heavy.contains("a not stable 0.99"))
    let fixed = try page("inputs: {a: 2}\nequations: {y: a * 2}\noutputs: {y: {}}")
    #expect(section("drivers", of: fixed) == nil)
  }

  @Test("Routes stand with their pools, and what is between them")
  func routes() throws {
    let text = """
      indexes: {year: 2024..2026}
      inputs: {a: "lognormal(median=10, gsd=1.2)", b: "lognormal(median=14, gsd=1.3)"}
      equations: {fleet: a * (year - 2023), models: b * (year - 2023)}
      outputs: {fleet: {}}
      evidence:
        - estimate: total
          routes: {fleet: fleet, models: models}
      """
    let routes = try #require(section("routes", of: try page(text)))
    for words in ["pool: linear", "pool: hierarchical", "2024: fleet is 0.71 times models", "2026: fleet is"] {
      #expect(routes.contains(words), "\(words)")
    }
  }
}
