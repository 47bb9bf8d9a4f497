import TextFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A result's way to its folder: written to a new folder, made durable, and published in one step.
///
/// Whatever fails, and wherever the process is killed, the results folder has either all files of the old result or all
/// of the new one, at once where folders can be exchanged, and otherwise after the next command for the folder. Files of
/// the old result that the new one does not have are removed (`ObsoleteFiles`); files and folders that do not belong to
/// the result are kept. Of several processes, one publishes after the other.
struct Publication {
  /// The results folder, which exists.
  let path: String
  let calls: FileCalls
  /// False to publish by a journal even where the folder could be exchanged.
  var isExchanged = true
  /// The command that the record of the result states.
  var invocation: Invocation?

  /// Where the results folder is.
  private struct Place {
    var real: String
    var parent: String
    var base: FileName
    /// False if the folder is known not to be exchangeable.
    var isExchangeable: Bool
  }

  /// Writes and publishes the files.
  ///
  /// - Returns: the paths of the removed files of an earlier result, relative to the folder.
  /// - Throws: `FileError`, `CancellationError`, or an error of writing a file.
  func publish(_ files: [ReportFile], isCancelled: @escaping () -> Bool) throws -> [String] {
    let names = try NameTree(of: files.map(\.name), in: path)
    // What a dead process left is cleared first: it may fill the disk.
    try settle(isCancelled: isCancelled)
    let place = try self.place()
    let staged = try stage(files, names, at: place, isCancelled)
    try withLocks(place, isCancelled) { parent, folder in
      if isCancelled() { throw CancellationError() }
      if invocation != nil { try ForeignFiles.requireNone(of: names.paths, in: folder) }
      // Another process may have published a result since this one began to write its own.
      try staged.replace(ObsoleteFiles.paths(in: folder, replacedBy: names))
      var isDone = false
      if place.isExchangeable, let parent {
        staged.parent = parent
        isDone = try FolderExchange(parent: parent, base: place.base, old: folder, staged: staged).exchange()
      } else if !place.isExchangeable {
        staged.parent = folder
      }
      if isDone, let parent { isDone = try finish(staged, at: place, in: parent) }
      if !isDone { try UndoJournal.publish(staged, in: folder, isCancelled: isCancelled) }
      PublishedFolders.add(path)
    }
    return staged.obsolete.map { $0.map(\.text).joined(separator: "/") }
  }

  /// Completes an exchange.
  ///
  /// - Returns: false if it was taken back, because entries of the old folder cannot be moved.
  private func finish(_ staged: StagedFolder, at place: Place, in parent: OpenFolder) throws -> Bool {
    do throws(FileError) {
      let isFinished = try FolderExchange.finish(
        in: parent, base: place.base, staged.folder,
        PublicationRecord(staged: staged.name, names: staged.replacedNames))
      if !isFinished { staged.isTakenBack() }
      return isFinished
    } catch {
      PublishedFolders.add(path)
      let rest = parent.path(of: staged.name)
      throw FileError(
        error.path, code: error.code,
        reason: "\(error.reasonText). The new files are in \(TerminalText.path(path)); sub-folders that were in it "
          + "may still be in \(TerminalText.path(rest)), from where the next command moves them")
    }
  }

  /// Finishes or takes back a publication that a killed process has not completed, and removes what it left.
  func settle(isCancelled: () -> Bool = { false }) throws {
    try withLocks(try place(), isCancelled) { _, _ in }
  }

  private func stage(
    _ files: [ReportFile], _ names: NameTree, at place: Place, _ isCancelled: @escaping () -> Bool
  ) throws -> StagedFolder {
    let target = try OpenFolder(path: path, calls: calls)
    let staged =
      place.isExchangeable
      ? try StagedFolder(in: OpenFolder(path: place.parent, calls: calls), for: place.base, names: names)
      : try StagedFolder(in: target, for: ".", names: names)
    try staged.write(files, by: invocation, replacing: target, isCancelled: isCancelled)
    return staged
  }

  /// Calls `body` with the containing folder and the results folder, both locked, after unfinished work has been settled.
  ///
  /// The containing folder is locked for sharing, so that it is not exchanged itself at the same time; it is nil if it
  /// cannot be read. Locks are taken from the top down, so that processes do not wait for each other in a circle.
  private func withLocks(
    _ place: Place, _ isCancelled: () -> Bool, _ body: (OpenFolder?, OpenFolder) throws -> Void
  ) throws {
    var parent: OpenFolder?
    do {
      parent = try OpenFolder.locked(path: place.parent, calls: calls, shared: true, isCancelled: isCancelled)
    } catch let error as FileError where error.code == EACCES {
      parent = nil
    }
    // Another process may have removed the folder that it had made and not used.
    if FileName(place.real).withPointer({ mkdir($0, 0o777) }) != 0, errno == ENOENT {
      throw FileError(path, code: ENOENT)
    }
    var folder = try OpenFolder.locked(path: place.real, calls: calls, isCancelled: isCancelled)
    try UndoJournal.settle(folder)
    if let parent {
      if let record = try PublicationRecord(in: folder),
        try !FolderExchange.finish(in: parent, base: place.base, folder, record)
      {
        // The old folder is the results folder again.
        folder = try OpenFolder.locked(path: place.real, calls: calls, isCancelled: isCancelled)
      }
      try StagedFolder.removeLeftovers(of: place.base, in: parent)
    }
    try StagedFolder.removeLeftovers(of: ".", in: folder)
    try body(parent, folder)
  }

  private func place() throws(FileError) -> Place {
    guard let resolved = ByteText.withPath(path, { realpath($0, nil) }) else { throw FileError(path) }
    defer { free(resolved) }
    let bytes = Array(UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)))
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")), slash + 1 < bytes.count else {
      return Place(real: "/", parent: "/", base: ".", isExchangeable: false)
    }
    let real = ByteText.text(of: bytes)
    let parent = slash == 0 ? "/" : ByteText.text(of: bytes[..<slash])
    var (inside, outside) = (stat(), stat())
    let areFound =
      FileName(real).withPointer { stat($0, &inside) } == 0 && FileName(parent).withPointer { stat($0, &outside) } == 0
    let isWritable = FileName(parent).withPointer { access($0, R_OK | W_OK | X_OK) } == 0
    return Place(
      real: real, parent: parent, base: FileName(bytes: Array(bytes[(slash + 1)...])),
      isExchangeable: isExchanged && areFound && inside.st_dev == outside.st_dev && isWritable
        && !isWorkingDirectory(bytes) && !hasAttributes(real))
  }

  /// True if users have given the folder attributes, such as an access control list, which new files in it inherit.
  private func hasAttributes(_ real: String) -> Bool {
    let descriptor = FileName(real).withPointer { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return FileAttributes(of: descriptor).isSetByUsers
  }

  /// True if the working directory is the folder or below it: it would no longer be where the shell believes it is.
  private func isWorkingDirectory(_ folder: [UInt8]) -> Bool {
    guard let current = getcwd(nil, 0) else { return true }
    defer { free(current) }
    let bytes = Array(UnsafeRawBufferPointer(start: current, count: strlen(current)))
    return bytes == folder || bytes.starts(with: folder + [UInt8(ascii: "/")])
  }
}
