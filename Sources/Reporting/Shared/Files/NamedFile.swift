#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Files that a command reads or writes by name.
package enum NamedFile {
  /// The text of a regular file; nil if it cannot be read, or is larger than a limit in bytes.
  package static func read(_ path: String, limit: Int) -> String? {
    guard let folder = try? OpenFolder(path: parts(path).folder, calls: .system),
      let bytes = (try? folder.read(FileName(parts(path).name), limit: limit)).flatMap({ $0 })
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text of a regular file; nil if there is none of this name, it is something else, or it is larger than a limit in
  /// bytes.
  ///
  /// - Throws: `FileError` if it cannot be read.
  package static func text(_ path: String, limit: Int) throws(FileError) -> String? {
    do throws(FileError) {
      return try bytes(path, limit: limit).map { String(decoding: $0, as: UTF8.self) }
    } catch let error where error.isAboutKind {
      return nil
    }
  }

  /// Whether a name is taken, by anything: a file, a folder, a link that leads nowhere.
  ///
  /// - Throws: `FileError` if the system does not say.
  package static func isTaken(_ path: String) throws(FileError) -> Bool {
    do throws(FileError) {
      return try OpenFolder(path: parts(path).folder, calls: .system).status(of: FileName(parts(path).name)) != nil
    } catch let error where error.code == ENOENT {
      return false
    }
  }

  /// The bytes of a regular file; nil if there is none of this name.
  ///
  /// - Throws: `FileError`, also if it is larger than a limit in bytes.
  package static func bytes(_ path: String, limit: Int) throws(FileError) -> [UInt8]? {
    do throws(FileError) {
      return try OpenFolder(path: parts(path).folder, calls: .system).read(FileName(parts(path).name), limit: limit)
    } catch let error where error.code == ENOENT {
      return nil
    }
  }

  /// Writes a file that appears complete or not at all, in place of any with its name.
  ///
  /// - Throws: `FileError`.
  package static func write(_ bytes: [UInt8], to path: String) throws {
    let (folder, name) = parts(path)
    let file = try AtomicFile(folder: folder, name: name)
    try file.write(bytes: bytes)
    try file.seal()
    try file.publish()
  }

  /// The names in a folder; nil if the path is not that of a folder.
  ///
  /// - Throws: `FileError`.
  package static func names(inFolder path: String) throws(FileError) -> [String]? {
    do throws(FileError) {
      return try OpenFolder(path: path, calls: .system).names().map(\.text)
    } catch let error where error.code == ENOENT || error.code == ENOTDIR {
      return nil
    }
  }

  /// Writes files, all of a folder complete or none, in place of any with their names.
  ///
  /// Their folders belong to the user, who may write to them at the same time: they are not exchanged.
  ///
  /// - Parameters:
  ///   - files: the files, each with its path as its name.
  ///   - isCancelled: see `ReportFolder.write`.
  /// - Throws: `FileError`, `CancellationError`, or any error thrown while writing a file.
  package static func write(_ files: [ReportFile], isCancelled: @escaping () -> Bool) throws {
    var folders: [(path: String, files: [ReportFile])] = []
    for file in files {
      let (folder, name) = parts(file.name)
      var named = file
      named.name = name
      if let known = folders.firstIndex(where: { $0.path == folder }) {
        folders[known].files.append(named)
      } else {
        folders.append((folder, [named]))
      }
    }
    for folder in folders {
      try ReportFolder(path: folder.path, isExchanged: false).write(folder.files, isCancelled: isCancelled)
    }
  }

  static func parts(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
  }
}
