import TextFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file to which lines are appended, by several processes at once if need be: each line is one call of the system, which
/// neither overwrites nor divides those of others (`O_APPEND`).
package final class AppendedFile: @unchecked Sendable {
  private let descriptor: Int32
  private let path: String

  /// Opens a file, or creates it.
  ///
  /// - Parameters:
  ///   - path: the path.
  ///   - beginning: the beginning of each of its lines; another file is not appended to.
  /// - Throws: `FileError` if it cannot be opened, is not a regular file, or has other content.
  package init(path: String, beginning: String) throws(FileError) {
    self.path = path
    // Without O_NONBLOCK, opening a pipe would wait for its reader.
    let flags = O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK | O_CLOEXEC
    descriptor = ByteText.withPath(path) { open($0, flags, 0o666) }
    guard descriptor >= 0 else { throw FileError(path) }
    var found = stat()
    guard fstat(descriptor, &found) == 0, found.isRegularFile else {
      close(descriptor)
      throw FileError(path, code: EINVAL, reason: "it is not a regular file")
    }
    var start = [UInt8](repeating: 0, count: beginning.utf8.count)
    let count = start.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard count == 0 || (count > 0 && Array(beginning.utf8).starts(with: start[..<count])) else {
      close(descriptor)
      throw FileError(path, code: EEXIST, reason: "it exists and is not a log of this program")
    }
  }

  deinit { close(descriptor) }

  /// Appends a line.
  ///
  /// - Throws: `FileError`.
  package func append(_ line: String) throws(FileError) {
    var text = line + "\n"
    let size = text.utf8.count
    let written = text.withUTF8 { systemWrite(descriptor, $0.baseAddress, $0.count) }
    if written < 0 { throw FileError(path) }
    if written < size { throw FileError(path, code: ENOSPC) }
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
