#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The folder to which a run writes its files.
///
/// It is created, with its parent folders, before the run, so that an unwritable path is reported before the work is
/// done; if nothing is written in the end, the created folders are removed.
package final class ReportFolder {
  /// The path, as given.
  package let path: String
  private var made: [String] = []
  private var isUsed = false

  /// A folder to write to; creates it if necessary, and tests that files can be created in it.
  ///
  /// - Throws: `FileError`.
  package init(path: String) throws(FileError) {
    self.path = path
    var sofar = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      sofar += (sofar.isEmpty || sofar.hasSuffix("/") ? "" : "/") + part
      if mkdir(sofar, 0o777) == 0 {
        made.append(sofar)
        continue
      }
      // The check for existence sets its own error number.
      let code = errno
      if code != EEXIST, code != EISDIR, access(sofar, F_OK) != 0 {
        removeFolders()
        throw FileError(sofar, code: code)
      }
    }
    do throws(FileError) {
      try AtomicFile(folder: path, name: "record.json").discard()
    } catch {
      removeFolders()
      throw FileError(path, code: error.code)
    }
  }

  deinit { if !isUsed { removeFolders() } }

  /// Writes either all files, complete, or none, replacing files with the same names; keeps all other files.
  ///
  /// Every file is complete on the disk before the first one gets its name.
  ///
  /// - Parameters:
  ///   - files: the files, the record among them.
  ///   - isCancelled: called repeatedly until the files get their names; true ends the writing with
  ///     `CancellationError`.
  /// - Throws: `FileError`, or any error thrown while writing a file.
  package func write(_ files: [ReportFile], isCancelled: @escaping () -> Bool = { false }) throws {
    let sealed = try files.map { file in
      let target = try AtomicFile(folder: path, name: file.name, isCancelled: isCancelled)
      try file.write(target)
      try target.seal()
      return target
    }
    for file in sealed {
      try file.publish()
      isUsed = true
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor >= 0 {
      fsync(descriptor)
      close(descriptor)
    }
  }

  /// The given files that exist in the folder.
  package func existing(among names: [String]) -> [String] { names.filter { access(path + "/" + $0, F_OK) == 0 } }

  /// Keeps the folder even if nothing more is written to it.
  func keep() { isUsed = true }

  private func removeFolders() {
    for folder in made.reversed() { rmdir(folder) }
    made = []
  }
}
