import TextFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What a file is now, for the comparison with what a record states.
enum FileDigest: Equatable {
  /// A regular file with SHA-256 of its bytes.
  case digest(String)
  /// A regular file of another size than expected, which is not read.
  case size(Int)
  case missing
  /// Something that is not read, with the reason.
  case unreadable(String)

  /// Bytes that are read at a time.
  private static let chunk = 1 << 18

  /// The state of an entry of a folder; a link is not followed, and a pipe or device is not waited for.
  ///
  /// - Parameters:
  ///   - bytes: the expected size.
  ///   - isCancelled: true ends the reading with `CancellationError`.
  static func of(_ name: FileName, in folder: OpenFolder, bytes: Int, isCancelled: () -> Bool) throws -> FileDigest {
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    return try of(name.withPointer { openat(folder.descriptor, $0, flags) }, bytes: bytes, isCancelled)
  }

  /// The state of the file at a path, of at most a number of bytes; links are followed.
  static func of(path: String, mostBytes: Int, isCancelled: () -> Bool) throws -> FileDigest {
    let descriptor = FileName(path).withPointer { open($0, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }
    return try of(descriptor, bytes: nil, mostBytes: mostBytes, isCancelled)
  }

  private static func of(
    _ descriptor: Int32, bytes: Int?, mostBytes: Int = .max, _ isCancelled: () -> Bool
  ) throws -> FileDigest {
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR: return .missing
      case ELOOP, EMLINK: return .unreadable("it is a symbolic link")
      default: return .unreadable(String(cString: strerror(errno)))
      }
    }
    defer { close(descriptor) }
    var found = stat()
    guard fstat(descriptor, &found) == 0, found.isRegularFile else { return .unreadable("it is not a regular file") }
    let size = Int(found.st_size)
    if size != bytes ?? size || size > mostBytes { return .size(size) }
    var (digest, count) = (Sha256(), 0)
    var buffer = [UInt8](repeating: 0, count: Self.chunk)
    while true {
      if isCancelled() { throw CancellationError() }
      let read = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { return .unreadable(String(cString: strerror(errno))) }
      if read == 0 { break }
      count += read
      // A file may grow while it is read.
      guard count <= size else { return .size(count) }
      buffer.withUnsafeBufferPointer { digest.update(UnsafeBufferPointer(rebasing: $0[..<read])) }
    }
    return count == size ? .digest(digest.hexadecimal) : .size(count)
  }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
