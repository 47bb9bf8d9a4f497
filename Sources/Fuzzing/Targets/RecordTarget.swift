import Foundation
import Reporting

/// Records of results folders, as `loadcast verify` reads them: the input is the record of a folder with one file.
struct RecordTarget: FuzzTarget {
  static let name = "records"

  private let folder: String

  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] {
    let digest = String(repeating: "0", count: 64)
    let entry = #"{"path": "summary.csv", "bytes": 1, "sha256": "\#(digest)"}"#
    let source = #""scenario_folder": "a", "\#(ResultRecord.sourcesKey)": [{"path": "s.yaml", "sha256": "\#(digest)"}]"#
    return [
      #"{"engine": "loadcast 0.2.0", "files": [\#(entry)], "arguments": ["run", "s.yaml"], \#(source)}"#,
      #"{"engine": "loadcast 0.2.0", "files": [\#(entry), \#(entry)], "compared_with": {\#(source)}}"#,
      #"{"engine": "loadcast 0.2.0", "command": "backtest", "files": [], "cases": \#(entry)}"#, "{}",
    ].map { Array($0.utf8) }
  }

  init(folder: String, corpus: SeedCorpus) throws {
    self.folder = "\(folder)/fuzzed-results"
    try FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
    try Data("a".utf8).write(to: URL(fileURLWithPath: "\(self.folder)/summary.csv"))
  }

  func execute(_ input: [UInt8]) throws -> Bool {
    try Data(input).write(to: URL(fileURLWithPath: "\(folder)/record.json"))
    let verification = try FolderVerification(of: folder, scenarioFrom: folder, isCancelled: { false })
    // A file is either as some record states it, or named.
    let isRead = !verification.records.isEmpty
    guard isRead || verification.differences.contains(where: { $0.path == "record.json" }) else {
      throw FuzzFinding(description: "a record that is neither read nor refused")
    }
    let screen = VerificationScreen(of: verification, repetition: .notWanted, isStrict: true)
    _ = (screen.text, screen.isIntact)
    guard (try? JSONSerialization.jsonObject(with: Data(screen.json.utf8))) != nil else {
      throw FuzzFinding(description: "the result is not JSON")
    }
    return isRead
  }
}
