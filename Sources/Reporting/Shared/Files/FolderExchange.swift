#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Publication of a result by exchanging the staged folder with the results folder: one rename, before which everything is
/// old and after which everything is new.
///
/// Files of the results folder that do not belong to the result are linked into the staged folder before the exchange, so
/// that they are there all the time. Folders cannot be linked and are moved after it. If the process is killed before the
/// last one has been moved, the record in the new folder names the old one, and the next command moves the rest.
struct FolderExchange {
  /// The folder that contains both.
  let parent: OpenFolder
  /// The name of the results folder.
  let base: FileName
  /// The results folder, locked.
  let old: OpenFolder
  let staged: StagedFolder

  /// Exchanges the folders.
  ///
  /// - Returns: false if this is impossible here; the results folder is then unchanged.
  /// - Throws: `FileError`; the results folder is then unchanged.
  func exchange() throws(FileError) -> Bool {
    guard prepare() else { return false }
    try staged.folder.synchronise()
    do throws(FileError) {
      try parent.exchange(staged.name, with: base)
    } catch let error where error.code != ENOENT {
      // A mount point is busy, some file systems exchange nothing, and some do not rename folders of a lower layer.
      return false
    }
    staged.isPublished()
    return true
  }

  /// Links the other files into the staged folder, and gives it the owner and permissions of the results folder.
  ///
  /// Any failure leads to the other way of publishing, which needs neither.
  private func prepare() -> Bool {
    do throws(FileError) {
      try Self.link(old, into: staged.folder, except: staged.names)
      return true
    } catch {
      return false
    }
  }

  private static func link(_ old: OpenFolder, into new: OpenFolder, except names: NameTree) throws(FileError) {
    for name in try old.names() where !names.files.contains(name) && name != PublicationRecord.fileName {
      guard let found = try old.status(of: name) else { continue }
      if let tree = names.folders[name] {
        if let oldFolder = try old.folder(name), let newFolder = try new.folder(name) {
          try link(oldFolder, into: newFolder, except: tree)
        }
      } else if !found.isFolder {
        do throws(FileError) {
          try old.link(name, to: new, as: name)
        } catch let error where error.code == ENOENT {}
      }
    }
    try new.adoptOwner(of: old.status())
    try new.synchronise()
  }

  /// Moves what does not belong to the result from the old folder to the new one, and removes the old one.
  ///
  /// - Parameters:
  ///   - parent: the folder that contains both.
  ///   - new: the results folder, locked, with its record.
  ///   - record: the record.
  static func finish(in parent: OpenFolder, _ new: OpenFolder, _ record: PublicationRecord) throws(FileError) {
    if let old = try parent.folder(record.staged), try PublicationRecord(in: old)?.staged != record.staged {
      try parent.synchronise()
      try move(old, to: new, except: record.names)
      try new.synchronise()
      try parent.removeFolder(record.staged)
    }
    try new.removeFile(PublicationRecord.fileName)
    try new.synchronise()
  }

  private static func move(_ old: OpenFolder, to new: OpenFolder, except names: NameTree) throws(FileError) {
    for name in try old.names() {
      guard let found = try old.status(of: name) else { continue }
      if found.isFolder, let tree = names.folders[name] {
        if let oldFolder = try old.folder(name), let newFolder = try new.folder(name) {
          try move(oldFolder, to: newFolder, except: tree)
        }
        try old.removeFolder(name)
      } else if names.files.contains(name) || name == PublicationRecord.fileName {
        try old.removeFile(name)
      } else if let other = try new.status(of: name), other.isSame(as: found) {
        try old.removeFile(name)
      } else {
        // A folder, or a file that was created or replaced after the links had been made.
        try old.move(name, to: new, as: name)
      }
    }
  }
}
