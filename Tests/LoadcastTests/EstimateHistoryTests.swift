import Foundation
import Testing
import TextFormats

/// The estimate of the world's AI as `scenarios/ai-sector/history.csv` records it by version.
@Suite("The history of the sector's estimate")
struct EstimateHistoryTests {
  @Test("The last version in history.csv is what the scenario gives, to three digits")
  func last() throws {
    let root = DocumentBlocks.root.path
    let folder = try FrontPageTests.Runs.all.get().program.folder
    let out = folder.appending(path: "results/ai-sector").path
    let summary = try table(out + "/summary.csv").filter { $0["output"] == "electricity" }
    let history = try table(root + "/scenarios/ai-sector/history.csv")
    let version = try #require(history.last?["version"])
    let recorded = history.filter { $0["version"] == version }
    #expect(recorded.count == 12 && summary.count == 12)
    for row in recorded {
      let found = try #require(summary.first { $0["year"] == row["year"] })
      for column in ["p05", "p50", "p95"] {
        let (old, new) = (try number(row[column]), try number(found[column]))
        #expect(abs(new / old - 1) < 0.0051, "\(row["year"] ?? "") \(column): \(new), recorded \(old)")
      }
    }
  }

  private func number(_ text: String?) throws -> Double { try #require(text.flatMap(Double.init)) }

  private func table(_ path: String) throws -> [[String: String]] {
    let records = try CSVTokenizer.records(of: String(contentsOfFile: path, encoding: .utf8))
    return records.dropFirst().map { row in
      Dictionary(zip(records[0], row)) { first, _ in first }
    }
  }
}
