#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Publication of a result in a folder that cannot be exchanged: a mount point, the working directory, a file system
/// without exchange.
///
/// The journal is a folder in the results folder. It has the new files, the old files under second names, and, once both
/// are complete and durable, the list of them. Then the new files are renamed into place one by one, and obsolete files of
/// the earlier result are removed. Without the list, nothing has been replaced; with it, everything that has been replaced
/// is put back. Removing the list completes the publication, so that whatever happens, the next command finds a folder
/// that is wholly old or wholly new.
struct UndoJournal {
  static let folderName: FileName = ".loadcast-undo"
  private static let listName: FileName = "list"
  private static let draftName: FileName = "list.part"
  private static let mostBytes = 1 << 24

  /// What is done to a file.
  private enum Change: UInt8 {
    /// A new file that replaces none, or one: `0`, `1` in the list.
    case created = 48
    case replaced
    /// An obsolete file without a new one: `2`.
    case removed
  }

  /// A file: its path, what is done to it, and the inode of the new or the removed file.
  private struct Entry {
    var path: [FileName]
    var change: Change
    var inode: UInt64
  }

  private let target: OpenFolder
  private let journal: OpenFolder

  /// Publishes staged files in a folder.
  ///
  /// - Parameters:
  ///   - staged: the files.
  ///   - target: the results folder, locked, without a journal.
  ///   - isCancelled: true before the publication is complete takes everything back.
  /// - Throws: `FileError` or `CancellationError`; the results folder is then as before, or will be after the next
  ///   command.
  static func publish(_ staged: StagedFolder, in target: OpenFolder, isCancelled: () -> Bool = { false }) throws {
    try target.makeFolder(folderName, mode: 0o700)
    let undo = UndoJournal(target: target, journal: try OpenFolder(folderName, in: target))
    do {
      let entries = try undo.collect(staged)
      try undo.writeList(entries)
      for (number, entry) in entries.enumerated() {
        if isCancelled() { throw CancellationError() }
        let last = entry.path[entry.path.count - 1]
        if entry.change == .removed {
          try undo.folder(of: entry.path)?.removeFile(last)
        } else {
          try undo.journal.move(name("new", number), to: undo.madeFolder(of: entry), as: last)
        }
      }
      for entry in entries where entry.path.count > 1 { try undo.folder(of: entry.path)?.synchronise() }
      try target.synchronise()
      if isCancelled() { throw CancellationError() }
      try undo.journal.removeFile(listName)
    } catch {
      try? settle(target)
      throw error
    }
    try? undo.journal.synchronise()
    try? settle(target)
    target.removeEmptyFolders(of: NameTree().adding(staged.obsolete))
  }

  /// Puts back what an unfinished publication has replaced, and removes its journal.
  ///
  /// - Parameter target: the results folder, locked.
  static func settle(_ target: OpenFolder) throws(FileError) {
    guard let journal = try target.folder(folderName) else { return }
    let undo = UndoJournal(target: target, journal: journal)
    if let bytes = try journal.read(listName, limit: mostBytes) {
      guard let entries = entries(of: bytes) else {
        throw FileError(journal.path(of: listName), code: EINVAL, reason: "the list of replaced files is damaged")
      }
      try undo.takeBack(entries)
      try journal.removeFile(listName)
      try journal.synchronise()
    }
    for name in try journal.names() where name == draftName || isNumbered(name) { try journal.removeFile(name) }
    do throws(FileError) {
      try target.removeFolder(folderName)
    } catch let error where error.code == ENOTEMPTY || error.code == EEXIST {
      // Someone else's files are in it.
      throw FileError(journal.path, code: error.code, reason: "the folder has files that are not of this program")
    }
  }

  /// True if a folder has a journal, which means that its files may be of two results.
  static func exists(in folder: OpenFolder) throws(FileError) -> Bool { try folder.status(of: folderName) != nil }

  private static func name(_ kind: String, _ number: Int) -> FileName { FileName("\(kind)-\(number)") }

  private static func isNumbered(_ name: FileName) -> Bool {
    let parts = name.text.split(separator: "-")
    return parts.count == 2 && ["new", "old"].contains(parts[0]) && Int(parts[1]) != nil
  }

