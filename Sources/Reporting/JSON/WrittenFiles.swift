extension JSON {
  /// Where files were written, and what they are called.
  static func written(_ names: [String], to folder: String?) -> [(key: String, value: JSON)] {
    [("folder", .optional(folder)), ("names", .array(names.map(JSON.string)))]
  }
}
