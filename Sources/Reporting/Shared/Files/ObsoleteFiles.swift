import Foundation
import TextFormats

/// The files of the earlier result in a folder that a new result of the same command does not have.
///
/// They would be mixed with the new result: its record does not describe them. They are those that the earlier record
/// lists, and no other file is ever removed: not one that another command's record lists too, not a record, not a link
/// or a folder, not an immutable file, and not a file changed after the earlier record, which is the last file of a
/// result.
enum ObsoleteFiles {
  /// More bytes than a record has.
  private static let mostBytes = 1 << 28

  /// The paths of the obsolete files.
  ///
  /// - Parameters:
  ///   - folder: the results folder, locked.
  ///   - names: the files of the new result.
  /// - Throws: `FileError`.
  static func paths(in folder: OpenFolder, replacedBy names: NameTree) throws(FileError) -> [[FileName]] {
    var paths: [[FileName]] = []
    for record in names.files where isRecord(record) {
      for path in try earlier(record, in: folder) where !names.conflicts(with: path) && !paths.contains(path) {
        paths.append(path)
      }
    }
    // A result in a sub-folder, as that of an exported notebook.
    for (name, tree) in names.folders {
      guard let inner = try folder.subfolder(name) else { continue }
      for path in try self.paths(in: inner, replacedBy: tree) { paths.append([name] + path) }
    }
    return paths
  }

  /// True for `record.json` and `COMMAND-record.json`.
  static func isRecord(_ name: FileName) -> Bool { name == "record.json" || name.text.hasSuffix("-record.json") }

  /// The unchanged files that only this record lists.
  private static func earlier(_ record: FileName, in folder: OpenFolder) throws(FileError) -> [[FileName]] {
    guard let written = try folder.status(of: record), written.isRegularFile else { return [] }
    var paths: [[FileName]] = []
    for path in try listed(in: record, of: folder) {
      guard let last = path.last, !isRecord(last), let parent = try parent(of: path, in: folder),
        let found = try parent.status(of: last), found.isRegularFile, !found.isChanged(after: written),
        try !parent.isFixed(last, found)
      else { continue }
      paths.append(path)
    }
    if paths.isEmpty { return [] }
    for other in try folder.names() where isRecord(other) && other != record {
      let kept = try listed(in: other, of: folder)
      paths.removeAll { kept.contains($0) }
    }
    return paths
  }

  /// The paths that the records in a folder list, and their own.
  ///
  /// - Throws: `FileError`.
  static func listed(in folder: OpenFolder) throws(FileError) -> Set<[FileName]> {
    var paths: Set<[FileName]> = []
    for record in try folder.names() where isRecord(record) {
      guard try folder.status(of: record)?.isRegularFile == true, let own = try content(of: record, of: folder) else {
        continue
      }
      paths.formUnion([[record]] + own)
    }
    return paths
  }

  /// The paths that a record lists; none if this is not a record.
  ///
  /// - Throws: `FileError`, also if it may not be read: the files of a result that is not known would stay among the new.
  private static func listed(in record: FileName, of folder: OpenFolder) throws(FileError) -> [[FileName]] {
    try content(of: record, of: folder) ?? []
  }

  /// The paths that a record lists; nil if this is not a record.
  private static func content(of record: FileName, of folder: OpenFolder) throws(FileError) -> [[FileName]]? {
    let bytes: [UInt8]?
    do throws(FileError) {
      bytes = try folder.read(record, limit: mostBytes)
    } catch let error where error.isAboutKind {
      return nil
    }
    guard let bytes, let json = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
      (json["engine"] as? String)?.hasPrefix("loadcast ") == true
    else { return nil }
    // Records of earlier versions list names.
    let files = json["files"] as? [Any] ?? []
    return files.compactMap { ($0 as? String) ?? ($0 as? [String: Any])?["path"] as? String }.compactMap(path)
  }

  /// The names of a path; nil if it is not one of a file that a result may have in its folder.
  private static func path(_ text: String) -> [FileName]? {
    let names = ByteText.bytes(of: text).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { FileName(bytes: Array($0)) }
    // No file of a result is hidden.
    return names.allSatisfy { $0.isValid && $0.bytes.first != UInt8(ascii: ".") } ? names : nil
  }

  /// The folder that contains a file; nil if there is none.
  private static func parent(of path: [FileName], in folder: OpenFolder) throws(FileError) -> OpenFolder? {
    var folder = folder
    for name in path.dropLast() {
      guard try folder.status(of: name)?.isFolder == true, let next = try folder.folder(name) else { return nil }
      folder = next
    }
    return folder
  }
}

extension stat {
  /// True if the file's bytes were written after those of another one.
  fileprivate func isChanged(after other: stat) -> Bool {
    #if canImport(Darwin)
    let (own, others) = (st_mtimespec, other.st_mtimespec)
    #else
    let (own, others) = (st_mtim, other.st_mtim)
    #endif
    return (own.tv_sec, own.tv_nsec) > (others.tv_sec, others.tv_nsec)
  }
}
