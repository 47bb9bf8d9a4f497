import Diagnostics
import ScenarioFiles
import TextFormats

/// The reader of tables.
struct CSVTarget: FuzzTarget {
  static let name = "csv"

  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] { corpus.tables.map { Array($0.utf8) } }

  init(folder: String, corpus: SeedCorpus) {}

  func execute(_ input: [UInt8]) throws -> Bool {
    let text = String(decoding: input, as: UTF8.self)
    var isTable = true
    do throws(Diagnostics) {
      let table = try CSVTable(SourceFile(path: "t.csv", text: text))
      for row in 0..<table.rowCount { _ = table.place(ofRow: row) }
    } catch {
      isTable = false
      try FuzzFinding.check(error.all)
    }
    _ = try? CSVTokenizer.records(of: text)
    try checkSweep(text)
    return isTable
  }

  /// A table of variants.
  private func checkSweep(_ text: String) throws {
    do throws(Diagnostics) {
      _ = try SweepPlan(try CSVTable(SourceFile(path: "t.csv", text: text)))
    } catch {
      try FuzzFinding.check(error.all)
    }
  }
}
