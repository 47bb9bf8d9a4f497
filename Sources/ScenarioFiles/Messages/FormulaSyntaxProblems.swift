import Diagnostics

/// The grammar of formulas.
extension Problem {
  // MARK: Brackets and quotation marks

  /// A bracket without its counterpart; the note shows where it is missing at the latest.
  static func unclosedBracket(_ bracket: Character, closing: String, missingAt place: SourcePlace) -> Problem {
    Problem(
      FormulaCode.bracket, "`\(bracket)` is not closed", expected: "`\(closing)`",
      notes: [.init("it must be closed before this point", at: place)])
  }

  /// `[` without its counterpart.
  static let unclosedSelection = Problem(FormulaCode.bracket, "`[` is not closed")

  /// A closing bracket that is missing before something else.
  static func missingBracket(_ closing: String) -> Problem {
    Problem(FormulaCode.bracket, "`\(closing)` is missing here")
  }

  /// A closing bracket that nothing opened.
  static func unopenedBracket(_ bracket: String) -> Problem {
    Problem(FormulaCode.bracket, "`\(bracket)` closes nothing")
  }

  /// A quoted text without its second quotation mark.
  static func unclosedText(_ quote: Character) -> Problem {
    Problem(FormulaCode.bracket, "this text is not closed", expected: "`\(quote)` at its end")
  }

  // MARK: Operands and operators

  private static let operandExpected = "a number, a name or an opening parenthesis"

  /// The end of a formula after an operator, `before`.
  static func missingOperand(after before: String?) -> Problem {
    Problem(
      FormulaCode.operand, "a value is missing after \(before.map { "`\($0)`" } ?? "this")", expected: operandExpected)
  }

  /// Two operators in succession, or an operator at the beginning of a formula.
  static func missingOperand(between before: String?, and after: String) -> Problem {
    Problem(
      FormulaCode.operand,
      before.map { "a value is missing between `\($0)` and `\(after)`" } ?? "a formula cannot begin with `\(after)`",
      expected: operandExpected)
  }

  /// A plus sign before a value.
  static let unaryPlus = Problem(
    FormulaCode.operand, "a plus sign can only be between two values", expected: operandExpected)

  /// A number or text where the grammar allows none.
  static let misplacedValue = Problem(
    FormulaCode.unexpected, "a number or text cannot be here", expected: operandExpected)

  /// Two values in succession.
  static func missingOperator(between left: String, and right: String) -> Problem {
    Problem(
      FormulaCode.operator, "an operator is missing between `\(left)` and `\(right)`",
      expected: "+ - * / ^ or a comparison")
  }

  /// `a < b < c`.
  static func comparisonChain(suggestion: String?) -> Problem {
    Problem(FormulaCode.chain, "comparisons cannot be chained", suggestion: suggestion)
  }

  /// `=` where a comparison was probably meant.
  static let assignmentAsComparison = Problem(
    FormulaCode.equals, "`=` names an argument of a call or selects a label; it does not compare", suggestion: "==")

  /// `a + not b`.
  static let notInsideExpression = Problem(
    FormulaCode.unexpected, "`not` negates a whole condition", expected: "parentheses around it: `(not …)`")

  // MARK: Words and signs in the wrong place

  /// A word or sign that cannot follow what precedes it; `expected` is the form to which it belongs.
  static func unexpected(_ text: String, expected: String? = nil) -> Problem {
    Problem(FormulaCode.unexpected, "`\(text)` cannot be here", expected: expected)
  }

  /// A comma outside parentheses and brackets.
  static let commaOutsideArguments = Problem(
    FormulaCode.unexpected, "a comma can only be between arguments, in parentheses or brackets")

  /// `1..2..3`.
  static let rangeWithThreeEnds = Problem(FormulaCode.unexpected, "a range has two ends")

  /// `1 to 2 to 3`.
  static let intervalWithThreeEnds = Problem(
    FormulaCode.unexpected, "an interval has two ends", expected: "low to high, or quantiles(5%=…, 50%=…, 95%=…)")

  /// An `if` without `then` or `else`.
  static func incompleteConditional(lacking word: String, opening: SourcePlace) -> Problem {
    Problem(
      FormulaCode.conditional, "`\(word)` is missing here", expected: "if … then … else …",
      notes: [.init("this `if` needs it", at: opening)])
  }

  // MARK: Arguments and selections

  /// Nothing between two commas, or after a comma.
  static func missingArgument(isBeforeComma: Bool) -> Problem {
    Problem(
      FormulaCode.operand, "an argument is missing",
      expected: "a value between \(isBeforeComma ? "commas" : "`,` and `)`")")
  }

  /// `=` without a name before it.
  static let missingArgumentName = Problem(
    FormulaCode.argumentName, "the name of an argument is missing before `=`")

  /// A formula before `=`.
  static let invalidArgumentName = Problem(
    FormulaCode.argumentName, "the text before `=` is not a name",
    expected: "the name of an argument, a label or a number; `==` compares")

  private static let selectionExpected = "index=label, as in `x[year=2023]`"

  /// Nothing between the brackets or commas of a selection.
  static let missingLabel = Problem(FormulaCode.label, "a label is missing", expected: selectionExpected)

  /// `x[year=]`.
  static let missingLabelAfterEquals = Problem(FormulaCode.label, "a label is missing after `=`")

  /// `x[2023]`.
  static let selectionWithoutIndex = Problem(
    FormulaCode.label, "a selection must name its index", expected: selectionExpected)

  /// A formula before `=` in a selection.
  static let invalidSelectionIndex = Problem(
    FormulaCode.label, "the text before `=` is not an index", expected: selectionExpected)
}
