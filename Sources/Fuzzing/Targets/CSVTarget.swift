import Diagnostics
import ScenarioFiles
import TextFormats

/// The reader of tables.
struct CSVTarget: FuzzTarget {
  static let name = "csv"

  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] { corpus.tables.map { Array($0.utf8) } }

  init(folder: String) {}

  func execute(_ input: [UInt8]) throws {
    let text = String(decoding: input, as: UTF8.self)
    do throws(Diagnostics) {
      let table = try CSVTable(SourceFile(path: "t.csv", text: text))
      for row in 0..<table.rowCount { _ = table.place(ofRow: row) }
    } catch {
      try FuzzFinding.check(error.all)
    }
    _ = try? CSVTokenizer.records(of: text)
    try checkSweep(text)
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
