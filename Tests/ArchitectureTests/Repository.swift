import Foundation

/// The files of the repository.
enum Repository {
  /// Its root.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The paths of all files, relative to the root, except build products and results, sorted.
  static let paths: [String] = {
    let skipped: Set = [".git", ".build", "dist", "results"]
    guard let names = FileManager.default.enumerator(atPath: root.path) else { return [] }
    var found: [String] = []
    while let path = names.nextObject() as? String {
      let isFolder = names.fileAttributes?[.type] as? FileAttributeType == .typeDirectory
      if skipped.contains(path), isFolder { names.skipDescendants() } else if !isFolder { found.append(path) }
    }
    return found.sorted()
  }()

  /// The lines of a file.
  static func lines(_ path: String) throws -> [Substring] {
    let data = try Data(contentsOf: root.appending(path: path))
    return String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The comment lines of a Swift or C file that have only a comment, with their numbers from 1.
  static func commentLines(_ path: String) throws -> [(number: Int, text: Substring)] {
    try lines(path).enumerated().map { ($0.offset + 1, $0.element.trimmingPrefix(while: \.isWhitespace)) }
      .filter { $0.text.hasPrefix("//") }
  }
}
