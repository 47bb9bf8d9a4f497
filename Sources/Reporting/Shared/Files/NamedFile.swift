/// Files that a command reads or writes by name.
package enum NamedFile {
  /// The text of a regular file; nil if it cannot be read, or is larger than a limit in bytes.
  package static func read(_ path: String, limit: Int) -> String? {
    guard let folder = try? OpenFolder(path: parts(path).folder, calls: .system),
      let bytes = (try? folder.read(FileName(parts(path).name), limit: limit)).flatMap({ $0 })
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes a file that appears complete or not at all, in place of any with its name.
  ///
  /// - Throws: `FileError`.
  package static func write(_ text: String, to path: String) throws {
    let (folder, name) = parts(path)
    let file = try AtomicFile(folder: folder, name: name)
    try file.write(text)
    try file.seal()
    try file.publish()
  }

  private static func parts(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
  }
}
