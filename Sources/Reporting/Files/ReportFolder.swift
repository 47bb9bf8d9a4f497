#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The folder that a run writes its files to.
///
/// It is made, with the folders above it, before the run, so that a place where nothing can be written is known before
/// the work is done; if nothing comes to be written, the folders that were made go again.
public final class ReportFolder {
  /// The path, as given.
  public let path: String
  private var made: [String] = []
  private var isUsed = false

  /// A folder to write to; makes it if need be, and tries whether files can be made in it.
  ///
  /// - Throws: `FileError`.
  public init(path: String) throws(FileError) {
    self.path = path
    var sofar = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      sofar += (sofar.isEmpty || sofar.hasSuffix("/") ? "" : "/") + part
      if mkdir(sofar, 0o777) == 0 {
        made.append(sofar)
        continue
      }
      // The question whether it is there has an error number of its own.
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

  /// Writes files, all of them whole or none at all, in place of those that have their names; leaves all others.
  ///
  /// Every file is complete on the disk before the first one gets its name.
  ///
  /// - Parameters:
  ///   - files: the files, the record among them.
  ///   - isCancelled: asked now and then until that moment; true ends the writing with `CancellationError`.
  /// - Throws: `FileError`, or what a file's own writing throws.
  public func write(_ files: [ReportFile], isCancelled: @escaping () -> Bool = { false }) throws {
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

  /// Those of some files that are in the folder.
  public func existing(among names: [String]) -> [String] { names.filter { access(path + "/" + $0, F_OK) == 0 } }

  /// Keeps the folder even if nothing more is written to it.
  func keep() { isUsed = true }

  private func removeFolders() {
    for folder in made.reversed() { rmdir(folder) }
    made = []
  }
}
