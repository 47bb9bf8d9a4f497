import Diagnostics
import ScenarioFiles

/// The parser of formulas, distributions and values.
struct FormulaTarget: FuzzTarget {
  static let name = "formulas"

  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] { corpus.values.map { Array($0.utf8) } }

  init(folder: String, corpus: SeedCorpus) {}

  func execute(_ input: [UInt8]) throws -> Bool {
    let text = String(decoding: input, as: UTF8.self)
    do throws(Diagnostics) {
      _ = try FormulaParser.syntax(of: ScalarText(flag: "--output", text: text))
      return true
    } catch {
      try FuzzFinding.check(error.all)
      return false
    }
  }
}
