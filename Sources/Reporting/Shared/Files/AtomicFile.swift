import TextFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file that appears complete or not at all: written as a temporary file in its folder, synchronised to the disk,
/// then renamed.
///
/// On Linux the temporary file has no name (`O_TMPFILE`), so that nothing is left behind even if the process is killed.
/// If the file system does not support this, it has a name that begins with a dot and is deleted together with the
/// object. The process keeps it locked, so that the next one deletes what a killed process has left.
final class AtomicFile {
  let path: String
  private let folder: String
  private let name: String
  private var descriptor: Int32
  /// The name of the temporary file, if it has one.
  private var asideName: String?
  private let writer: DescriptorWriter

  /// A new temporary file for `folder/name`.
  ///
  /// - Parameters:
  ///   - hasName: forces a named temporary file.
  ///   - permissions: permissions of the file; by default those of new files of the process.
  init(folder: String, name: String, hasName: Bool = false, permissions: mode_t? = nil) throws(FileError) {
    self.folder = folder
    self.name = name
    path = "\(folder)/\(name)"
    var existing = stat()
    if ByteText.withPath(path, { stat($0, &existing) }) == 0 {
      if existing.isFolder { throw FileError(path, code: EISDIR) }
      guard existing.isRegularFile else { throw FileError(path, code: EEXIST, reason: Self.notRegular) }
    }
    Self.removeLeftovers(of: name, in: folder)
    var descriptor: Int32 = -1
    #if os(Linux)
    // Linux, <asm-generic/fcntl.h>; the macro is not visible to Swift.
    let unnamed: Int32 = 0o20000000 | O_DIRECTORY
    if !hasName, access("/proc/self/fd", X_OK) == 0 {
      descriptor = ByteText.withPath(folder) { open($0, unnamed | O_WRONLY | O_CLOEXEC, 0o666) }
    }
    #endif
    if descriptor < 0 {
      let aside = Self.freshName(for: name)
      descriptor = ByteText.withPath("\(folder)/\(aside)") { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
      guard descriptor >= 0 else { throw FileError(path) }
      asideName = aside
    }
    self.descriptor = descriptor
    writer = DescriptorWriter(descriptor, path: path)
    _ = flock(descriptor, LOCK_EX | LOCK_NB)
    if let permissions, fchmod(descriptor, permissions) != 0 {
      let code = errno
      discard()
      throw FileError(path, code: code)
    }
  }

  deinit { discard() }

  func write(_ text: String) throws { try writer.write(text) }

  func write(bytes: [UInt8]) throws { try writer.write(bytes: bytes) }

  /// Synchronises everything to the disk; afterwards only the name is missing.
  func seal() throws { try writer.seal() }

  /// Gives the sealed file its name, replacing any file with that name.
  ///
  /// - Parameter isNew: true to replace none.
  /// - Throws: `FileError`, with code `EEXIST` if there is a file of the name and none is replaced.
  func publish(isNew: Bool = false) throws(FileError) {
    if isNew {
      try link()
      return discard()
    }
    if asideName == nil {
      let aside = Self.freshName(for: name)
      #if os(Linux)
      let linked = ByteText.withPath("\(folder)/\(aside)") {
        linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, $0, AT_SYMLINK_FOLLOW)
      }
      guard linked == 0 else { throw FileError(path) }
      #endif
      asideName = aside
    }
    guard let aside = asideName else { return }
    let renamed = ByteText.withPath("\(folder)/\(aside)") { from in ByteText.withPath(path) { rename(from, $0) } }
    guard renamed == 0 else { throw FileError(path) }
    asideName = nil
    close(descriptor)
    descriptor = -1
  }

  /// Gives the file its name besides that of the temporary file, if it has one.
  private func link() throws(FileError) {
    let temporary = asideName.map { "\(folder)/\($0)" } ?? "/proc/self/fd/\(descriptor)"
    let flags = asideName == nil ? AT_SYMLINK_FOLLOW : 0
    let linked = ByteText.withPath(temporary) { from in
      ByteText.withPath(path) { linkat(AT_FDCWD, from, AT_FDCWD, $0, flags) }
    }
    guard linked == 0 else { throw FileError(path) }
  }

  /// Discards the written data; an existing file with the name is kept.
  func discard() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    if let aside = asideName { _ = ByteText.withPath("\(folder)/\(aside)") { unlink($0) } }
    asideName = nil
  }

  /// Why a device, a pipe or a socket is not replaced.
  static let notRegular = "it is not a regular file, and is not replaced"

  private static let suffix = ".partial"

  /// A name that no one else uses.
  private static func freshName(for name: String) -> String {
    ".\(name).\(String(UInt64.random(in: .min ... .max), radix: 16))\(suffix)"
  }

  /// Removes temporary files of the same file that no process has locked.
  private static func removeLeftovers(of name: String, in path: String) {
    guard let folder = try? OpenFolder(path: path, calls: .system), let names = try? folder.names() else { return }
    let (start, end) = (FileName(".\(name).").bytes, Array(suffix.utf8))
    for name in names where name.bytes.starts(with: start) && name.bytes.reversed().starts(with: end.reversed()) {
      let middle = name.bytes.dropFirst(start.count).dropLast(end.count)
      guard UInt64(String(decoding: middle, as: UTF8.self), radix: 16) != nil,
        (try? folder.status(of: name))??.isRegularFile == true
      else { continue }
      let file = name.withPointer { openat(folder.descriptor, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
      guard file >= 0 else { continue }
      if flock(file, LOCK_EX | LOCK_NB) == 0 { try? folder.removeFile(name) }
      close(file)
    }
  }
}
