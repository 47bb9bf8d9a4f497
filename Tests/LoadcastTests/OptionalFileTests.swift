import Foundation
import Reporting
import Testing

/// Files that formats write for some results only: a run names those in its folder that an earlier run may have written,
/// if it is not known what that was, so each format lists them.
@Suite("Files of conditions and of evidence")
struct OptionalFileTests {
  private static let plain = """
    inputs:
      low: 2 TWh to 4 TWh
      high: 3 TWh to 6 TWh
      other: 2 TWh to 5 TWh
    equations:
      strong: low > 3 TWh
    outputs:
      low: {unit: TWh}

    """
  /// With an output that has outcomes and a verdict, an observation, an estimate by several routes, and a latent total.
  private static let whole =
    plain + """
        strong: {verdict: {claim: Demand is high., if: low > 3 TWh, then: high, else: low}}
      evidence:
        - {observe: low, measured: 3 TWh to 4 TWh}
        - {estimate: demand, routes: {a: low, b: high, c: other}, weights: {a: 20%, b: 30%, c: 50%}, pool: [linear], unit: TWh}
      indexes: {year: 2024..2025}
      latent:
        total: {over: year, unit: TWh, start: 1 to 9, growth: 0.8 to 2, routes: {a: low * (year - 2023)}}

      """

  private static let optional = OutputFormatCatalogue.all.flatMap { $0.optionalNames }

  /// The files of a run of `NAME.yaml` in all formats, in the folder of its name.
  private func files(of name: String, _ program: Program) throws -> Set<String> {
    let outcome = try program.run(
      "run", "\(name).yaml", "--draws", "4k", "--export-draws", "100", "--out", name, "--format",
      OutputFormatCatalogue.all.map { $0.name }.joined(separator: ","))
    #expect(outcome.code == 0, "\(outcome.error)")
    return Set(try program.names(in: name))
  }

  @Test("Optional names of formats are the files that a scenario without conditions and evidence lacks")
  func names() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.plain, to: "plain.yaml")
    try program.write(Self.whole, to: "whole.yaml")
    let (plain, whole) = (try files(of: "plain", program), try files(of: "whole", program))
    #expect(plain.subtracting(whole).sorted() == [])
    #expect(
      whole.subtracting(plain).sorted() == Set(Self.optional).sorted(),
      "`optionalNames` of a format in Run/Formats/ is not what the format writes")
  }

  @Test("A run names every file of an earlier run in its folder if the earlier record does not list them")
  func earlier() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.plain, to: "plain.yaml")
    try program.write(Self.whole, to: "whole.yaml")
    let whole = try files(of: "whole", program)
    let record = try program.read("whole/record.json")
    try program.write(
      record.replacing(/"files": \[[^\]]*\]/, with: #""files": [{"path": "results.json"}]"#),
      to: "whole/record.json")
    let outcome = try program.run("run", "plain.yaml", "--draws", "4k", "--out", "whole", "--format", "json")
    #expect(outcome.code == 0, "\(outcome.error)")
    let sentence = "Left from an earlier run: "
    let list = try #require(outcome.output.range(of: sentence)).upperBound
    // The files of a sub-folder are named one by one.
    let named = Set(
      outcome.output[list...].split { ", \n".contains($0) }.map { String($0.prefix { $0 != "/" }) })
    #expect(named.sorted() == whole.subtracting(["results.json", "record.json"]).sorted())
  }

  @Test("A run removes every file of the earlier run in its folder")
  func removed() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.plain, to: "plain.yaml")
    try program.write(Self.whole, to: "whole.yaml")
    _ = try files(of: "whole", program)
    let outcome = try program.run("run", "plain.yaml", "--draws", "4k", "--out", "whole", "--format", "json")
    #expect(outcome.code == 0, "\(outcome.error)")
    #expect(outcome.output.contains("Removed, of an earlier run: summary.csv, ") && outcome.output.contains("charts ("))
    #expect(try program.names(in: "whole") == ["record.json", "results.json"])
  }
}
