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
  /// - Throws: `FileError` if it cannot be opened, is not a regular file, is a link to a file that does not exist, or has
  ///   other content.
  package init(path: String, beginning: String) throws(FileError) {
    self.path = path
    descriptor = try Self.descriptor(path)
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

  /// Opens a file, or else creates it. A link to a file that does not exist is an error: nothing is created elsewhere.
  private static func descriptor(_ path: String) throws(FileError) -> Int32 {
    // Without O_NONBLOCK, opening a pipe would wait for its reader.
    let flags = O_RDWR | O_APPEND | O_NONBLOCK | O_CLOEXEC
    // Another process may create the file between the first attempt and the second.
    for further in [0, O_CREAT | O_EXCL, 0] {
      let descriptor = ByteText.withPath(path) { open($0, flags | further, 0o666) }
      if descriptor >= 0 { return descriptor }
      guard errno == (further == 0 ? ENOENT : EEXIST) else { throw FileError(path) }
    }
    throw FileError(path, code: ENOENT, reason: "it is a link to a file that does not exist")
  }

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
