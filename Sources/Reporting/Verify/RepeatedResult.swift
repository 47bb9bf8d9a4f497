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
  package static let mostBytes = 1 << 28

  /// Files whose content is not that of the results: they have the time of the run.
  private static let timed: Set<String> = [ROCrate.fileName]

  /// The first difference of every file that is not the same, in the order of the record.
  ///
  /// - Parameters:
  ///   - record: the record.
  ///   - folder: the folder with the recorded results.
  ///   - other: the folder with the results of the same command.
  ///   - mostBytes: the largest file of which the first difference is located.
  ///   - calls: the system calls of reading; tests pass calls that fail.
  ///   - isCancelled: called repeatedly; true ends the comparison.
  /// - Throws: `FileError` or `CancellationError`.
  package static func differences(
    of record: ResultRecord, in folder: String, from other: String, mostBytes: Int = mostBytes,
    calls: FileCalls = .system, isCancelled: () -> Bool
  ) throws -> [FirstDifference] {
    guard let old = try ReadFolder(path: folder, calls: calls)?.folder,
      let new = try ReadFolder(path: other, calls: calls)?.folder
    else {
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
      let found = try FileDigest.of(name, in: made, bytes: file.bytes, isCancelled: isCancelled)
      switch found {
      case .digest(file.sha256): continue
      case .missing: differences.append(FirstDifference(notWritten: file.path))
      default:
        let anew = made.reading(name, limit: mostBytes)
        let recorded = recorded(parts, in: old, mostBytes)
        if [anew, recorded].contains(where: \.isTooLarge) {
          differences.append(FirstDifference(of: file, now: found))
          continue
        }
        let (new, old) = (try anew.get() ?? [], try recorded.get() ?? [])
        // A file that has been altered since may be the same as that of the other run.
        if old != new { differences.append(FirstDifference(path: file.path, recorded: old, anew: new)) }
      }
    }
    return differences
  }

  /// The bytes of a recorded file; nil if it is no longer there, or something else has its name.
  private static func recorded(
    _ path: [FileName], in folder: OpenFolder, _ mostBytes: Int
  ) -> Result<[UInt8]?, FileError> {
    do throws(FileError) {
      var parent: OpenFolder? = folder
      for name in path.dropLast() { parent = try parent?.subfolder(name) }
      return .success(try parent?.read(path[path.count - 1], limit: mostBytes))
    } catch {
      let isOther = error.code != EFBIG && (error.isAboutKind || error.isAboutFolder)
      return isOther ? .success(nil) : .failure(error.ofReading)
    }
  }
}

extension Result where Failure == FileError {
  /// True if a file has more bytes than are read.
  fileprivate var isTooLarge: Bool {
    if case .failure(let error) = self { return error.code == EFBIG }
    return false
  }
}
