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
/// object.
final class AtomicFile: TextSink {
  let path: String
  private let folder: String
  private let name: String
  private var descriptor: Int32
  /// The name of the temporary file, if it has one.
  private var asideName: String?
  private var buffer: [UInt8] = []
  private let isCancelled: () -> Bool

  /// Text is passed to the system in chunks of this size, large enough to make the cost of calls negligible.
  private static let bufferSize = 1 << 18

  /// A new temporary file for `folder/name`.
  ///
  /// - Parameters:
  ///   - hasName: forces a named temporary file.
  ///   - permissions: permissions of the file; by default those of new files of the process.
  ///   - isCancelled: called between chunks; true ends the writing with `CancellationError`.
  init(
    folder: String, name: String, hasName: Bool = false, permissions: mode_t? = nil,
    isCancelled: @escaping () -> Bool = { false }
  ) throws(FileError) {
    self.folder = folder
    self.isCancelled = isCancelled
    self.name = name
    path = "\(folder)/\(name)"
    descriptor = -1
    var existing = stat()
    if stat(path, &existing) == 0, existing.st_mode & S_IFMT == S_IFDIR { throw FileError(path, code: EISDIR) }
    #if os(Linux)
    // Linux, <asm-generic/fcntl.h>; the macro is not visible to Swift.
    let unnamed: Int32 = 0o20000000 | O_DIRECTORY
    if !hasName, access("/proc/self/fd", X_OK) == 0 {
      descriptor = open(folder, unnamed | O_WRONLY | O_CLOEXEC, 0o666)
    }
    #endif
    if descriptor < 0 {
      let aside = Self.freshName(for: name)
      descriptor = open("\(folder)/\(aside)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw FileError(path) }
      asideName = aside
    }
    buffer.reserveCapacity(Self.bufferSize)
    if let permissions, fchmod(descriptor, permissions) != 0 {
      let code = errno
      discard()
      throw FileError(path, code: code)
    }
  }

  deinit { discard() }

  func write(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  func write(bytes: [UInt8]) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Synchronises everything to the disk; afterwards only the name is missing.
  func seal() throws {
    try flush()
    // EINVAL: the file system does not support synchronisation.
    if fsync(descriptor) != 0, errno != EINVAL { throw FileError(path) }
  }

  /// Gives the sealed file its name, replacing any file with that name.
  func publish() throws(FileError) {
    if asideName == nil {
      let aside = Self.freshName(for: name)
      #if os(Linux)
      let linked = linkat(
        AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, "\(folder)/\(aside)", AT_SYMLINK_FOLLOW)
      guard linked == 0 else { throw FileError(path) }
      #endif
      asideName = aside
    }
    guard let aside = asideName, rename("\(folder)/\(aside)", path) == 0 else { throw FileError(path) }
    asideName = nil
    close(descriptor)
    descriptor = -1
  }

  /// Discards the written data; an existing file with the name is kept.
  func discard() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    if let aside = asideName { unlink("\(folder)/\(aside)") }
    asideName = nil
  }

  private func flush() throws {
    if isCancelled() { throw CancellationError() }
    var done = 0
    while done < buffer.count {
      let written = buffer.withUnsafeBytes { bytes in
        #if canImport(Darwin)
        Darwin.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        #elseif canImport(Musl)
        Musl.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        #else
        Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        #endif
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw FileError(path)
      }
      done += written
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// A name that no other process uses: names within a process differ by file, and a file has only one writer at a
  /// time.
  private static func freshName(for name: String) -> String { ".\(name).\(getpid()).partial" }
}
