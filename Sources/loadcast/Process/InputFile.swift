import Modeling

/// A file named on the command line.
enum InputFile {
  /// - Throws: `MissingInput` unless the file is there and can be read.
  static func requireReadable(_ path: String) throws(MissingInput) {
    var state = stat()
    guard stat(path, &state) == 0 else { throw MissingInput(path, code: errno, nearest: nearest(to: path)) }
    guard state.st_mode & S_IFMT != S_IFDIR else { throw MissingInput(path, code: EISDIR, nearest: nil) }
    guard access(path, R_OK) == 0 else { throw MissingInput(path, code: errno, nearest: nil) }
  }

  /// The file of the same folder whose name is nearest.
  private static func nearest(to path: String) -> String? {
    let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let folder = path[..<cut]
    guard let listing = opendir(folder.isEmpty ? "." : String(folder)) else { return nil }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return NearestName.of(String(path[cut...]), among: names.sorted()).map { folder + $0 }
  }
}

/// A file named on the command line that cannot be read.
struct MissingInput: Error, CustomStringConvertible {
  var path: String
  var code: Int32
  var nearest: String?

  init(_ path: String, code: Int32, nearest: String?) {
    self.path = path
    self.code = code
    self.nearest = nearest
  }

  var description: String {
    "cannot read \(path): \(String(cString: strerror(code)))" + (nearest.map { "\n  did you mean: \($0)" } ?? "")
  }
}
