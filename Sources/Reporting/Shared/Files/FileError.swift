#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file or folder that could not be written, with the system's reason.
public struct FileError: Error, Sendable, CustomStringConvertible {
  /// The path, as given.
  public var path: String
  /// The system's error number.
  public var code: Int32

  /// The system's last error, about a path.
  init(_ path: String, code: Int32 = errno) {
    self.path = path
    self.code = code
  }

  /// True if a file of that name already exists.
  public var isTaken: Bool { code == EEXIST }

  /// `cannot write results/summary.csv: No space left on device`
  public var description: String { "cannot write \(path): \(String(cString: strerror(code)))" }
}
