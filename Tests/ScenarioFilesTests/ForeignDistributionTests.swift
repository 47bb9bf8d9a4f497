import Foundation
import Testing

@testable import ScenarioFiles

@Suite("Distributions of other programs") struct ForeignDistributionTests {
  /// The rows of a table of the cookbook whose first column calls a distribution: what is there, and what is here.
  private static func rows(of page: String) throws -> [(there: String, here: String)] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let text = try String(contentsOf: root.appending(path: "scenarios/cookbook/\(page).md"), encoding: .utf8)
    return text.matches(of: /(?m)^\| `(\w+\([^|]*)` \| `([^|]*)` \|/).map { (String($0.1), String($0.2)) }
  }

  @Test("Every example is a row of the cookbook, whose code compares both sides with SciPy")
  func examples() throws {
    let rows = try Self.rows(of: "at-risk-distributions") + Self.rows(of: "squiggle-guesstimate")
    for example in ForeignDistributions.examples {
      #expect(rows.contains { $0 == example }, "\(example)")
    }
  }

  @Test("Every distribution of @RISK in the cookbook has an example")
  func names() throws {
    let rows = try Self.rows(of: "at-risk-distributions")
    #expect(rows.count > 20)
    for row in rows {
      let name = String(row.there.prefix { $0 != "(" })
      #expect(ForeignDistributions.advice(for: name.uppercased()) != nil, "\(name)")
    }
    #expect(ForeignDistributions.advice(for: "Risk") == nil)
  }
}
