import Diagnostics

/// Tables of observed cases.
enum CaseCode: String, DiagnosticSection {
  static let section = "cases"

  case column
  case unknownInput = "unknown-input"
  case unknownOutput = "unknown-output"
  case labels
  case cell
  case overlap
  case unobserved
  case count
  case repeated
  case value
  case distribution
  case shares
}

extension Problem {
  // MARK: Columns

  private static let caseColumns =
    "`NAME`, `NAME[label]` or `observed.NAME`, optionally followed by a space and a unit; `case`, `group`, `source`, `note`, `note.…`"

  /// A header without the form of a column of cases.
  static func notACaseColumn(_ header: String) -> Problem {
    Problem(CaseCode.column, "this is not a column of cases", expected: caseColumns, found: "`\(header)`")
  }

  /// A column for a name that is not an input; `kind` is what it is instead, `an equation`.
  static func unknownCaseInput(_ name: String, kind: String?, nearest: String?) -> Problem {
    Problem(
      CaseCode.unknownInput, kind == nil ? "unknown input `\(name)`" : "`\(name)` is not an input",
      expected: kind == nil ? caseColumns : nil, found: kind, suggestion: nearest)
  }

  /// A column `observed.NAME` for a name that is not an output; `isDefined` if the scenario has the name.
  static func unknownCaseOutput(_ name: String, outputs: String, nearest: String?, isDefined: Bool) -> Problem {
    Problem(
      CaseCode.unknownOutput, "there is no output `\(name)`", expected: outputs, suggestion: nearest,
      advice: isDefined ? "add it to the scenario's `outputs`" : nil)
  }

  /// A column of observed values for an output with several cells.
  static func caseObservationOfSeveralCells(_ name: String, indexes: String, suggestion: String) -> Problem {
    Problem(
      CaseCode.cell, "an observed value must belong to one cell", found: "`\(name)` is over \(indexes)",
      suggestion: suggestion)
  }

  /// A column whose unit measures something else.
  static func caseUnitMismatch(_ name: String, expected: String, found: String) -> Problem {
    Problem(
      UnitCode.mismatch, "the unit of this column does not match the unit of `\(name)`", expected: expected,
      found: found)
  }

  /// A column with too few or too many labels.
  static func caseLabelCount(_ name: String, given: Int, indexes: [String], list: String) -> Problem {
    let needed = indexes.count == 1 ? "1 label" : "\(indexes.count) labels"
    return Problem(
      CaseCode.labels, "`\(name)` is over \(list); a cell of it has \(needed), not \(given)",
      expected: indexes.isEmpty ? name : "labels in the order \(indexes.joined(separator: ", "))")
  }

  /// Two columns for the same cells.
  static func overlappingCaseColumns(other: SourcePlace) -> Problem {
    Problem(
      CaseCode.overlap, "another column is for the same cells", notes: [.init("the other column is here", at: other)])
  }

  /// A table without observed values.
  static func casesWithoutObservation(output: String) -> Problem {
    Problem(
      CaseCode.unobserved, "this table of cases has no observed values", expected: "a column `observed.\(output)`")
  }

  // MARK: Rows

  /// A table with a header only.
  static let noCases = Problem(CaseCode.count, "this table has no cases", expected: "a row for each case")

  /// A table with too many rows.
  static func tooManyCases(limit: Int) -> Problem {
    Problem(CaseCode.count, "this table has too many cases", expected: "at most \(limit)")
  }

  /// Two cases with the same name.
  static func repeatedCase(_ name: String, first: SourcePlace) -> Problem {
    Problem(CaseCode.repeated, "the case `\(name)` is given twice", notes: [.init("first given here", at: first)])
  }

  // MARK: Values

  /// A distribution for an input, or an anchor point, that is certain.
  static func distributionOfCertainInput(_ name: String, found: String) -> Problem {
    Problem(
      CaseCode.distribution,
      "a case can only set a distribution where the scenario has a distribution", expected: "a number",
      found: "`\(found)`",
      advice:
        "`\(name)` is constant there, or is interpolated between anchor points, so that it cannot be drawn"
    )
  }

  /// A value that depends on other inputs, or that is a list.
  static func notACaseValue(_ text: String) -> Problem {
    Problem(
      CaseCode.value, "the value of an input in a case must be a number, or a distribution of constants",
      found: "`\(text)`")
  }

  /// An observed value that is not a number.
  static func observationNotNumber(_ text: String) -> Problem {
    Problem(CaseCode.value, "an observed value must be a number", found: "`\(text)`")
  }

  /// A value whose unit measures something else than the quantity; `inHeader` advises on the unit of a column.
  static func caseValueMismatch(_ name: String, expected: String, found: String, inHeader: Bool) -> Problem {
    Problem(
      UnitCode.mismatch, "the unit of this value does not match the unit of `\(name)`", expected: expected,
      found: found,
      advice: inHeader ? "the unit of a column's plain numbers follows its name: `\(name) \(expected)`" : nil)
  }

  /// A case that sets some shares of a vector, or shares that do not sum to 1.
  static func incompleteShares(_ name: String, given: Int, sum: String) -> Problem {
    Problem(
      CaseCode.shares, "the shares of `\(name)` sum to 1, so a case sets all of them or none",
      found: given == 1 ? "1 share, \(sum)" : "\(given) shares with the sum \(sum)")
  }
}
