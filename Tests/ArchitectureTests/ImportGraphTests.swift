import Foundation
import Testing

/// The house plan as a test: which module may import which.
@Suite("Import graph")
struct ImportGraphTests {
  /// Layers from the ground up; a module imports only modules of lower layers.
  static let layers: [[String]] = [
    ["COpenBLAS", "CBlockKernels", "CSha256", "CSobolNumbers", "CStartup"],
    ["TextFormats"],
    ["Diagnostics", "LinearAlgebra", "VectorMath"],
    ["Sampling", "Distributions", "Units"],
    ["Modeling"],
    ["ScenarioFiles", "Simulation"],
    ["Analysis", "Evidence"],
    ["Reporting"],
    ["Benchmarks", "Fuzzing", "loadcast"],
  ]

  /// Modules that only one other may see.
  static let gatekeepers = [
    "COpenBLAS": "LinearAlgebra", "CBlockKernels": "VectorMath", "CSha256": "TextFormats", "CSobolNumbers": "Sampling",
    "CStartup": "loadcast", "Yams": "ScenarioFiles",
  ]

  static let sources = Repository.root.appending(path: "Sources")

  /// The modules that each target's Swift files import.
  static func imports() throws -> [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    for target in try FileManager.default.contentsOfDirectory(atPath: sources.path) {
      let files = FileManager.default.enumerator(atPath: sources.appending(path: target).path)
      while let file = files?.nextObject() as? String {
        guard file.hasSuffix(".swift") else { continue }
        let text = try String(contentsOf: sources.appending(path: target).appending(path: file), encoding: .utf8)
        for line in text.split(separator: "\n") {
          let words = line.split(separator: " ")
          guard let position = words.firstIndex(of: "import"), position <= 2, words.count > position + 1,
            !line.hasPrefix("//"), !line.hasPrefix(" ")
          else { continue }
          found[target, default: []].insert(String(words[words.count - 1].split(separator: ".")[0]))
        }
      }
    }
    return found
  }

  @Test("Every target has a layer, and imports lower layers only")
  func layersHold() throws {
    let layerOf = Dictionary(
      uniqueKeysWithValues: Self.layers.enumerated().flatMap { layer, names in names.map { ($0, layer) } })
    let imports = try Self.imports()
    #expect(imports.count > 5)
    for (target, modules) in imports {
      let layer = try #require(layerOf[target], "\(target) has no layer in this test")
      for module in modules {
        guard let other = layerOf[module] else { continue }
        #expect(other < layer, "\(target) imports \(module)")
      }
    }
  }

  @Test("C libraries and the YAML parser are seen by one module each")
  func gatekeepersHold() throws {
    for (target, modules) in try Self.imports() {
      for (guarded, keeper) in Self.gatekeepers where modules.contains(guarded) {
        #expect(target == keeper, "\(target) imports \(guarded)")
      }
    }
  }

  @Test("Only the engine is concurrent")
  func onlyTheEngineDispatches() throws {
    for (target, modules) in try Self.imports() where modules.contains("Dispatch") {
      #expect(target == "Simulation" || target == "loadcast", "\(target) imports Dispatch")
    }
  }
}
