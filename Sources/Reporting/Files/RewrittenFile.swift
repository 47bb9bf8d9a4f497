#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file of the user's that gets a new text: it has the old one or the new one at every moment, never a part of it.
public enum RewrittenFile {
  /// Writes a text in place of that of an existing file, which keeps its permissions; a link keeps its target.
  ///
  /// - Throws: `FileError`, with the file as it was.
  public static func write(_ text: String, to path: String) throws {
    guard let resolved = realpath(path, nil) else { throw FileError(path) }
    defer { free(resolved) }
    let real = String(cString: resolved)
    var existing = stat()
    guard stat(real, &existing) == 0 else { throw FileError(path) }
    // What cannot be written to is not replaced either, which its folder alone would allow.
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
