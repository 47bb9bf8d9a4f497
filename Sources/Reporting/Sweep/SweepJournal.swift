import Foundation

/// The finished variants of a running sweep, stored next to its results so that little is lost if the program is
/// killed.
///
/// Chunks are files in a folder `.sweep` in the folder of results, each written completely or not at all, with the
/// sweep's key: chunks of other sweeps are deleted. After the results have been written, the folder is deleted.
package final class SweepJournal {
  /// The numbers of the finished variants.
  package private(set) var finished: Set<Int> = []
  private let folder: ReportFolder
  private let path: String
  private let key: String
  /// Chunks by the number of their first variant: in memory, or in the file of that name.
  private var chunks: [Int: Chunk] = [:]

  private enum Chunk {
    case memory(String)
    case file(String)
  }

  /// The journal of a sweep, which continues an earlier run of the same sweep.
  ///
  /// - Parameters:
  ///   - folder: the folder of the journal.
  ///   - key: a key of everything that the sweep's results depend on.
  package init(in folder: ReportFolder, key: String) {
    self.folder = folder
    self.key = key
    path = "\(folder.path)/.sweep"
    let manager = FileManager.default
    for name in ((try? manager.contentsOfDirectory(atPath: path)) ?? []).sorted() {
      let file = "\(path)/\(name)"
      if name.hasSuffix(".csv"), let text = try? String(contentsOfFile: file, encoding: .utf8),
        let numbers = Self.numbers(ofPiece: text, key: key), finished.isDisjoint(with: numbers),
        let first = numbers.first
      {
        finished.formUnion(numbers)
        chunks[first] = .file(file)
      } else {
        try? manager.removeItem(atPath: file)
      }
    }
  }

  /// The variants of a chunk of this sweep, from its first line: the key and the numbers.
  private static func numbers(ofPiece text: String, key: String) -> [Int]? {
    let words = text.prefix { $0 != "\n" }.split(separator: " ")
    guard words.first.map(String.init) == key else { return nil }
    let numbers = words.dropFirst().compactMap { Int($0) }
    return numbers.count == words.count - 1 ? numbers : nil
  }

  /// Stores the rows of some variants, in memory if they are the last.
  ///
  /// - Throws: `FileError`.
  package func add(_ rows: String, of numbers: [Int], isLast: Bool) throws {
    guard let first = numbers.first else { return }
    finished.formUnion(numbers)
    if isLast {
      chunks[first] = .memory(rows)
      return
    }
    if mkdir(path, 0o777) != 0, errno != EEXIST { throw FileError(path) }
    folder.keep()
    let file = try AtomicFile(folder: path, name: "\(first).csv")
    try file.write("\(key) \(numbers.map(String.init).joined(separator: " "))\n")
    try file.write(rows)
    try file.seal()
    try file.publish()
    chunks[first] = .file("\(path)/\(first).csv")
  }

  /// Passes the rows of all variants to `body`, in order.
  ///
  /// - Throws: the errors of `body`; `FileError` if a chunk no longer exists.
  package func forEachPiece(_ body: (String) throws -> Void) throws {
    for first in chunks.keys.sorted() {
      switch chunks[first] {
      case .memory(let rows): try body(rows)
      case .file(let file):
        guard let text = try? String(contentsOfFile: file, encoding: .utf8), let end = text.firstIndex(of: "\n") else {
          throw FileError(file, code: ENOENT)
        }
        try body(String(text[text.index(after: end)...]))
      case nil: break
      }
    }
  }

  /// Deletes the journal after the results have been written.
  package func remove() {
    try? FileManager.default.removeItem(atPath: path)
  }
}
