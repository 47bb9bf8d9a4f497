import Diagnostics

/// Forms and functions that a formula cannot contain in its context, and their arguments.
extension Problem {
  // MARK: Forms

  /// A name where only constants are allowed.
  static func notConstant(_ text: String) -> Problem {
    Problem(FormulaCode.constant, "`\(text)` cannot be here: only constants can")
  }

  /// An interval in a formula.
  static func intervalInFormula(_ text: String) -> Problem {
    distributionInFormula("an interval cannot be part of a formula", text)
  }

  /// A distribution in a formula.
  static func distributionInFormula(_ text: String) -> Problem {
    distributionInFormula("a distribution cannot be part of a formula", text)
  }

  private static func distributionInFormula(_ message: String, _ text: String) -> Problem {
    Problem(
      FormulaCode.distribution, message,
      advice: "make `\(text)` an input, which has a name, a source and draws of its own")
  }

  /// A quoted text in a formula.
  static let textInFormula = Problem(FormulaCode.unexpected, "a quoted text cannot be part of a formula")

  /// A list in a formula.
  static let listInFormula = Problem(FormulaCode.unexpected, "a list cannot be here")

  /// A range outside a selection.
  static let rangeInFormula = Problem(FormulaCode.unexpected, "a range can only be part of a selection")

  /// An operand that is neither true nor false; `user` is `and`, `or`, `not` or `if`.
  static func notACondition(_ user: String, found: String) -> Problem {
    Problem(
      FormulaCode.condition, "`\(user)` needs a condition", expected: "a comparison such as `x > 1`, or 0 or 1",
      found: found)
  }

  /// A result with too many cells.
  static func tooManyCells(_ cells: Int, over indexes: String, limit: Int) -> Problem {
    Problem(FormulaCode.size, "this has \(cells) cells, over \(indexes)", expected: "at most \(limit)")
  }

  // MARK: Labels as values

  /// The name of an index with labels that are not numbers.
  static func labelledIndexAsValue(_ name: String, firstLabel: String) -> Problem {
    Problem(
      FormulaCode.labelValue, "`\(name)` is an index whose labels are not numbers",
      advice: "compare it, `\(name) == \(firstLabel)`, or select, `x[\(name)=\(firstLabel)]`")
  }

  /// An input whose values are labels.
  static func labelValuedInput(_ name: String, index: String, firstLabel: String) -> Problem {
    Problem(
      FormulaCode.labelValue, "the values of `\(name)` are labels of `\(index)`, which are not numbers",
      advice: "select, `x[\(index)=\(name)]`, or compare, `\(name) == \(firstLabel)`")
  }

  /// A label where a value is expected.
  static func labelAsValue(_ label: String, index: String) -> Problem {
    Problem(
      FormulaCode.labelValue, "`\(label)` is a label of the index `\(index)`, not a value",
      advice: "compare it, `\(index) == \(label)`, or select, `x[\(index)=\(label)]`")
  }

  /// `region == fuel`.
  static func labelSetsCompared(_ name: String, sign: String, firstLabel: String) -> Problem {
    Problem(
      FormulaCode.labelValue, "two sets of labels cannot be compared",
      advice: "compare with a label: `\(name) \(sign) \(firstLabel)`")
  }

  // MARK: Functions

  /// A call of something unknown.
  static func unknownFunction(_ name: String, nearest: String?) -> Problem {
    Problem(FormulaCode.function, "unknown function `\(name)`", suggestion: nearest)
  }

  /// A call of something that is not a function; `kind` is what it is instead, `an input`.
  static func notAFunction(_ name: String, kind: String) -> Problem {
    Problem(
      FormulaCode.function, "`\(name)` is not a function", found: "\(kind) followed by `(`",
      advice: "a product is written `\(name) * (…)`, a selection `\(name)[index=label]`")
  }

  /// An argument by a name that a function does not have.
  static func unknownArgument(_ name: String, of function: String, usage: String, nearest: String? = nil) -> Problem {
    Problem(
      FormulaCode.arguments, "`\(function)` has no argument `\(name)`", expected: usage, suggestion: nearest)
  }

  /// An argument given twice by name.
  static func repeatedArgument(_ name: String) -> Problem {
    Problem(FormulaCode.arguments, "`\(name)` is given twice")
  }

  /// Too few or too many arguments; `isUnnamed` if only unnamed ones are counted.
  static func argumentCount(
    _ function: String, _ count: Int, expected: Int, isMinimum: Bool = false, isUnnamed: Bool = false, usage: String,
    reducing operand: String? = nil
  ) -> Problem {
    let kind = "\(isUnnamed ? "unnamed " : "")\(expected == 1 ? "argument" : "arguments")"
    return Problem(
      FormulaCode.arguments, "`\(function)` takes \(isMinimum ? "at least " : "")\(expected) \(kind), not \(count)",
      expected: usage, advice: operand.map { "over an index it is `\(function)(\($0), over=index)`" })
  }

  /// Constant bounds in the wrong order; `cell` is the first cell in which they are.
  static func boundsOutOfOrder(
    _ function: String, cell: String?, usage: String, found: String, suggestion: String?
  ) -> Problem {
    Problem(
      FormulaCode.order, "the lower bound of `\(function)` is above the upper bound\(cell.map { " at \($0)" } ?? "")",
      expected: usage, found: found, suggestion: suggestion)
  }
}
