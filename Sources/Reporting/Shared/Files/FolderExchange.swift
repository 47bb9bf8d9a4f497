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
/// that they are there all the time; obsolete files of the earlier result are not. Folders cannot be linked and are moved after it. If the process is killed before the
/// last one has been moved, the record in the new folder names the old one, and the next command moves the rest.
///
/// A folder with entries that cannot be moved (mount points, immutable files), or with attributes that the staged folder
/// does not have (access control lists), is not exchanged.
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
  /// Any failure, and anything that would not survive the exchange, leads to the other way of publishing, which needs neither.
  private func prepare() -> Bool {
    do throws(FileError) {
      return try Self.link(old, into: staged.folder, except: staged.replacedNames)
    } catch {
      return false
    }
  }

  private static func link(_ old: OpenFolder, into new: OpenFolder, except names: NameTree) throws(FileError) -> Bool {
    guard FileAttributes(of: old.descriptor) == FileAttributes(of: new.descriptor) else { return false }
    for name in try old.names() where name != PublicationRecord.fileName {
      guard let found = try old.status(of: name) else { continue }
      if try old.isFixed(name, found) { return false }
      if names.files.contains(name) { continue }
      if let tree = names.folders[name] {
        if let oldFolder = try old.folder(name) {
          // A sub-folder of which only obsolete files are removed is a new one with the others.
          guard try link(oldFolder, into: new.madeFolder(name), except: tree) else { return false }
        }
      } else if !found.isFolder {
        do throws(FileError) {
          try old.link(name, to: new, as: name)
        } catch let error where error.code == ENOENT {}
      }
    }
    try new.adoptOwner(of: old.status())
    try new.synchronise()
    return true
  }

  /// Moves what does not belong to the result from the old folder to the new one, and removes the old one.
  ///
  /// If something cannot be moved, everything is taken back: the old folder becomes the results folder again, with all its
  /// entries, so that the user's files are never left in a hidden folder.
  ///
  /// - Parameters:
  ///   - parent: the folder that contains both.
  ///   - base: the name of the results folder.
  ///   - new: the results folder, locked, with its record.
  ///   - record: the record.
  /// - Returns: false if the exchange was taken back; the new folder then has its former name.
  static func finish(
    in parent: OpenFolder, base: FileName, _ new: OpenFolder, _ record: PublicationRecord
  ) throws(FileError) -> Bool {
    if let old = try parent.folder(record.staged), try PublicationRecord(in: old)?.staged != record.staged {
      try parent.synchronise()
      do throws(FileError) {
        try gather(old, into: new, except: record.names)
      } catch {
        do throws(FileError) {
          try giveBack(new, to: old, except: record.names)
          try old.synchronise()
          try parent.exchange(record.staged, with: base)
        } catch let other {
          throw other.code == ENOSYS ? error : other
        }
        return false
      }
      try move(old, to: new, except: record.names)
      try new.synchronise()
      try parent.removeFolder(record.staged)
    }
    new.removeEmptyFolders(of: record.names)
    try new.removeFile(PublicationRecord.fileName)
    try new.synchronise()
    return true
  }

  /// Moves the folders of others, and files that were created or replaced after the links had been made, to the new folder.
  private static func gather(_ old: OpenFolder, into new: OpenFolder, except names: NameTree) throws(FileError) {
    for name in try old.names() where !names.files.contains(name) && name != PublicationRecord.fileName {
      guard let found = try old.status(of: name) else { continue }
      if found.isFolder, let tree = names.folders[name] {
        if let oldFolder = try old.folder(name), let newFolder = try new.folder(name) {
          try gather(oldFolder, into: newFolder, except: tree)
        }
      } else if try new.status(of: name)?.isSame(as: found) != true {
        try old.move(name, to: new, as: name)
      }
    }
  }

  /// Moves what `gather` has moved back to the old folder.
  private static func giveBack(_ new: OpenFolder, to old: OpenFolder, except names: NameTree) throws(FileError) {
    for name in try new.names() where !names.files.contains(name) && name != PublicationRecord.fileName {
      if let tree = names.folders[name] {
        if let oldFolder = try old.folder(name), let newFolder = try new.folder(name) {
          try giveBack(newFolder, to: oldFolder, except: tree)
        }
      } else if try old.status(of: name) == nil {
        try new.move(name, to: old, as: name)
      }
    }
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
        // Created since the others were moved.
        try old.move(name, to: new, as: name)
      }
    }
  }
}

extension OpenFolder {
  /// Removes the sub-folders of a tree that have become empty; others cannot be removed, and stay.
  func removeEmptyFolders(of tree: NameTree) {
    for (name, inner) in tree.folders {
      if let folder = try? folder(name) { folder.removeEmptyFolders(of: inner) }
      try? removeFolder(name)
    }
  }
}
