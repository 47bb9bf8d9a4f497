import Distributions
import Foundation
import Testing

@Suite("The page on scenarios and the catalogue of distributions")
struct ScenarioPageTests {
  /// A distribution's row as its declared arguments make it.
  static func row(of family: any DistributionFamily.Type) -> String {
    let ways = family.parameterisations.enumerated().map { number, way in
      let parameters = way.parameters.map { parameter in
        let value = parameter.defaultValue.map { String(format: "%g", $0) }
        return parameter.name + (value.map { "=\($0)" } ?? (number == 0 ? "" : "="))
      }
      return "`\(parameters.joined(separator: ", "))`"
    }
    return "| `\(family.name)` | \(ways.joined(separator: " · ")) |"
  }

  @Test("Every distribution stands on the page, with its arguments")
  func table() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "scenarios/README.md"), encoding: .utf8)
    for family in DistributionCatalogue.families {
      #expect(page.contains("\n\(Self.row(of: family))\n"), "\(Self.row(of: family))")
    }
    for distribution in DistributionCatalogue.structural {
      #expect(page.contains("`\(distribution.name)`"), "\(distribution.name)")
    }
  }
}
