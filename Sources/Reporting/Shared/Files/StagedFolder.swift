#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A new folder with the files of a result, written and made durable before any of them is published.
///
/// It is next to the results folder, or in it if the latter cannot be exchanged, and has a name that no one else uses.
/// The process holds its lock as long as it lives, so that others can tell a folder in use from what a dead process left.
final class StagedFolder {
  /// The beginning of the names of everything that the program keeps in folders of others.
  static let hiddenPrefix = ".loadcast-"

  let name: FileName
  let folder: OpenFolder
  let names: NameTree
  /// The files of the earlier result that are to be removed when this one is published.
  private(set) var obsolete: [[FileName]] = []
  /// The folder that contains it. It is reopened before the publication, since it may have been exchanged itself.
  var parent: OpenFolder
  private var isDone = false

  /// A new folder for the files of `base`, in `parent`.
  init(in parent: OpenFolder, for base: FileName, names: NameTree) throws(FileError) {
    self.parent = parent
    self.names = names
    for _ in 0..<100 {
      let digits = String(UInt64.random(in: .min ... .max), radix: 16)
      let name = FileName(Self.prefix(for: base) + digits)
      do throws(FileError) {
        try parent.makeFolder(name, mode: 0o700)
      } catch let error where error.code == EEXIST {
        continue
      }
      // Another process may have taken the new folder, not locked yet, for a leftover.
      if let folder = try parent.folder(name), try folder.lock(), let now = try parent.status(of: name),
        try now.isSame(as: folder.status())
      {
        self.name = name
        self.folder = folder
        do throws(FileError) {
          try PublicationRecord(staged: name, names: names).write(to: folder)
        } catch {
          discard()
          throw error
        }
        return
      }
    }
    throw FileError(parent.path, code: EEXIST)
  }

  deinit { discard() }

  /// The prefix of the names of staged folders of `base`, which does not make a long name longer.
  private static func prefix(for base: FileName) -> String { "\(hiddenPrefix)\(SealedFields.sum(base.bytes))-" }

  /// The names of the files, and of those that are to be removed.
  var replacedNames: NameTree { names.adding(obsolete) }

  /// Has files of the earlier result removed when this one is published.
  func replace(_ obsolete: [[FileName]]) throws(FileError) {
    guard !obsolete.isEmpty else { return }
    self.obsolete = obsolete
    try PublicationRecord(staged: name, names: replacedNames).replace(in: folder)
  }

  /// Writes the files, with the permissions and the owners of those that they replace; last records, and others that describe
  /// files.
  func write(
    _ files: [ReportFile], by invocation: Invocation?, replacing target: OpenFolder,
    isCancelled: @escaping () -> Bool
  ) throws {
    var result = WrittenResult(files: [], invocation: invocation)
    let isLast = { (file: ReportFile) in
      file.description != nil
        || file.name.split(separator: "/").last.map { ObsoleteFiles.isRecord(FileName(String($0))) } ?? false
    }
    for file in files.filter({ !isLast($0) }) + files.filter(isLast) {
      var (old, new) = (Optional(target), folder)
      let parts = file.name.split(separator: "/").map { FileName(String($0)) }
      for part in parts.dropLast() {
        old = try old?.subfolder(part)
        new = try new.madeFolder(part)
      }
      let name = parts[parts.count - 1]
      let path = "\(target.path)/\(file.name)"
      let existing = try old?.status(of: name)
      if let existing, !existing.isRegularFile, !existing.isLink {
        throw existing.isFolder
          ? FileError(path, code: EISDIR) : FileError(path, code: EEXIST, reason: AtomicFile.notRegular)
      }
      let descriptor = try new.create(name, shownAs: path)
      defer { close(descriptor) }
      if let existing, existing.isRegularFile { old?.adopt(name, existing, for: descriptor) }
      let writer = DescriptorWriter(descriptor, path: path, calls: folder.calls, isCancelled: isCancelled)
      if let description = file.description {
        try writer.write(description(result))
      } else {
        try file.write(writer)
      }
      try writer.seal()
      result.files.append(writer.written(as: file.name))
    }
    for name in names.folders.keys { try folder.folder(name)?.synchronise() }
    try folder.synchronise()
  }

  /// Ends the folder's life without removing anything, because it has become the results folder.
  func isPublished() { isDone = true }

  /// Makes the folder a staged one again, because the exchange has been taken back.
  func isTakenBack() { isDone = false }

  /// Removes the folder with its files.
  func discard() {
    if !isDone { try? parent.removeStaged(name) }
    isDone = true
  }

  /// Removes what processes that no longer exist have left in a folder: staged folders of `base` that are not locked.
  ///
  /// A folder without the record that it may be removed is left alone, unless it is empty.
  static func removeLeftovers(of base: FileName, in parent: OpenFolder) throws(FileError) {
    let prefix = Array(prefix(for: base).utf8)
    for name in try parent.names() where name.bytes.starts(with: prefix) {
      guard try parent.status(of: name)?.isFolder == true, let folder = try parent.folder(name), try folder.lock()
      else { continue }
      let isStaged = try PublicationRecord(in: folder)?.staged == name
      let isEmpty = try folder.names().allSatisfy { $0 == PublicationRecord.fileName }
      if isStaged || isEmpty { try parent.removeStaged(name) }
    }
  }
}

extension OpenFolder {
  /// A sub-folder that belongs to the result; nil if there is none yet.
  func subfolder(_ name: FileName) throws(FileError) -> OpenFolder? {
    guard let found = try status(of: name) else { return nil }
    if found.st_mode & S_IFMT == S_IFLNK {
      throw FileError(path(of: name), code: ENOTDIR, reason: "it is a symbolic link, not a folder")
    }
    guard found.isFolder else { throw FileError(path(of: name), code: ENOTDIR) }
    return try folder(name)
  }
}
