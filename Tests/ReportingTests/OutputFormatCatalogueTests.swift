import Foundation
import Reporting
import Testing

@Suite("The catalogue of output formats lists what the folder holds")
struct OutputFormatCatalogueTests {
  @Test("every file of Run/Formats/ but the protocol and the catalogue is a line, and lines are in order")
  func folder() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appendingPathComponent("Sources/Reporting/Run/Formats")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") && !$0.hasPrefix("OutputFormat") }
    let types = OutputFormatCatalogue.all.map { "\($0).swift" }
    #expect(Set(types) == Set(files))
    let names = OutputFormatCatalogue.all.map { $0.name }
    #expect(names == names.sorted())
    #expect(Set(names).count == names.count)
    for format in OutputFormatCatalogue.all { #expect(OutputFormatCatalogue.format(named: format.name) == format) }
  }
}
