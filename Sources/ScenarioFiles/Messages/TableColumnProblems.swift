import Diagnostics

/// Columns and rows of tables with the values of inputs.
extension Problem {
  // MARK: Columns

  /// `columns:` that is not a mapping.
  static func notColumnNames(found: String) -> Problem {
    Problem(KeyCode.type, "`columns` is not a mapping of column names", expected: "`{low: lo90}`", found: found)
  }

  /// A key of `columns:` that has no meaning.
  static func meaninglessColumn(_ name: String, known: [String], nearest: String?) -> Problem {
    Problem(
      TableCode.unknownColumn, "a table has no use for a column `\(name)`",
      expected: known.joined(separator: ", "), suggestion: nearest)
  }

  /// A column named in `columns:` that the table does not have; `description` is its text in backticks.
  static func lackingColumn(_ description: String, columns: [String], nearest: String?) -> Problem {
    Problem(
      TableCode.missingColumn, "the table has no column \(description)",
      expected: columns.joined(separator: ", "), suggestion: nearest)
  }

  /// Columns of a table that have no meaning.
  static func unknownColumns(_ names: [String], known: [String], nearest: String?) -> Problem {
    let shown = names.prefix(8).map { "`\($0)`" } + (names.count > 8 ? ["…"] : [])
    return Problem(
      TableCode.unknownColumn,
      names.count == 1
        ? "the table has a column with the unknown name `\(names[0])`"
        : "the table has \(names.count) columns with unknown names: \(shown.joined(separator: ", "))",
      expected: known.joined(separator: ", "), suggestion: nearest,
      advice: "`columns: {low: lo90}` in the input reads `low` from the column `lo90`, and `columns: {note: "
        + "\(names[0])}` keeps a column as a note")
  }

  /// A table without a column for an index of the input.
  static func lackingIndexColumn(_ index: String, of input: String, indexes: String) -> Problem {
    Problem(
      TableCode.missingColumn, "the table has no column for the index `\(index)`",
      expected: "a column for each index of `\(input)`: \(indexes)")
  }

  /// A table without a column of values.
  static let lackingValueColumn = Problem(
    TableCode.missingColumn, "the table has no column of values", expected: "a column `value`, or `low` and `high`")

  /// A table with `low` or `high`, but not both; `given` is the one that it has.
  static func lackingIntervalColumn(given: String) -> Problem {
    Problem(
      TableCode.missingColumn, "the table has only one end of its intervals", expected: "`low` and `high`",
      found: "`\(given)`")
  }

  /// A table with single values and with intervals.
  static let valueAndInterval = Problem(
    TableCode.conflict, "the table has a column `value` as well as `low` or `high`",
    expected: "`value`, or `low` and `high`")

  /// An input with two rules for cells without a row.
  static func missingAndInterpolate(interpolate: SourcePlace) -> Problem {
    Problem(
      TableCode.conflict, "`missing` and `interpolate` both give values to cells without a row",
      expected: "one of them", notes: [.init("`interpolate` is here", at: interpolate)])
  }

  // MARK: Rows

  /// Two rows with the same labels, `year=2025`.
  static func repeatedRow(_ labels: String, first: SourcePlace) -> Problem {
    Problem(TableCode.repeatedRow, "a second row for \(labels)", notes: [.init("the first is here", at: first)])
  }

  /// A table all of whose rows are outside the indexes.
  static func noRowInside(_ input: String) -> Problem {
    Problem(TableCode.missingRow, "no row of this table belongs to a cell of `\(input)`")
  }

  /// Cells without a row; `examples` are up to three of them.
  static func lackingRows(_ count: Int, of input: String, examples: [String]) -> Problem {
    Problem(
      TableCode.missingRow, "the table has no row for \(count == 1 ? "a cell" : "\(count) cells") of `\(input)`",
      found: "no row for \(examples.joined(separator: "; "))\(count > examples.count ? " …" : "")",
      advice: "`missing: 0` gives such cells a value; `interpolate: linear` fills them between anchor points, and "
        + "`extrapolate: hold` beyond them")
  }

  /// A row with a blank field; `isEndOfInterval` if the row would be left out without both ends.
  static func lackingField(_ column: String, isEndOfInterval: Bool) -> Problem {
    Problem(
      TableCode.missingValue, "this row has no `\(column)`",
      advice: isEndOfInterval
        ? "an interval has both ends or neither; a row with neither is left out"
        : "a row without a value is left out if the input has `missing:` or `interpolate:`")
  }

  /// A row without a label.
  static func blankLabel(_ index: String, labels: [String]) -> Problem {
    Problem(
      TableCode.missingValue, "this row has no label of `\(index)`", expected: labelList(labels),
      advice: "totals of other rows do not belong into a table")
  }

  /// A distribution in the column `low` or `high`.
  static func distributionAsIntervalEnd(_ text: String, isLow: Bool) -> Problem {
    Problem(
      TableCode.intervalEnd, "an end of an interval must be a constant", found: "`\(text)`",
      advice: isLow ? "a column `value` may contain intervals and distributions" : nil)
  }

  /// Rows that were not seen at their source: how many there are of each table, and the number of rows of all tables.
  static func unverifiedRows(
    _ tables: [(place: SourcePlace, unverified: Int, rows: Int)], of rows: Int
  ) -> Problem {
    let unverified = tables.reduce(0) { $0 + $1.unverified }
    return Problem(
      TableCode.unverified, severity: .warning,
      "\(unverified) of \(rows) table \(rows == 1 ? "row is" : "rows are") not verified",
      expected: "`yes` in the column `verified`: the figure was seen at the source of its row",
      advice: "results that depend on them cite sources that nobody has checked; look the most influential up first",
      notes: tables.map { .init("\($0.unverified) of \($0.rows) rows of \($0.place.file.path)") })
  }

  /// A row whose unit measures something else than the input's.
  static func rowUnitMismatch(_ input: String, expected: String, found: String) -> Problem {
    Problem(
      UnitCode.mismatch, "the unit of this row does not match the unit of `\(input)`", expected: expected,
      found: found)
  }
}
