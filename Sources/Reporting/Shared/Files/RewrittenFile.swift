#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Replaces the contents of a user's file atomically.
public enum RewrittenFile {
  /// Replaces the contents of an existing file. Permissions are preserved, and symbolic links are followed.
  ///
  /// - Throws: `FileError`; the file is then unchanged.
  public static func write(_ text: String, to path: String) throws {
    guard let resolved = realpath(path, nil) else { throw FileError(path) }
    defer { free(resolved) }
    let real = String(cString: resolved)
    var existing = stat()
    guard stat(real, &existing) == 0 else { throw FileError(path) }
    // Renaming needs permissions of the folder only; a read-only file must not be replaced.
    guard access(real, W_OK) == 0 else { throw FileError(path) }
    let slash = real.lastIndex(of: "/") ?? real.startIndex
    let folder = slash == real.startIndex ? "/" : String(real[..<slash])
    let file = try AtomicFile(
      folder: folder, name: String(real[real.index(after: slash)...]), permissions: existing.st_mode & 0o7777)
    try file.write(text)
    try file.seal()
    try file.publish()
  }
}
