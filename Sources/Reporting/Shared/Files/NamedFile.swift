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

  /// Writes a file that appears complete or not at all, in place of any with its name.
  ///
  /// - Throws: `FileError`.
  package static func write(_ text: String, to path: String) throws {
    let (folder, name) = parts(path)
    let file = try AtomicFile(folder: folder, name: name)
    try file.write(text)
    try file.seal()
    try file.publish()
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

  private static func parts(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
  }
}
