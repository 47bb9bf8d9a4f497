import TextFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A new file for the user to edit; it never replaces an existing file.
package enum ExclusiveFile {
  /// Writes a text to a new file, completely or not at all.
  ///
  /// - Throws: `FileError`, with code `EEXIST` if the path exists.
  package static func write(_ text: String, to path: String) throws {
    var existing = stat()
    // Also a symbolic link whose target does not exist.
    if ByteText.withPath(path, { lstat($0, &existing) }) == 0 { throw FileError(path, code: EEXIST) }
    let (folder, name) = NamedFile.parts(path)
    let file = try AtomicFile(folder: folder, name: name)
    try file.write(text)
    try file.seal()
    try file.publish(isNew: true)
  }
}

/// Replaces the contents of a user's file, atomically unless it has several names.
package enum RewrittenFile {
  /// Replaces the contents of an existing file. Permissions are preserved, and symbolic links are followed.
  ///
  /// A file with further hard links is written in place, since a new file would keep only one of its names; everything
  /// else is renamed into place, so that an interruption leaves the old or the new contents.
  ///
  /// - Throws: `FileError`. Unless the file has several hard links, it is then unchanged.
  package static func write(_ text: String, to path: String) throws {
    guard let resolved = ByteText.withPath(path, { realpath($0, nil) }) else { throw FileError(path) }
    defer { free(resolved) }
    let real = ByteText.text(of: UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)))
    var existing = stat()
    guard stat(resolved, &existing) == 0 else { throw FileError(path) }
    // Renaming needs permissions of the folder only; a read-only file must not be replaced.
    guard access(resolved, W_OK) == 0 else { throw FileError(path) }
    let slash = real.lastIndex(of: "/") ?? real.startIndex
    let folder = slash == real.startIndex ? "/" : String(real[..<slash])
    if existing.st_nlink > 1 { return try overwrite(real, text) }
    guard ByteText.withPath(folder, { access($0, W_OK) }) == 0 else {
      throw FileError(path, reason: "its folder \(folder) is not writable")
    }
    let file = try AtomicFile(
      folder: folder, name: String(real[real.index(after: slash)...]), permissions: existing.st_mode & 0o7777)
    try file.write(text)
    try file.seal()
    try file.publish()
  }

  /// Replaces the contents of a file that keeps its identity.
  private static func overwrite(_ path: String, _ text: String) throws(FileError) {
    let descriptor = ByteText.withPath(path) { open($0, O_WRONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw FileError(path) }
    defer { close(descriptor) }
    var text = text
    let code: Int32 = text.withUTF8 { bytes in
      var done = 0
      while done < bytes.count {
        let written = pwrite(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(done))
        if written >= 0 { done += written } else if errno != EINTR { return errno }
      }
      // The old contents may be longer.
      guard ftruncate(descriptor, off_t(bytes.count)) == 0 else { return errno }
      return fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno
    }
    if code != 0 { throw FileError(path, code: code) }
  }
}
