import Foundation
import Reporting
import ScenarioFiles
import Testing
import TextFormats

/// Digests of the result files of some scenarios, with the version of the program that writes them.
struct GoldenDigests: Equatable {
  /// The program's version.
  var version: String
  /// The first 32 hexadecimal digits of the SHA-256 of each result file by `SCENARIO FILE`, and the digest of each
  /// scenario's own text by `SCENARIO scenario`.
  var digests: [String: String]

  /// The file that holds them.
  static let file = DocumentBlocks.root.appending(path: "Tests/Reference/digests.txt")

  /// Three scenarios of different size, and one with every distribution, copula and elementary function.
  static let scenarios = [
    "scenarios/first-steps.yaml", "scenarios/ai-sector.yaml", "scenarios/benchmarks/flat-sector.yaml",
    ".ci/same_bytes.yaml",
  ]

  /// Every format except `html` and `vega`, whose texts and charts may change under one version, `sqlite`, whose header has the
  /// version of the system's library, and `ro-crate`, which has the time.
  static let arguments: String = {
    let formats = OutputFormatCatalogue.all.map { $0.name }.filter {
      !["html", "ro-crate", "sqlite", "vega"].contains($0)
    }
    return "--draws 16k --export-draws 1k --format \(formats.joined(separator: ",")) --quiet"
  }()

  /// The digests of the built program.
  init(of program: Program) throws {
    version = try program.run("--version").output.trimmingCharacters(in: .whitespacesAndNewlines)
    digests = [:]
    for scenario in Self.scenarios {
      let out = program.folder.appending(path: "results")
      let shell =
        "cd '\(DocumentBlocks.root.path)' && exec \"$0\" run \(scenario) \(Self.arguments) --out '\(out.path)'"
      let outcome = try program.run(shell: shell, timeout: 300)
      try #require(outcome.code == 0, "\(scenario): \(outcome.error)")
      for name in try program.names(in: "results") {
        var data = try Data(contentsOf: out.appending(path: name))
        if name == "record.json" {
          let record = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
          digests["\(scenario) scenario"] = (record["digest"] as? String).map { String($0.prefix(32)) }
          let text = Program.withoutWork(
            String(decoding: data, as: UTF8.self), ["arguments", "engine", "system", "time", "workers"])
          data = Data(text.utf8)
        }
        digests["\(scenario) \(name)"] = String(Sha256.hexadecimal(of: Array(data)).prefix(32))
      }
      try FileManager.default.removeItem(at: out)
    }
  }

  /// The stored digests; nil if there is no file.
  init?(storedIn file: URL) throws {
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
    version = lines.first.map { String($0.dropFirst("version ".count)) } ?? ""
    digests = Dictionary(
      uniqueKeysWithValues: lines.dropFirst().map { line in
        let words = line.split(separator: " ").map(String.init)
        return (words.dropLast().joined(separator: " "), words[words.count - 1])
      })
  }

  /// The text of the file.
  var text: String {
    """
    # The first half of the SHA-256 of every file of
    #   loadcast run SCENARIO \(Self.arguments)
    # the same on every processor. UPDATE_EXPECTED=1 swift test --filter GoldenDigestTests writes them after the
    # version has been raised.
    version \(version)

    """ + digests.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined()
  }

}
