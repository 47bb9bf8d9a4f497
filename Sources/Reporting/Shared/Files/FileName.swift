import TextFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The name of a file in a folder, as bytes: names need not be UTF-8, and two names that Unicode considers equal are
/// different files.
struct FileName: Hashable, Sendable, ExpressibleByStringLiteral {
  let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }
  init(_ text: String) { bytes = ByteText.bytes(of: text) }
  init(stringLiteral text: String) { self.init(text) }

  /// The name as text; `FileName(name.text)` is the same name.
  var text: String { ByteText.text(of: bytes) }

  /// True if the bytes name an entry of a folder: not empty, not `.` or `..`, without a slash or a NUL.
  var isValid: Bool {
    !bytes.isEmpty && !bytes.contains(0) && !bytes.contains(UInt8(ascii: "/")) && self != "." && self != ".."
  }

  /// Calls `body` with the bytes and a terminating NUL.
  func withPointer(_ body: (UnsafePointer<CChar>) -> Int32) -> Int32 { ByteText.withPath(text, body) }
}

/// The names of the files of a result, and of the sub-folders that belong to it.
struct NameTree: Sendable {
  private(set) var files: [FileName] = []
  private(set) var folders: [FileName: NameTree] = [:]

  /// The tree of some paths relative to the result's folder, with slashes between the names.
  init(paths: [[UInt8]]) {
    for path in paths {
      let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      insert(parts.map { FileName(bytes: Array($0)) }[...])
    }
  }

  /// The tree of files.
  ///
  /// - Throws: `FileError` if a name is not one: no file is ever written outside the folder.
  init(of names: [String], in folder: String) throws(FileError) {
    self.init(paths: names.map(ByteText.bytes(of:)))
    let hasPrefix = names.contains { $0.hasPrefix(StagedFolder.hiddenPrefix) }
    guard isValid, !hasPrefix else {
      throw FileError(folder, code: EINVAL, reason: "\(names.joined(separator: ", ")): not names of files")
    }
  }

  /// A tree without files.
  init() {}

  /// The tree with further files.
  func adding(_ paths: [[FileName]]) -> NameTree {
    var tree = self
    for path in paths { tree.insert(path[...]) }
    return tree
  }

  /// True if a file of that path would be one of the tree's, or its name that of a sub-folder, or the other way round.
  func conflicts(with path: [FileName]) -> Bool {
    guard let first = path.first else { return true }
    if files.contains(first) { return true }
    guard let tree = folders[first] else { return false }
    return path.count == 1 || tree.conflicts(with: Array(path.dropFirst()))
  }

  private mutating func insert(_ parts: ArraySlice<FileName>) {
    guard let first = parts.first else { return }
    if parts.count == 1 {
      if !files.contains(first) { files.append(first) }
    } else {
      folders[first, default: NameTree()].insert(parts.dropFirst())
    }
  }

  /// True if no path leads out of the folder, and none is both a file and a folder.
  var isValid: Bool {
    files.allSatisfy { $0.isValid && folders[$0] == nil } && folders.allSatisfy { $0.key.isValid && $0.value.isValid }
  }

  /// The paths of the files: those of the folder, then those of its sub-folders.
  var paths: [[FileName]] {
    files.map { [$0] }
      + folders.sorted { $0.key.bytes.lexicographicallyPrecedes($1.key.bytes) }
      .flatMap { name, tree in tree.paths.map { [name] + $0 } }
  }
}
