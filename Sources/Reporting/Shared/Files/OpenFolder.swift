#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// An open folder, in which entries are found by name even after the folder has been moved or renamed.
///
/// The descriptor is closed with the object, which also releases its lock.
final class OpenFolder {
  let descriptor: Int32
  /// The path in messages.
  let path: String
  let calls: FileCalls

  /// Opens a folder by its path; symbolic links are followed.
  init(path: String, calls: FileCalls) throws(FileError) {
    self.path = path
    self.calls = calls
    descriptor = Int32(
      try calls.perform(.open, path) {
        Int(FileName(path).withPointer { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) })
      })
  }

  /// Opens a sub-folder; a symbolic link is an error.
  init(_ name: FileName, in folder: OpenFolder) throws(FileError) {
    path = folder.path(of: name)
    calls = folder.calls
    descriptor = Int32(
      try calls.perform(.open, path) {
        Int(name.withPointer { openat(folder.descriptor, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) })
      })
  }

  deinit { close(descriptor) }

  /// The path of an entry in messages.
  func path(of name: FileName) -> String { path.hasSuffix("/") ? path + name.text : "\(path)/\(name.text)" }

  /// The sub-folder of that name, or nil if there is no such entry.
  func folder(_ name: FileName) throws(FileError) -> OpenFolder? {
    do throws(FileError) {
      return try OpenFolder(name, in: self)
    } catch let error where error.code == ENOENT {
      return nil
    }
  }

  /// The sub-folder of that name, created if there is none.
  func madeFolder(_ name: FileName, mode: mode_t = 0o777) throws(FileError) -> OpenFolder {
    do throws(FileError) {
      try makeFolder(name, mode: mode)
    } catch let error where error.code == EEXIST {}
    return try OpenFolder(name, in: self)
  }

  func makeFolder(_ name: FileName, mode: mode_t) throws(FileError) {
    try calls.perform(.makeFolder, path(of: name)) { Int(name.withPointer { mkdirat(descriptor, $0, mode) }) }
  }

  /// The status of the folder.
  func status() throws(FileError) -> stat {
    var found = stat()
    try calls.perform(.status, path) { Int(fstat(descriptor, &found)) }
    return found
  }

  /// The status of an entry, which may be a symbolic link; nil if there is none.
  func status(of name: FileName) throws(FileError) -> stat? {
    var found = stat()
    do throws(FileError) {
      try calls.perform(.status, path(of: name)) {
        Int(name.withPointer { fstatat(descriptor, $0, &found, AT_SYMLINK_NOFOLLOW) })
      }
    } catch let error where error.code == ENOENT {
      return nil
    }
    return found
  }

  /// The names of all entries, in the order of their bytes.
  func names() throws(FileError) -> [FileName] {
    // A descriptor of its own, since reading moves the position.
    let own = try calls.perform(.list, path) { Int(openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)) }
    guard let stream = fdopendir(Int32(own)) else {
      let code = errno
      close(Int32(own))
      throw FileError(path, code: code)
    }
    defer { closedir(stream) }
    var names: [FileName] = []
    while true {
      // The end of the list and a failure differ in the error number only.
      errno = 0
      guard let entry = readdir(stream) else {
        let code = errno
        if code == EINTR { continue }
        if code != 0 { throw FileError(path, code: code) }
        break
      }
      // An entry is shorter than its type says, so its name is read where it is.
      guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { break }
      let start = (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
      let name = FileName(bytes: Array(UnsafeRawBufferPointer(start: start, count: strlen(start))))
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  /// Adds a second name for a file, or for a symbolic link.
  func link(_ name: FileName, to folder: OpenFolder, as other: FileName) throws(FileError) {
    try calls.perform(.link, path(of: name)) {
      Int(
        name.withPointer { from in other.withPointer { to in linkat(descriptor, from, folder.descriptor, to, 0) } })
    }
  }

  /// Moves an entry, replacing one that has the name already.
  func move(_ name: FileName, to folder: OpenFolder, as other: FileName) throws(FileError) {
    try calls.perform(.rename, folder.path(of: other)) {
      Int(name.withPointer { from in other.withPointer { to in renameat(descriptor, from, folder.descriptor, to) } })
    }
  }

  /// Exchanges two entries in one step.
  func exchange(_ name: FileName, with other: FileName) throws(FileError) {
    try calls.perform(.exchange, path(of: name)) {
      Int(name.withPointer { first in other.withPointer { FileCalls.exchange(descriptor, first, $0) } })
    }
  }

  func removeFile(_ name: FileName) throws(FileError) {
    try calls.perform(.remove, path(of: name)) { Int(name.withPointer { unlinkat(descriptor, $0, 0) }) }
  }

  func removeFolder(_ name: FileName) throws(FileError) {
    try calls.perform(.remove, path(of: name)) { Int(name.withPointer { unlinkat(descriptor, $0, AT_REMOVEDIR) }) }
  }

  /// Makes the entries' names durable. A file system that does not support this (`EINVAL`) is left as it is.
  func synchronise() throws(FileError) {
    do throws(FileError) {
      try calls.perform(.synchronise, path) { Int(fsync(descriptor)) }
    } catch let error where error.code == EINVAL {}
  }

  /// Gives the folder the owner, group and permissions of another one.
  func adoptOwner(of other: stat) throws(FileError) {
    let own = try status()
    if own.st_uid != other.st_uid || own.st_gid != other.st_gid {
      try calls.perform(.owner, path) { Int(fchown(descriptor, other.st_uid, other.st_gid)) }
    }
    try calls.perform(.owner, path) { Int(fchmod(descriptor, other.st_mode & 0o7777)) }
  }
}

extension stat {
  var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
  var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
  var isLink: Bool { st_mode & S_IFMT == S_IFLNK }

  /// True if both are the same file.
  func isSame(as other: stat) -> Bool { st_dev == other.st_dev && st_ino == other.st_ino }
}
