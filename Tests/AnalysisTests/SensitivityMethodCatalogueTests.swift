import Analysis
import Foundation
import Testing

@Suite("The catalogue of sensitivity methods")
struct SensitivityMethodCatalogueTests {
  @Test("lists every file of Methods, in order")
  func complete() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/Analysis/Methods")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
    #expect(SensitivityMethodCatalogue.all.map { "\($0).swift" } == files.sorted())
  }

  @Test("finds a method by its name, and only by its name")
  func names() {
    for method in SensitivityMethodCatalogue.all {
      #expect(SensitivityMethodCatalogue.method(named: method.name) == method)
      #expect(!method.summary.isEmpty && !method.indices.isEmpty)
    }
    #expect(Set(SensitivityMethodCatalogue.all.map { $0.name }).count == SensitivityMethodCatalogue.all.count)
    #expect(SensitivityMethodCatalogue.method(named: "SOBOL") == nil)
  }
}
