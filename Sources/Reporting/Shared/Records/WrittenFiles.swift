import TextFormats

extension JSON {
  /// The folder and the names of written files.
  static func written(_ names: [String], to folder: String?) -> [(key: String, value: JSON)] {
    [("folder", .optional(folder)), ("names", .array(names.map(JSON.string)))]
  }
}

extension ScreenText {
  /// The line that names the folder and the written files; none if nothing was written.
  package static func written(_ names: [String], to folder: String?) -> [String] {
    guard let folder, !names.isEmpty else { return [] }
    return ["\(TerminalText.path(folder)): \(shortened(names).joined(separator: ", "))"]
  }

  /// The names, with all files of a sub-folder as one: `charts (12 files)`.
  static func shortened(_ names: [String]) -> [String] {
    var shown: [String] = []
    var seen: Set<Substring> = []
    for name in names {
      guard let slash = name.firstIndex(of: "/") else {
        shown.append(name)
        continue
      }
      let folder = name[..<slash]
      guard seen.insert(folder).inserted else { continue }
      let count = names.count { $0.hasPrefix("\(folder)/") }
      shown.append("\(folder) (\(count == 1 ? "1 file" : "\(count) files"))")
    }
    return shown
  }
}
