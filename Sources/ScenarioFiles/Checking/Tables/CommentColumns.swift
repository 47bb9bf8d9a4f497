/// Columns of tables that are written for human readers; results do not depend on them.
enum CommentColumns {
  /// The source of a row, in words, and a remark.
  static let text = ["source", "note"]
  /// The source's address (a DOI as `https://doi.org/…`), the date on which it was read, the page or table in it, `yes`
  /// if the figure was seen there, and the licence of the data.
  static let provenance = ["url", "accessed", "page", "verified", "licence"]
  /// All of them.
  static let all = text + provenance
  /// The column that says whether a row's figure was seen at its source, and its text where it was not.
  static let verified = (column: "verified", no: "no")
}
