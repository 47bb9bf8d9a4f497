import TextFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A folder for files that only this process needs; it is removed with the object.
///
/// The process keeps it locked, so that the next one removes what a killed process has left.
package final class ScratchFolder {
  /// The path.
  package let path: String
  private let parent: OpenFolder
  private let folder: OpenFolder
  private let name: FileName

  /// A new folder that nobody else may read.
  ///
  /// - Parameters:
  ///   - parent: the path of the folder that contains it.
  ///   - prefix: the beginning of its name, which no other files have.
  /// - Throws: `FileError`.
  package init(in parent: String, prefix: String) throws(FileError) {
    do throws(FileError) {
      self.parent = try OpenFolder(path: parent, calls: .system)
    } catch {
      throw FileError(parent, code: error.code)
    }
    Self.removeLeftovers(in: self.parent, prefix)
    for _ in 0..<100 {
      let name = FileName(prefix + String(UInt64.random(in: .min ... .max), radix: 16))
      do throws(FileError) {
        try self.parent.makeFolder(name, mode: 0o700)
      } catch let error where error.code == EEXIST {
        continue
      }
      // Another process may have taken the new folder, not locked yet, for a leftover.
      if let folder = try self.parent.folder(name), try folder.lock(), let now = try self.parent.status(of: name),
        try now.isSame(as: folder.status())
      {
        (self.name, self.folder) = (name, folder)
        path = self.parent.path(of: name)
        return
      }
    }
    throw FileError(parent, code: EEXIST)
  }

  /// Creates a sub-folder, and returns its path.
  ///
  /// - Throws: `FileError`.
  package func makeFolder(_ name: String) throws(FileError) -> String {
    try folder.makeFolder(FileName(name), mode: 0o700)
    return "\(path)/\(name)"
  }

  deinit { try? parent.removeStaged(name) }

  /// Removes folders of this user that no process has locked.
  private static func removeLeftovers(in parent: OpenFolder, _ prefix: String) {
    for name in (try? parent.names()) ?? [] where name.bytes.starts(with: prefix.utf8) {
      guard UInt64(name.text.dropFirst(prefix.count), radix: 16) != nil,
        let found = (try? parent.status(of: name)) ?? nil, found.isFolder, found.st_uid == geteuid(),
        let folder = (try? parent.folder(name)) ?? nil, (try? folder.lock()) == true
      else { continue }
      try? parent.removeStaged(name)
    }
  }
}
