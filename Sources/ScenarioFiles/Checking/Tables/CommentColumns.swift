/// Columns of tables that are written for human readers; results do not depend on them.
enum CommentColumns {
  /// The source of a row, in words, and a remark.
  static let text = ["source", "note"]
  /// The source's address (a DOI as `https://doi.org/…`), the date on which it was read, the page or table in it, `yes`
  /// if the figure was seen there, and the licence of the data.
  static let provenance = ["url", "accessed", "page", "verified", "licence"]
  static let all = text + provenance
}
