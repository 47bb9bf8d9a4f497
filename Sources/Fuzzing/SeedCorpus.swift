import Foundation

/// First inputs: the scenarios, and the mistakes of the tests.
struct SeedCorpus {
  /// Whole scenario files.
  let scenarios: [String]
  /// Tables.
  let tables: [String]
  /// The same tables by file names, which the scenarios read.
  private let files: [String: String]
  /// What stands after a key: values, formulas, units.
  let values: [String]
  /// Words of the values, among them units.
  let words: [String]

  /// The larger files of a repository make executions slow without making them different.
  private static let mostBytes = 20_000

  /// Reads the files of a repository, in alphabetical order.
  init(ofRepositoryAt root: String) throws {
    var texts: [String: [String]] = [:]
    var files: [String: String] = [:]
    for folder in ["scenarios", "Tests/ScenarioFilesTests/Mistakes"] {
      let names = FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.compactMap { $0 as? String } ?? []
      for name in names.sorted() {
        let ending = (name as NSString).pathExtension
        guard ending == "yaml" || ending == "csv",
          let data = FileManager.default.contents(atPath: "\(root)/\(folder)/\(name)"),
          data.count <= Self.mostBytes
        else { continue }
        let text = String(decoding: data, as: UTF8.self)
        texts[ending, default: []].append(text)
        if ending == "csv" { files[(name as NSString).lastPathComponent] = text }
      }
    }
    scenarios = texts["yaml"] ?? []
    tables = texts["csv"] ?? []
    self.files = files
    guard scenarios.count > 100, tables.count > 10 else {
      throw FuzzFinding(description: "\(root) is not the repository: it has no scenarios with mistakes")
    }
    var seen: Set<String> = []
    values = scenarios.flatMap { $0.split(whereSeparator: \.isNewline) }
      .compactMap { line in line.firstRange(of: ": ").map { String(line[$0.upperBound...]) } }
      .filter { seen.insert($0).inserted }
    words = values.flatMap { $0.split { " ,{}[]\"".contains($0) }.map(String.init) }.filter { seen.insert($0).inserted }
  }

  /// Writes the tables into a folder, so that the scenarios there can read them.
  func writeTables(into folder: String) throws {
    for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
  }
}
