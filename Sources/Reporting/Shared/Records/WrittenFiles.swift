import TextFormats

extension JSON {
  /// The folder and the names of written files.
  static func written(_ names: [String], to folder: String?) -> [(key: String, value: JSON)] {
    [("folder", .optional(folder)), ("names", .array(names.map(JSON.string)))]
  }
}
