import Foundation
import Sampling
import Testing

@Suite("The catalogue of sampling designs")
struct SamplingDesignCatalogueTests {
  @Test("lists every file of Designs, in order")
  func complete() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/Sampling/Designs")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
    #expect(SamplingDesignCatalogue.all.map { "\($0).swift" } == files.sorted())
  }

  @Test("finds a design by its name, and only by its name")
  func names() {
    for design in SamplingDesignCatalogue.all {
      #expect(SamplingDesignCatalogue.design(named: design.name) == design)
      #expect(!design.summary.isEmpty)
    }
    #expect(Set(SamplingDesignCatalogue.all.map { $0.name }).count == SamplingDesignCatalogue.all.count)
    #expect(SamplingDesignCatalogue.design(named: "MC") == nil)
  }
}