  /// The folder of a file, created if there is none.
  private func madeFolder(of entry: Entry) throws(FileError) -> OpenFolder {
    var folder = target
    for name in entry.path.dropLast() { folder = try folder.madeFolder(name) }
    return folder
  }

  /// The folder of a file; nil if there is none.
  private func folder(of path: [FileName]) throws(FileError) -> OpenFolder? {
    var folder: OpenFolder? = target
    for name in path.dropLast() { folder = try folder?.subfolder(name) }
    return folder
  }

  /// Moves the new files to the journal, and gives the old ones second names in it.
  private func collect(_ staged: StagedFolder) throws(FileError) -> [Entry] {
    var entries: [Entry] = []
    for (number, path) in staged.names.paths.enumerated() {
      var source = staged.folder
      for name in path.dropLast() { source = try OpenFolder(name, in: source) }
      let last = path[path.count - 1]
      try source.transfer(last, to: journal, as: Self.name("new", number))
      var entry = Entry(path: path, change: .created, inode: 0)
      entry.inode = UInt64(try journal.status(of: Self.name("new", number))?.st_ino ?? 0)
      if let folder = try folder(of: path), let found = try folder.status(of: last) {
        if found.isFolder { throw FileError(folder.path(of: last), code: EISDIR) }
        try folder.keep(last, in: journal, as: Self.name("old", number))
        entry.change = .replaced
      }
      entries.append(entry)
    }
    for path in staged.obsolete {
      let last = path[path.count - 1]
      guard let folder = try folder(of: path), let found = try folder.status(of: last) else { continue }
      try folder.keep(last, in: journal, as: Self.name("old", entries.count))
      entries.append(Entry(path: path, change: .removed, inode: UInt64(found.st_ino)))
    }
    return entries
  }

  /// Writes the list, whole or not at all; from then on there is something to take back.
  private func writeList(_ entries: [Entry]) throws(FileError) {
    let fields = entries.flatMap { entry in
      [
        Array(entry.path.map(\.bytes).joined(separator: [UInt8(ascii: "/")])), [entry.change.rawValue],
        Array("\(entry.inode)".utf8),
      ]
    }
    try journal.write(SealedFields.bytes(of: fields), to: Self.draftName)
    try journal.move(Self.draftName, to: journal, as: Self.listName)
    try journal.synchronise()
    try target.synchronise()
  }

  private static func entries(of bytes: [UInt8]) -> [Entry]? {
    guard let fields = SealedFields.fields(of: bytes), fields.count % 3 == 0 else { return nil }
    var entries: [Entry] = []
    for start in stride(from: 0, to: fields.count, by: 3) {
      let parts = fields[start].split(separator: UInt8(ascii: "/")).map { FileName(bytes: Array($0)) }
      guard !parts.isEmpty, let change = fields[start + 1].first.flatMap({ Change(rawValue: $0) }) else { return nil }
      entries.append(
        Entry(
          path: parts, change: change, inode: UInt64(String(decoding: fields[start + 2], as: UTF8.self)) ?? 0))
    }
    // A folder from someone else may have a list that names files outside it.
    return entries.allSatisfy { !$0.path.isEmpty && $0.path.allSatisfy(\.isValid) } ? entries : nil
  }

  /// Puts old files back and removes new ones. A file that someone has replaced since is left alone.
  private func takeBack(_ entries: [Entry]) throws(FileError) {
    for (number, entry) in entries.enumerated() {
      // The new file is still in the journal: nothing was replaced.
      if try journal.status(of: Self.name("new", number)) != nil { continue }
      guard let folder = try folder(of: entry.path) else { continue }
      let last = entry.path[entry.path.count - 1]
      let current = try folder.status(of: last)
      if let current, UInt64(current.st_ino) != entry.inode || entry.change == .removed { continue }
      if entry.change != .created {
        if try journal.status(of: Self.name("old", number)) != nil {
          try journal.move(Self.name("old", number), to: folder, as: last)
        }
      } else if current != nil {
        try folder.removeFile(last)
      }
      guard entry.path.count > 1 else { continue }
      try folder.synchronise()
      // A sub-folder that the publication has created is empty now.
      if entry.change == .created { try? target.removeFolder(entry.path[0]) }
    }
    try target.synchronise()
  }
}
