import Foundation
import TextFormats

/// A record as it is read back from a results folder, which may come from anybody.
package struct ResultRecord: Sendable {
  /// A file that the results were computed from.
  struct Source: Sendable, Equatable {
    /// The path relative to the folder from which the recorded paths lead.
    var path: String
    var sha256: String
  }

  /// The maximum size of a record that is read.
  static let mostBytes = 64 << 20

  /// The names of the records of all commands.
  static let names = RecordContent.Command.allCases.map(\.fileName)

  /// The member with the files of the scenario.
  package static let sourcesKey = RecordContent.scenarioFilesKey

  /// The file name: `record.json`.
  package var name: String
  /// SHA-256 of the record's own bytes.
  var sha256: String
  /// `run`, `sweep`
  var command: String
  /// `loadcast 0.2.0`
  package var engine: String
  var files: [WrittenFile]
  /// The command and its arguments; nil if the record states none.
  package var arguments: [String]?
  var sources: [Source]

  /// The reason why a file is not a record.
  struct Unusable: Error {
    var reason: String
  }

  /// The record in a file's bytes.
  init(name: String, bytes: [UInt8]) throws(Unusable) {
    guard let json = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else {
      throw Unusable(reason: "it is not a JSON object")
    }
    guard let engine = json["engine"] as? String, engine.hasPrefix("loadcast "), let files = json["files"] as? [Any]
    else {
      throw Unusable(reason: "it is not a record of this program")
    }
    self.name = name
    self.engine = engine
    sha256 = Sha256.hexadecimal(of: bytes)
    command = json["command"] as? String ?? RecordContent.Command.run.rawValue
    self.files = []
    for entry in files {
      guard let entry = entry as? [String: Any], let path = entry["path"] as? String,
        let size = (entry["bytes"] as? NSNumber).flatMap({ Int(exactly: $0) }), size >= 0,
        let digest = entry["sha256"] as? String, Self.isDigest(digest)
      else { throw Unusable(reason: "it states no size and digest of each file") }
      self.files.append(WrittenFile(path: path, bytes: size, sha256: digest))
    }
    guard NameTree(paths: self.files.map { ByteText.bytes(of: $0.path) }).isValid,
      Set(self.files.map(\.path)).count == files.count
    else { throw Unusable(reason: "it names files that are not in the folder") }
    arguments = json["arguments"] as? [String]
    sources = Self.sources(of: json) + ((json["compared_with"] as? [String: Any]).map(Self.sources) ?? [])
    if let cases = json["cases"] as? [String: Any] { sources += [Self.source(cases, in: ".")].compactMap(\.self) }
    var seen: Set<String> = []
    sources = sources.filter { seen.insert("\($0.path) \($0.sha256)").inserted }
  }

  /// The files of a scenario.
  private static func sources(of json: [String: Any]) -> [Source] {
    let folder = json["scenario_folder"] as? String ?? "."
    return ((json[Self.sourcesKey] as? [[String: Any]]) ?? []).compactMap { source($0, in: folder) }
  }

  private static func source(_ entry: [String: Any], in folder: String) -> Source? {
    guard let path = entry["path"] as? String, let digest = entry["sha256"] as? String, !path.contains("\0"),
      !folder.contains("\0")
    else { return nil }
    return Source(path: folder == "." ? path : "\(folder)/\(path)", sha256: digest)
  }

  private static func isDigest(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }
}
