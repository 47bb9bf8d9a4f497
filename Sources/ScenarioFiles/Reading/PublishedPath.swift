import TextFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Paths as results state them: none begins with `/`, since that would say where the files of this machine are.
package enum PublishedPath {
  /// A path relative to the working directory if it is below that, else relative to a folder, else the name alone. A relative
  /// path is unchanged.
  ///
  /// - Parameters:
  ///   - path: the path.
  ///   - base: the folder; nil if there is none.
  package static func text(of path: String, base: String? = nil) -> String {
    guard path.hasPrefix("/") else { return path }
    // The file itself need not exist, and a link keeps its own name.
    let parent = ScenarioFolder.parent(of: path)
    let name = path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    let whole = name.isEmpty ? real(path) : real(parent).map { $0 == "/" ? "/" + name : "\($0)/\(name)" }
    for folder in [".", base].compactMap(\.self) {
      guard let whole, let root = real(folder) else { continue }
      if whole == root { return "." }
      let prefix = root == "/" ? root : root + "/"
      // Everything is below the root folder, which is therefore no place to name paths from.
      if prefix != "/", whole.utf8.starts(with: prefix.utf8) {
        return String(decoding: whole.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
      }
    }
    return path.split(separator: "/").last.map(String.init) ?? "."
  }

  private static func real(_ path: String) -> String? {
    guard let resolved = ByteText.withPath(path, { realpath($0, nil) }) else { return nil }
    defer { free(resolved) }
    return ByteText.text(of: UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)))
  }
}
