#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Files of the user that have the names of files of a result.
///
/// A result replaces files that a record in its folder lists: those of an earlier result. Any other file of the same name is
/// the user's, and the command is refused.
enum ForeignFiles {
  /// Refuses to replace files that no record lists.
  ///
  /// - Parameters:
  ///   - paths: the paths of the new files, relative to the folder.
  ///   - folder: the results folder.
  /// - Throws: `FileError` for the first file of the user.
  static func requireNone(of paths: [[FileName]], in folder: OpenFolder) throws(FileError) {
    var listed: Set<[FileName]>?
    for path in paths {
      var parent: OpenFolder? = folder
      for name in path.dropLast() { parent = try parent?.subfolder(name) }
      // Folders, devices, pipes and sockets are refused when the files are written.
      guard let parent, let last = path.last, let found = try parent.status(of: last),
        found.isRegularFile || found.isLink
      else { continue }
      if listed == nil { listed = try ObsoleteFiles.listed(in: folder) }
      if listed?.contains(path) != true {
        throw FileError(
          parent.path(of: last), code: EEXIST,
          reason: "it exists, and no record of a result lists it; move it, or choose another folder with --out")
      }
    }
  }
}
