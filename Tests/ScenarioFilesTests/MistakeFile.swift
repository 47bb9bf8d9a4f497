import Foundation
import Testing

/// A scenario with a mistake and the diagnostics that the program prints for it, as files in the folder `Mistakes`.
///
/// `SUBJECT/NAME.yaml` is the scenario and `SUBJECT/NAME.expected` the text. `NAME.csv` and the folder `NAME` hold the
/// files that the scenario names. If another command than `check NAME.yaml` shows the mistake, `NAME.args` holds it and
/// its arguments, one a line.
struct MistakeFile: Sendable, CustomTestStringConvertible {
  /// The folder of all pairs.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Mistakes")

  /// The subject and the name, `tables/row-missing`.
  let path: String
  /// Texts of the scenario and of the files that it names, by their paths.
  var files: [String: String] = [:]
  /// The command and its arguments.
  var arguments = ["check"]
  /// The expected text; nil where there is none.
  let expected: String?

  /// Reads a pair.
  init(path: String) throws {
    self.path = path
    let manager = FileManager.default
    func text(_ suffix: String) throws -> String? {
      let file = Self.root.path + "/" + path + suffix
      var isFolder: ObjCBool = false
      guard manager.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue else { return nil }
      return try String(contentsOfFile: file, encoding: .utf8)
    }
    expected = try text(".expected")
    if let lines = try text(".args") { arguments = lines.split(separator: "\n").map(String.init) }
    var suffixes = [".yaml", ".csv"]
    var isFolder: ObjCBool = false
    if manager.fileExists(atPath: Self.root.path + "/" + path, isDirectory: &isFolder), isFolder.boolValue {
      suffixes += try manager.subpathsOfDirectory(atPath: Self.root.path + "/" + path).map { "/" + $0 }
    }
    for suffix in suffixes { files[name + suffix] = try text(suffix) }
  }

  /// All pairs, in the order of their names.
  static func all() throws -> [MistakeFile] {
    try entries().map { ($0 as NSString).deletingPathExtension }.reduce(into: []) { paths, path in
      if paths.last != path { paths.append(path) }
    }
    .map(MistakeFile.init)
  }

  /// Files and folders by subject, `tables/row-missing.yaml`.
  static func entries() throws -> [String] {
    let manager = FileManager.default
    return try manager.contentsOfDirectory(atPath: root.path).flatMap { subject in
      try manager.contentsOfDirectory(atPath: root.path + "/" + subject).map { subject + "/" + $0 }
    }
    .sorted { ($0 as NSString).deletingPathExtension < ($1 as NSString).deletingPathExtension }
  }

  var name: String { (path as NSString).lastPathComponent }

  var testDescription: String { path }

  /// The file of the expected text.
  var expectedFile: String { "\(Self.root.path)/\(path).expected" }

  /// The text of the scenario.
  var scenario: String? { files["\(name).yaml"] }

  /// The texts on which the diagnostics depend, without the pair's name and the sentence at the top: equal for identical
  /// pairs.
  var content: [String] {
    let texts = files.sorted { $0.key < $1.key }.map { file, text in
      file == "\(name).yaml" ? String(text.drop { $0 != "\n" }) : "\(file)\n\(text)"
    }
    return (arguments + texts).map { $0.replacingOccurrences(of: name, with: "NAME") }
  }
}
