import TextFormats

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
  let calls: FileCalls
  private let isExchanged: Bool
  private let invocation: Invocation?
  private var made: [String] = []
  private var isUsed = false

  /// A folder to write to; creates it if necessary, and tests that files can be created in it.
  ///
  /// - Parameters:
  ///   - path: the path.
  ///   - calls: the system calls of publishing; tests pass calls that fail.
  ///   - isExchanged: false to publish by a journal even where the folder could be exchanged.
  ///   - invocation: the command that records of results state; with one, files that no record lists are not replaced.
  /// - Throws: `FileError`.
  package init(
    path: String, calls: FileCalls = .system, isExchanged: Bool = true, invocation: Invocation? = nil
  ) throws(FileError) {
    self.path = path
    self.calls = calls
    self.isExchanged = isExchanged
    self.invocation = invocation
    try makeFolders()
    do throws(FileError) {
      try AtomicFile(folder: path, name: "record.json").discard()
    } catch {
      removeFolders()
      throw FileError(path, code: error.code)
    }
  }

  deinit { if !isUsed { removeFolders() } }

  private func makeFolders() throws(FileError) {
    var sofar = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      sofar += (sofar.isEmpty || sofar.hasSuffix("/") ? "" : "/") + part
      if ByteText.withPath(sofar, { mkdir($0, 0o777) }) == 0 {
        made.append(sofar)
        continue
      }
      // The check for existence sets its own error number.
      let code = errno
      if code != EEXIST, code != EISDIR, ByteText.withPath(sofar, { access($0, F_OK) }) != 0 {
        removeFolders()
        throw FileError(sofar, code: code)
      }
    }
  }

  /// Tests that files can be written to a sub-folder: there is none yet, or it is a folder and not a link to one.
  ///
  /// - Throws: `FileError`.
  package func checkSubfolder(_ name: String) throws(FileError) {
    _ = try OpenFolder(path: path, calls: calls).subfolder(FileName(name))
  }

  /// Writes either all files, complete, or none, replacing files with the same names and removing those that only the
  /// earlier record of the same command lists; keeps all other files.
  ///
  /// The files are published in one step; see `Publication`.
  ///
  /// - Parameters:
  ///   - files: the files, the record among them. A name may have a sub-folder before it: `name/summary.csv`.
  ///   - isCancelled: called repeatedly until the files are published; true ends the writing with `CancellationError`.
  ///     Before the files are published, nothing has changed then; afterwards, `PublishedFolders` names the folder.
  /// - Returns: the paths of the removed files, relative to the folder.
  /// - Throws: `FileError`, `CancellationError`, or any error thrown while writing a file.
  @discardableResult
  package func write(_ files: [ReportFile], isCancelled: @escaping () -> Bool = { false }) throws -> [String] {
    // Another process may have removed folders that it had created and not used.
    try makeFolders()
    let published = PublishedFolders.count(in: path)
    defer { if PublishedFolders.count(in: path) > published { isUsed = true } }
    let removed = try Publication(path: path, calls: calls, isExchanged: isExchanged, invocation: invocation)
      .publish(files, isCancelled: isCancelled)
    // The files are complete, and the message of the interruption says so.
    if isCancelled() { throw CancellationError() }
    return removed
  }

  /// Refuses, before the work, to replace files of the user; see `ForeignFiles`.
  ///
  /// - Parameter names: the names of files that will be written.
  /// - Throws: `FileError`.
  package func requireOwn(_ names: [String]) throws(FileError) {
    try ForeignFiles.requireNone(
      of: names.map { $0.split(separator: "/").map { FileName(String($0)) } }, in: OpenFolder(path: path, calls: calls))
  }

  /// The given files that exist in the folder.
  package func existing(among names: [String]) -> [String] {
    names.filter { ByteText.withPath(path + "/" + $0) { access($0, F_OK) } == 0 }
  }

  /// Keeps the folder, to which another way of writing adds files.
  package func claim() { keep() }

  /// Keeps the folder even if nothing more is written to it.
  func keep() { isUsed = true }

  /// Takes back `keep`: what nothing was written to, and this object has made, is removed with it.
  func release() { isUsed = false }

  private func removeFolders() {
    for folder in made.reversed() { _ = ByteText.withPath(folder) { rmdir($0) } }
    made = []
  }
}

/// A results folder that is read: no process publishes in it meanwhile, and no publication in it is unfinished.
final class ReadFolder {
  let folder: OpenFolder

  /// Locks the folder for reading, after the publication of a process that was killed has been finished or taken back.
  ///
  /// - Returns: nil if there is no such folder.
  /// - Throws: `FileError`.
  init?(path: String, calls: FileCalls = .system) throws {
    do {
      var found = try Self.locked(path, calls)
      if try Self.isUnfinished(found) {
        // The lock must be released before the folder is settled under an exclusive one.
        found = try OpenFolder(path: path, calls: calls)
        try Publication(path: path, calls: calls).settle()
        found = try Self.locked(path, calls)
      }
      folder = found
    } catch let error as FileError where error.code == ENOENT {
      return nil
    }
  }

  /// Whether a publication in a folder has been interrupted.
  private static func isUnfinished(_ folder: OpenFolder) throws(FileError) -> Bool {
    do throws(FileError) {
      if try UndoJournal.exists(in: folder) { return true }
      return try folder.status(of: PublicationRecord.fileName) != nil
    } catch {
      throw error.ofReading
    }
  }

  private static func locked(_ path: String, _ calls: FileCalls) throws -> OpenFolder {
    do {
      return try OpenFolder.locked(path: path, calls: calls, shared: true)
    } catch let error as FileError {
      throw error.ofReading
    }
  }

  /// The status of an entry; nil if there is none.
  ///
  /// - Throws: `FileError`.
  func status(of name: FileName) throws(FileError) -> stat? {
    do throws(FileError) { return try folder.status(of: name) } catch { throw error.ofReading }
  }
}
