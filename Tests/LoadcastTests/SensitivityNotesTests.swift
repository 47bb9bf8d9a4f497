import Analysis
import Foundation
import Testing

@Suite("Notes on sensitivity methods")
struct SensitivityNotesTests {
  @Test("A note names its method once, also where an index has the method's name")
  func names() throws {
    let program = try Program()
    defer { program.remove() }
    let scenario = """
      inputs: {load: 40% to 60%, pue: 1.1 to 1.5}
      equations: {facility: load * pue}
      outputs: {facility: {}}

      """
    try program.write(scenario, to: "s.yaml")
    let outcome = try program.run("sensitivity", "s.yaml", "--all", "--draws", "4k", "--out", "out")
    #expect(outcome.code == 0, "\(outcome.error)")
    #expect(outcome.output.contains("\nPAWN: no interval, because"))
    let lines = outcome.output.lowercased()
    for method in SensitivityMethodCatalogue.all.map({ $0.name }) {
      #expect(!lines.contains("\n\(method): \(method)"), "\(outcome.output)")
    }
  }
}
