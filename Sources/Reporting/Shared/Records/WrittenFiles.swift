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
    return ["\(TerminalText.path(folder)): \(names.joined(separator: ", "))"]
  }
}
