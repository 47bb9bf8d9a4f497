import Diagnostics

/// Characters and numbers of formulas.
extension Problem {
  /// A formula, or the value of an entry, that is missing.
  static let missingFormula = Problem(FormulaCode.missing, "a formula or value is missing")

  /// An equation without a formula.
  static func equationWithoutFormula(_ name: String) -> Problem {
    Problem(FormulaCode.missing, "the equation `\(name)` has no formula", expected: "`formula:`")
  }

  // MARK: Limits

  /// A text with too many characters.
  static func formulaTooLong(characters limit: Int) -> Problem {
    formulaTooLong("at most \(limit) characters; split it into several equations")
  }

  /// A tree with too many operators.
  static func formulaTooLong(operators limit: Int) -> Problem {
    formulaTooLong("at most \(limit) operators; split it into several equations")
  }

  private static func formulaTooLong(_ expected: String) -> Problem {
    Problem(FormulaCode.tooLong, "this formula is too long", expected: expected)
  }

  /// A formula with too many levels.
  static func formulaTooDeep(limit: Int) -> Problem {
    Problem(
      FormulaCode.tooLong, "this formula is nested too deeply", expected: "at most \(limit) levels",
      advice: "make a part of it an equation of its own")
  }

  // MARK: Characters

  /// A character without meaning in formulas.
  static func meaninglessCharacter(_ character: Character) -> Problem {
    Problem(FormulaCode.character, "`\(character)` has no meaning in a formula")
  }

  /// An invisible character outside a name.
  static func invisibleCharacterInFormula(_ name: String, isSpace: Bool) -> Problem {
    Problem(
      FormulaCode.character, "this is a \(name)", expected: isSpace ? nil : "nothing: the character is invisible",
      suggestion: isSpace ? "a plain space" : nil)
  }

  /// A symbol of other languages and of word processors; nil if the text is none.
  static func foreignSymbol(_ text: String) -> Problem? {
    foreignSymbols[text].map { Problem(FormulaCode.character, $0.message, suggestion: $0.suggestion) }
  }

  private static let foreignSymbols: [String: (message: String, suggestion: String?)] = [
    "...": ("a range is written with two dots", ".."),
    "…": ("a range is written with two dots", ".."),
    "===": ("equality is written `==`", "=="),
    "**": ("a power is written `^`", "^"),
    "&&": ("`&&` is written `and`", "and"),
    "||": ("`||` is written `or`", "or"),
    "!": ("`!` is written `not`", "not"),
    "<>": ("`<>` is written `!=`", "!="),
    "=<": ("`=<` is written `<=`", "<="),
    "=>": ("`=>` is written `>=`", ">="),
    "≤": ("`≤` is written `<=`", "<="),
    "≥": ("`≥` is written `>=`", ">="),
    "≠": ("`≠` is written `!=`", "!="),
    "−": ("this is a typographic minus sign (U+2212)", "-"),
    "–": ("this is a dash (U+2013): minus is `-`, an interval is `low to high`", nil),
    "—": ("this is a dash (U+2014): minus is `-`, an interval is `low to high`", nil),
    "×": ("multiplication is written `*`", "*"),
    "·": ("multiplication is written `*`", "*"),
    "÷": ("division is written `/`", "/"),
    "±": ("`±` is not part of the language; a spread is an interval `low to high`, or `normal(mean, sd)`", nil),
    "“": ("this is a typographic quotation mark", "\""),
    "”": ("this is a typographic quotation mark", "\""),
    "„": ("this is a typographic quotation mark", "\""),
    ":": ("a colon has no meaning in a formula; an argument is named with `=`", "="),
    "%": ("`%` must follow a number directly", nil),
    "{": ("braces are not part of a formula; it is grouped with `( )`", "("),
    "}": ("braces are not part of a formula; it is grouped with `( )`", ")"),
    "?": ("`?` is not part of the language; a choice is `if … then … else …`", nil),
    ";": ("`;` has no meaning in a formula; arguments are separated by `,`", ","),
  ]

  // MARK: Numbers

  /// `1.2.3`, `0x10`, `5.`
  static func notANumber(_ text: String, suggestion: String? = nil) -> Problem {
    Problem(FormulaCode.number, "`\(text)` is not a number", suggestion: suggestion)
  }

  /// `1e999`, `1e-999`.
  static func numberOutOfRange(_ text: String, isSmall: Bool) -> Problem {
    Problem(
      FormulaCode.number, "the number `\(text)` is too \(isSmall ? "small" : "large")",
      expected: "a number between 5e-324 and 1.8e308")
  }

  /// `10K`, `5m`: the valid suffix, or all possible meanings.
  static func notAMagnitudeSuffix(_ suffix: String, meant: [Diagnostic.Reading]) -> Problem {
    Problem(
      FormulaCode.magnitude, "`\(suffix)` is not a magnitude suffix",
      expected: "k (thousand), M (million), B (billion) or T (trillion)"
    ).offering(meant)
  }

  /// `5to10`.
  static func wordWithoutSpaces(_ word: String, in text: String, suggestion: String) -> Problem {
    Problem(FormulaCode.number, "`\(word)` needs a space on both sides", found: text, suggestion: suggestion)
  }

  /// `1,000`: both readings are equally likely, and they differ by a factor of a thousand.
  static func thousandsSeparator(_ first: String, _ second: String) -> Problem {
    commaInNumber.offering([
      .init("\(first)_\(second)", meaning: "thousands"), .init("\(first).\(second)", meaning: "a decimal comma"),
    ])
  }

  /// A comma inside a number.
  static let commaInNumber = Problem(
    FormulaCode.thousands, "commas separate arguments, not thousands or decimals")
}
