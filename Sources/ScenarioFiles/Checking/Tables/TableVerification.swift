import Diagnostics

/// How many of the rows that the scenario reads from a table were not seen at their source.
struct TableVerification {
  var rows: Set<Int> = []
  var unverified: Set<Int> = []
  /// The first of these, or the table's first row.
  var place: SourcePlace
}

extension CheckContext {
  /// Counts rows of a table whose column `verified` says `no`; tables without that column are not counted.
  func countVerified(_ rows: [Int], in table: CSVTable) {
    guard let column = table.header.firstIndex(where: { $0.text == CommentColumns.verified.column }),
      let first = rows.first
    else { return }
    let unverified = rows.filter { table[$0, column].text == CommentColumns.verified.no }
    var found =
      verifications[table.file.path]
      ?? TableVerification(
        place: unverified.first.map { table.place(of: table[$0, column]) } ?? table.place(ofRow: first))
    found.rows.formUnion(rows)
    found.unverified.formUnion(unverified)
    verifications[table.file.path] = found
  }

  /// The warning about rows that were not seen at their source; empty if there are none.
  var verificationWarnings: [Diagnostic] {
    let tables = verifications.values.filter { !$0.unverified.isEmpty }
      .sorted { ($1.unverified.count, $0.place.file.path) < ($0.unverified.count, $1.place.file.path) }
    guard let first = tables.first else { return [] }
    let counts = tables.map { ($0.place, unverified: $0.unverified.count, rows: $0.rows.count) }
    return [
      Diagnostic(.unverifiedRows(counts, of: verifications.values.reduce(0) { $0 + $1.rows.count }), at: first.place)
    ]
  }
}
