import Foundation
import Testing

@testable import Reporting

/// Calls of which the one of a given number fails, once or with all later ones as if the process had been killed there.
final class FailingCalls: @unchecked Sendable {
  private let lock = NSLock()
  private let number: Int
  private let code: Int32
  private let isKill: Bool
  private var count = 0

  init(number: Int, code: Int32 = EIO, isKill: Bool) {
    self.number = number
    self.code = code
    self.isKill = isKill
  }

  /// True if the call of that number has been made.
  var hasFailed: Bool { lock.withLock { count > number } }

  var calls: FileCalls {
    FileCalls { [self] _ in
      lock.withLock {
        defer { count += 1 }
        return count == number || isKill && count > number ? code : nil
      }
    }
  }
}

/// A results folder with an old result and files of a user, to which a new result is published.
struct PublicationFixture {
  let root: String
  var folder: String { "\(root)/out" }

  static let old = [
    "a.csv": "old a", "b.csv": "old b", "tables/t.csv": "old t",
    "record.json": record(of: ["a.csv", "b.csv"] + obsolete),
  ].merging(obsolete.map { ($0, "old") }) { $1 }
  static let new = [
    "a.csv": "new a", "b.csv": "new b", "c.csv": "new c", "tables/t.csv": "new t", "record.json": record(of: ["a.csv"]),
  ]
  /// Files of the old result that the new one does not have.
  static let obsolete = ["gone.csv", "tables/gone.csv", "shared/gone.csv", "alone/gone.csv"]
  static let users = [
    "notes.txt": "mine", "tables/own.txt": "mine too", "shared/own.txt": "also mine", "deep/er/x.txt": "far down",
  ]

  /// - Parameter isOnDisk: true for the file system of temporary files, which may have attributes of files.
  init(isOnDisk: Bool = false) throws {
    // In memory where there is such a file system: the tests publish a thousand times.
    let memory = "/dev/shm"
    let isInMemory = !isOnDisk && FileManager.default.isWritableFile(atPath: memory)
    let parent = isInMemory ? memory : FileManager.default.temporaryDirectory.path
    root = "\(parent)/loadcast-\(UUID().uuidString)"
    let files = Self.old.merging(Self.users, uniquingKeysWith: { first, _ in first })
    // The record is the last file of a result.
    for (name, text) in files.sorted(by: { $1.key == "record.json" && $0.key != "record.json" }) {
      try write(text, to: name)
    }
  }

  /// Writes a file of the results folder.
  func write(_ text: String, to name: String) throws {
    let path = "\(folder)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try text.write(toFile: path, atomically: false, encoding: .utf8)
  }

  /// A record that lists some files.
  static func record(of files: [String]) -> String {
    #"{"engine": "loadcast 0.2.0", "files": ["# + files.map { "\"\($0)\"" }.joined(separator: ", ") + "]}"
  }

  func remove() { try? FileManager.default.removeItem(atPath: root) }

  static func files(_ content: [String: String]) -> [ReportFile] {
    content.sorted { $0.key < $1.key }.map { name, text in ReportFile(name: name, text: { text }) }
  }

  /// All files of a folder, by their paths in it.
  static func content(of folder: String) throws -> [String: String] {
    var found: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
      if !isFolder.boolValue { found[name] = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) }
    }
    return found
  }

  /// The result in the folder: `old`, `new`, `new and obsolete`, or a mixture of both.
  func result() throws -> String {
    let content = try Self.content(of: folder).filter { Self.new[$0.key] != nil || Self.old[$0.key] != nil }
    let withObsolete = Self.new.merging(Self.obsolete.map { ($0, "old") }) { $1 }
    return content == Self.old
      ? "old" : content == Self.new ? "new" : content == withObsolete ? "new and obsolete" : "\(content)"
  }

  /// The user's files in the folder.
  func users() throws -> [String: String] { try Self.content(of: folder).filter { Self.users[$0.key] != nil } }

  /// Names that the program has left in the folder and next to it.
  func leftovers() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.contains(".loadcast-") }
  }
}
