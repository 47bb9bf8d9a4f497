import Diagnostics

/// Values that `--set` gives to inputs.
enum AssignmentCode: String, DiagnosticSection {
  static let section = "assignments"

  case form
  case notAnInput = "not-an-input"
  case argument
  case factor
  case cell
}

extension Problem {
  // MARK: Grammar

  private static func malformedAssignment(_ message: String) -> Problem {
    Problem(
      AssignmentCode.form, message, expected: "NAME=value, NAME.ARGUMENT=value, NAME*=number or NAME[label]=value")
  }

  /// An assignment without `=`.
  static let assignmentWithoutEquals = malformedAssignment("an assignment needs `=`")

  /// An assignment without a name.
  static let assignmentWithoutName = malformedAssignment("the name of an input is missing before `=`")

  /// `NAME[us,]=value`.
  static let assignmentWithoutLabel = malformedAssignment("a label is missing")

  /// A text between the name and `=` that is neither `.ARGUMENT`, `*` nor `[label]`.
  static func assignmentTarget(_ text: String) -> Problem { malformedAssignment("`\(text)` cannot follow a name") }

  /// An assignment without a value.
  static let assignmentWithoutValue = malformedAssignment("a value is missing after `=`")

  // MARK: Meaning

  /// A name that is not an input; `kind` is what it is instead, `an equation`.
  static func assignedName(_ name: String, kind: String?, nearest: String?) -> Problem {
    guard let kind else { return Problem(NameCode.unknown, "unknown input `\(name)`", suggestion: nearest) }
    return Problem(AssignmentCode.notAnInput, "`\(name)` is not an input", found: kind, suggestion: nearest)
  }

  /// An argument that the input's distribution does not have.
  static func assignedArgument(
    _ argument: String, of distribution: String, arguments: [String], input: String, value: String, nearest: String?
  ) -> Problem {
    Problem(
      AssignmentCode.argument, "`\(distribution)` has no argument `\(argument)`",
      expected: arguments.joined(separator: ", "), found: "the value of `\(input)` is `\(value)`",
      suggestion: nearest)
  }

  /// An argument of an input that is a constant.
  static func argumentOfConstant(_ input: String, value: String) -> Problem {
    Problem(
      AssignmentCode.argument, "the value of `\(input)` is not a distribution, so it has no arguments",
      advice: "`\(input)=\(value)` sets its value")
  }

  /// A value in another unit than the input's.
  static func assignedUnit(_ input: String, expected: String, found: String) -> Problem {
    Problem(
      UnitCode.mismatch, "the value set for `\(input)` is not in its unit", expected: expected, found: found)
  }

  /// A factor with a unit.
  static func factorWithUnit(found: String) -> Problem {
    Problem(AssignmentCode.factor, "a factor must be a pure number", found: "`\(found)`")
  }

  /// A factor of labels.
  static func factorOfLabels(_ input: String) -> Problem {
    Problem(AssignmentCode.factor, "the values of `\(input)` are labels, which cannot be multiplied")
  }

  /// A cell of an input without an index.
  static func cellWithoutIndex(_ input: String) -> Problem {
    Problem(
      AssignmentCode.cell, "`\(input)` is not over an index, so it has no cells", expected: "\(input)=value")
  }

  /// A cell with too few or too many labels.
  static func cellLabelCount(_ input: String, indexes: String, order: [String], found: Int) -> Problem {
    Problem(
      AssignmentCode.cell,
      "`\(input)` is over \(indexes), so a cell needs \(order.count) label\(order.count == 1 ? "" : "s")",
      expected: order.count == 1 ? "a label of \(order[0])" : "labels in the order \(order.joined(separator: ", "))",
      found: "\(found) label\(found == 1 ? "" : "s")")
  }

  /// A cell whose labels name other indexes than the input's, or not all of them.
  static func cellNotation(_ input: String, order: [String]) -> Problem {
    Problem(
      AssignmentCode.cell, "this is not a cell of `\(input)`",
      expected: "`\(input)[\(order.map { "\($0)=LABEL" }.joined(separator: ","))]`, or the labels alone in this order")
  }

  /// A value of a cell in another unit, with the words for its own.
  static func cellUnit(_ input: String, expected: String, found: String, unit: String) -> Problem {
    Problem(
      UnitCode.mismatch, "the value of `\(input)` is not in its unit", expected: expected,
      found: "`\(found)`, \(unit)")
  }

  /// A value that a single cell cannot have.
  static let cellValue = Problem(
    AssignmentCode.cell, "a single cell cannot have this value",
    expected: "a number or a distribution of numbers, or of labels if the values of the input are labels")
}
