import Diagnostics

/// Texts that are not values of the language, as pasted from documents and spreadsheets.
enum ValueCode: String, DiagnosticSection {
  static let section = "values"

  case missing
  case date
  case time
  case range
  case bound
  case uncertainty
  case sign
  case separator
  case power
  case digits
  case currency
  case footnote
  case spreadsheet
  case truth
  case invisibleCharacter = "invisible-character"
}

extension Problem {
  private static let valueExpected = "a number, an interval or a distribution"

  // MARK: Missing values, and words

  /// A node that is not a text.
  static func scalarExpected(_ role: String, found: String) -> Problem {
    Problem(ValueCode.missing, "\(role) is missing", found: found)
  }

  /// A missing-value marker: `NA`, `-`.
  static func missingValue(_ marker: String, role: ValueRole) -> Problem {
    let advice =
      switch role {
      case .value: "a number, an interval `low to high`, or a distribution"
      case .tableCell: "a blank cell takes the value of `missing:`, or is filled as `interpolate:` states"
      case .caseCell: "a blank cell keeps the value of the scenario"
      }
    return Problem(
      ValueCode.missing, "missing value: `\(marker)`",
      expected: role == .value ? "a value" : "a value, or a blank cell",
      advice: advice)
  }

  /// `true`, `no`.
  static func truthValue(_ text: String) -> Problem {
    Problem(ValueCode.truth, "`\(text)` is not a number", expected: "1 for true, 0 for false")
  }

  // MARK: Dates and times

  private static let dateAdvice =
    "a year is written as a number, such as 2023; put spaces around the operators of differences and quotients"

  /// A date inside a formula.
  static func dateInFormula(_ date: String) -> Problem {
    Problem(ValueCode.date, "this is a date, not arithmetic", found: "`\(date)`", advice: dateAdvice)
  }

  /// A date or period in place of a value: `a date`, `a quarter`.
  static func dateAsValue(_ kind: String) -> Problem {
    Problem(ValueCode.date, "this is \(kind), not a value", expected: valueExpected, advice: dateAdvice)
  }

  /// `12:30`.
  static func timeAsValue(mayBeRatio: Bool) -> Problem {
    Problem(
      ValueCode.time, "this is a time\(mayBeRatio ? " of day or a ratio" : ""), not a value", expected: "a number",
      advice: "a duration is a number with its unit, such as `1.5 h`")
  }

  // MARK: Ranges, bounds and uncertainties

  /// `10-20`.
  static let rangeNotation = Problem(ValueCode.range, "this is a range, which is written `low to high`")

  /// `10-20` where only one number is possible.
  static let rangeAsNumber = Problem(ValueCode.range, "this is a range, not a number")

  /// `20-10`, which may be a difference.
  static let rangeOrDifference = Problem(
    ValueCode.range,
    "this is a range or a difference: a range is written `low to high`, a difference has spaces around its sign")

  /// `1-2-3`.
  static let severalDashes = Problem(
    ValueCode.range, "this is not a range, a date or a difference",
    expected: "a number, an interval `low to high`, or a difference with spaces around its signs")

  /// `~5`.
  static let approximateValue = Problem(
    ValueCode.bound, "approximate values are not accepted", expected: "an interval `low to high` around it",
    advice: "a number alone is exact")

  /// `<5`, `5+`.
  static let boundAsValue = Problem(
    ValueCode.bound, "this is a bound, not a value",
    expected: "an interval `low to high`, or a distribution with that bound, such as `uniform(low, high)`")

  /// `5 ± 2`.
  static let plusMinus = Problem(
    ValueCode.uncertainty, "`\u{00B1}` is not part of the language",
    expected: "a distribution, or an interval `low to high`")

  // MARK: Numbers

  /// `(4.1)`.
  static let accountingNegative = Problem(
    ValueCode.sign, "a negative number is written with a minus sign, not in parentheses")

  /// `4.1-`.
  static let trailingMinus = Problem(ValueCode.sign, "a minus sign is written before its number")

  /// `+5`.
  static let plusSign = Problem(ValueCode.sign, "a positive number is written without a sign")

  /// `−5`.
  static func typographicMinus(_ character: String) -> Problem {
    Problem(ValueCode.sign, "the minus sign is `-`, not \(character)")
  }

  /// `1.234,5`.
  static let decimalComma = Problem(ValueCode.separator, "decimals are separated by a point, not by a comma")

  /// `1 234`.
  static func thousandsGrouped(by separator: String) -> Problem {
    Problem(ValueCode.separator, "thousands are separated by `_`, not by \(separator)")
  }

  /// `1.234,5`.
  static let twoSeparators = Problem(
    ValueCode.separator, "thousands are separated by `_`, and decimals by a point")

  /// `1×10^6`.
  static let powerOfTen = Problem(ValueCode.power, "a power of ten is written with `e`")

  /// Digits of other scripts.
  static func foreignDigits(_ character: String) -> Problem {
    Problem(ValueCode.digits, "numbers are written with the digits 0 to 9, not with \(character)")
  }

  // MARK: Marks around numbers

  /// `$5`; the unit is that of the language, `USD`.
  static func currencyNotation(unit: String) -> Problem {
    Problem(
      ValueCode.currency, "an amount of money has its unit after the number",
      advice: unit == "USD" ? nil : "currencies other than USD are declared: `units: [\(unit)]`")
  }

  /// `5*`.
  static let footnoteMark = Problem(
    ValueCode.footnote, "a value cannot have a footnote mark", advice: "remarks go into a column `note`")

  /// `5 (MW)`.
  static let unitInBrackets = Problem(
    UnitCode.spacing, "a unit follows its number after a space, without brackets")

  /// `5 (mn)`: a remark that may change the value.
  static func remarkInBrackets(_ remark: String) -> Problem {
    Problem(
      ValueCode.footnote, "a value cannot have a remark in brackets",
      expected: "a number with its suffix and unit, such as `5k` or `5 MW`",
      advice: "if `\(remark)` changes the value, write it into the number; remarks go into a column `note`")
  }

  /// `=5`; `formula` is the text after the equals sign.
  static func spreadsheetFormula(_ formula: String) -> Problem {
    let name = formula.drop { $0 == " " }.prefix { $0.isLetter || $0.isNumber }
    return Problem(
      ValueCode.spreadsheet, "this is a spreadsheet formula, not a value", expected: "the value of the formula",
      advice: ForeignDistributions.advice(for: String(name)))
  }

  /// `'5`.
  static let spreadsheetText = Problem(
    ValueCode.spreadsheet, "the apostrophe is a spreadsheet's text marker; a value has none")

  // MARK: Invisible characters

  /// An invisible character in a name, label, key or unit; `clean` is the text without it.
  static func invisibleCharacter(_ character: String, in text: String, clean: String?) -> Problem {
    Problem(
      ValueCode.invisibleCharacter, "`\(text)` contains an invisible character: \(character)", suggestion: clean)
  }

  /// An invisible character in a value.
  static func invisibleCharacterInValue(_ character: String) -> Problem {
    Problem(ValueCode.invisibleCharacter, "this value contains an invisible character: \(character)")
  }

  // MARK: Ends of intervals

  /// The same problem in the end of an interval; `meant` is the probable meaning of the end.
  func inInterval(end: String, meant: String?) -> Problem {
    var problem = self
    problem.expected = "an interval `low to high` whose ends are numbers"
    problem.notes = meant.map { [.init("`\(end)` may mean \($0)")] } ?? []
    return problem
  }
}
