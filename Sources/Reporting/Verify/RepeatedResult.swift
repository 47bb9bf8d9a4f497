#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The comparison of recorded results with those of the same command, run again.
package enum RepeatedResult {
  /// The largest file of which the first difference is located.
  private static let mostBytes = 1 << 28

  /// Files whose content is not that of the results: they have the time of the run.
  private static let timed: Set<String> = [ROCrate.fileName]

  /// The first difference of every file that is not the same, in the order of the record.
  ///
  /// - Parameters:
  ///   - record: the record.
  ///   - folder: the folder with the recorded results.
  ///   - other: the folder with the results of the same command.
  ///   - isCancelled: called repeatedly; true ends the comparison.
  /// - Throws: `FileError` or `CancellationError`.
  package static func differences(
    of record: ResultRecord, in folder: String, from other: String, isCancelled: () -> Bool
  ) throws -> [FirstDifference] {
    guard let old = try ReadFolder(path: folder)?.folder, let new = try ReadFolder(path: other)?.folder else {
      throw FileError(folder, code: ENOENT)
    }
    var differences: [FirstDifference] = []
    for file in record.files where !timed.contains(file.path) {
      let parts = file.path.split(separator: "/").map { FileName(String($0)) }
      func parent(_ open: OpenFolder) throws -> OpenFolder? {
        var folder: OpenFolder? = open
        for part in parts.dropLast() { folder = try folder?.subfolder(part) }
        return folder
      }
      let name = parts[parts.count - 1]
      guard let made = try parent(new) else {
        differences.append(FirstDifference(notWritten: file.path))
        continue
      }
      switch try FileDigest.of(name, in: made, bytes: file.bytes, isCancelled: isCancelled) {
      case .digest(file.sha256): continue
      case .missing: differences.append(FirstDifference(notWritten: file.path))
      default:
        let anew = try made.read(name, limit: mostBytes) ?? []
        let recorded = (try? parent(old)?.read(name, limit: mostBytes)).flatMap(\.self) ?? []
        // A file that has been altered since may be the same as that of the other run.
        if recorded != anew {
          differences.append(FirstDifference(path: file.path, recorded: recorded, anew: anew))
        }
      }
    }
    return differences
  }
}
