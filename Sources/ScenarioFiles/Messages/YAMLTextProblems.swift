import Diagnostics

/// Quotation marks, brackets and reserved characters in YAML.
extension Problem {
  // MARK: Quotation marks

  /// A quotation mark that is not closed; `mark` is the missing one.
  static func unclosedQuote(_ mark: String) -> Problem {
    Problem(
      YAMLCode.unclosed, "this quotation mark is not closed", expected: "`\(mark)` at the end of the text")
  }

  /// `"a" b: 1`: quotation marks around the beginning of a text.
  static let partlyQuotedKey = Problem(
    YAMLCode.quotes, "quotation marks must enclose a whole text", expected: "a name, a colon and a space before a value"
  )

  /// `x: "a" b`; the suggestion is the whole text in quotation marks.
  static func textAfterQuotes(suggestion: String?) -> Problem {
    Problem(
      YAMLCode.quotes, "unexpected text after a value in quotation marks",
      expected: suggestion == nil ? nil : "quotation marks around the whole text", suggestion: suggestion)
  }

  /// `[a, "b" c]`; `closing` is the bracket that ends the list or mapping.
  static func textAfterQuotesInBrackets(closing: Character) -> Problem {
    Problem(
      YAMLCode.quotes, "unexpected text after a value in quotation marks",
      expected: "`,` or `\(closing)`, or quotation marks around the whole text")
  }

  /// An invalid escape sequence; `advice` is what a single backslash needs.
  static let unknownEscape = Problem(
    YAMLCode.escape, "invalid escape sequence in double quotation marks",
    expected: "`\\\\` for a backslash, or single quotation marks around the text")

  /// An escape sequence with invalid digits.
  static let invalidEscape = Problem(YAMLCode.escape, "invalid escape sequence in double quotation marks")

  // MARK: Reserved characters

  /// A text that begins with `>`, `|`, `@` and the like; the suggestion is the text in quotation marks, or another.
  static func reservedCharacter(_ character: String, reason: String? = nil, suggestion: String) -> Problem {
    Problem(
      YAMLCode.reserved,
      "a value that begins with `\(character)` must be in quotation marks: \(reason ?? "YAML reserves this character")",
      suggestion: suggestion)
  }

  /// `x: - 5`.
  static func spacedMinus(suggestion: String) -> Problem {
    Problem(
      YAMLCode.reserved, "a value cannot begin with a minus sign and a space, which begin a list item in YAML",
      suggestion: suggestion)
  }

  // MARK: Brackets

  /// A bracket that is not closed; `end` is the place where its counterpart is missing, if it is known.
  static func unclosedFlowBracket(_ opening: Character, _ closing: Character, end: SourcePlace?) -> Problem {
    Problem(
      YAMLCode.unclosed, "`\(opening)` is not closed", expected: "`\(closing)`",
      notes: end.map { [.init("missing before this point", at: $0)] } ?? [])
  }

  /// `{a: 1]`.
  static func wrongClosing(_ found: Character, opening: Character, closing: Character, start: SourcePlace?) -> Problem {
    Problem(
      YAMLCode.bracket, "`\(found)` does not close `\(opening)`", expected: "`\(closing)`",
      notes: start.map { [.init("opened here", at: $0)] } ?? [])
  }

  /// Entries without a comma between them.
  static func missingComma(closing: Character, start: SourcePlace?) -> Problem {
    Problem(
      YAMLCode.bracket, "`,` or `\(closing)` is missing here",
      notes: start.map { [.init("the bracket is opened here", at: $0)] } ?? [])
  }

  /// `[1, 2] 3`.
  static let textAfterBracket = Problem(YAMLCode.bracket, "unexpected text after a closing bracket")

  /// Other text that cannot be part of a line.
  static let unexpectedText = Problem(YAMLCode.syntax, "unexpected text")

  /// `{value: a[b], …}`; the suggestion is the text in quotation marks.
  static func unquotedBracket(suggestion: String) -> Problem {
    Problem(
      YAMLCode.bracket, "a value with brackets needs quotation marks here",
      expected: "quotation marks, or each key on a separate line", suggestion: suggestion)
  }

  /// `{value: triangular(1, 2, 5)}`; `brackets` are `{ }`.
  static func unquotedComma(_ brackets: String, found: String, suggestion: String) -> Problem {
    Problem(
      YAMLCode.comma, "inside `\(brackets)` a comma ends a value",
      expected: "quotation marks around a value with commas, or each key on a separate line", found: "`\(found)`",
      suggestion: suggestion)
  }
}
