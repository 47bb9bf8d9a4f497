import Diagnostics
import ScenarioFiles

/// The reader of YAML documents.
struct YAMLTarget: FuzzTarget {
  static let name = "yaml"

  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] { corpus.scenarios.map { Array($0.utf8) } }

  init(folder: String, corpus: SeedCorpus) {}

  func execute(_ input: [UInt8]) throws -> Bool {
    let text = String(decoding: input, as: UTF8.self)
    do throws(Diagnostics) {
      _ = try NodeReader.result(of: text, in: SourceFile(path: "s.yaml", text: text))
      return true
    } catch {
      try FuzzFinding.check(error.all)
      return false
    }
  }
}
