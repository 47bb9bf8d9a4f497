import Diagnostics

/// The YAML syntax of scenario files.
enum YAMLCode: String, DiagnosticSection {
  static let section = "yaml"

  // Layout: this file.
  case syntax
  case empty
  case tooLarge = "too-large"
  case character
  case indentation
  case colon
  case key
  case missingValue = "missing-value"
  case unsupported

  // Quotation marks and brackets: YAMLTextProblems.swift.
  case quotes
  case escape
  case reserved
  case unclosed
  case comma
  case bracket
}

extension Problem {
  // MARK: Files

  /// A file that the YAML library rejects for another reason than those below; `reason` is the library's.
  static func unreadableYAML(_ reason: String? = nil) -> Problem {
    Problem(YAMLCode.syntax, "this file cannot be read as YAML" + (reason.map { ": \($0)" } ?? ""))
  }

  /// A place that the YAML library rejects; `start` is where the entry begins.
  static func notYAML(_ reason: String, start: SourcePlace?) -> Problem {
    Problem(YAMLCode.syntax, "this is not YAML: \(reason)", notes: entryNotes(start))
  }

  /// A file without an entry.
  static let emptyFile = Problem(
    YAMLCode.empty, "the file is empty", expected: "sections such as `title`, `inputs`, `equations` and `outputs`")

  /// A file whose whole content is a list or a text.
  static func notAScenario(found: String) -> Problem {
    Problem(
      YAMLCode.empty, "this is not a scenario", expected: "sections such as `inputs:` and `equations:`", found: found)
  }

  /// Too many levels.
  static func nestedTooDeeply(limit: Int) -> Problem {
    Problem(YAMLCode.tooLarge, "this file is nested too deeply", expected: "at most \(limit) levels")
  }

  /// A key whose colon the library does not find.
  static func longKey(characters: Int, limit: Int) -> Problem {
    Problem(
      YAMLCode.tooLarge, "this key is too long", expected: "at most \(limit) characters before the colon",
      found: "\(characters) characters")
  }

  /// A text of many megabytes.
  static func textTooLong(megabytes: Int, limit: Int) -> Problem {
    Problem(
      YAMLCode.tooLarge, "this text is too long", expected: "at most \(limit) MB", found: "\(megabytes) MB or more")
  }

  // MARK: Characters

  /// A control character; `U+0000` indicates another kind of file.
  static func controlCharacter(_ name: String, isNull: Bool) -> Problem {
    Problem(
      YAMLCode.character, "a scenario file cannot contain the control character \(name)",
      expected: isNull ? "UTF-8 text; this may be another kind of file" : nil)
  }

  /// A file that leaves no characters for internal use.
  static let privateUseCharacters = Problem(
    YAMLCode.character, "this file uses too many characters of Unicode's private use area")

  // MARK: Indentation

  /// Lines that are indented with characters which look like spaces; `others` are further lines.
  static func invisibleIndentation(_ character: String, others: String?) -> Problem {
    Problem(
      YAMLCode.indentation, "this line is indented with an invisible character: \(character)",
      expected: "plain spaces", notes: others.map { [.init($0)] } ?? [])
  }

  /// A tab at the beginning of a line.
  static let tabIndentation = Problem(
    YAMLCode.indentation, "this line is indented with a tab", expected: "spaces")

  /// A tab elsewhere.
  static let misplacedTab = Problem(YAMLCode.indentation, "a tab is not allowed here", expected: "spaces")

  /// A line below a complete line that is indented more; `above` is that line with its indentation.
  static func indentedBelowValue(above: (spaces: Int, place: SourcePlace)?) -> Problem {
    Problem(
      YAMLCode.indentation, "this line is indented as if it belonged to the value above",
      expected: above.map { "an indentation of \($0.spaces) spaces" },
      notes: above.map { [.init("this line is complete", at: $0.place)] } ?? [])
  }

  /// A line whose indentation differs from that of its neighbours; `expected` is the right indentation.
  static func wrongIndentation(expected: String?, start: SourcePlace?) -> Problem {
    Problem(
      YAMLCode.indentation, "the indentation of this line matches no entry above", expected: expected,
      notes: entryNotes(start))
  }

  /// A line of a list that does not begin with `- `.
  static func notAListItem(start: SourcePlace) -> Problem {
    Problem(
      YAMLCode.indentation, "this line is inside a list but is not a list item (`- `)",
      expected: "`- ` at its beginning, or another indentation", notes: entryNotes(start))
  }

  /// A list item in a mapping.
  static func listItemAmongNames(expected: String?, start: SourcePlace?) -> Problem {
    Problem(
      YAMLCode.indentation, "a list item cannot follow names at the same level", expected: expected,
      notes: entryNotes(start))
  }

  /// A list item behind other text.
  static let misplacedListItem = Problem(
    YAMLCode.indentation, "a list item cannot begin here", expected: "each `-` on a separate line")

  /// A comment between the lines of a text.
  static func textBelowComment(comment: SourcePlace) -> Problem {
    Problem(
      YAMLCode.indentation, "a value cannot continue below a comment",
      expected: "the comment before or after the whole value", notes: [.init("the comment", at: comment)])
  }

  private static func entryNotes(_ start: SourcePlace?) -> [Diagnostic.Note] {
    start.map { [.init("in the entry that begins here", at: $0)] } ?? []
  }

  // MARK: Names and colons

  /// `name:value`; the suggestion has a space.
  static func missingSpace(suggestion: String) -> Problem {
    Problem(YAMLCode.colon, "a space is missing after the colon", suggestion: suggestion)
  }

  /// `name = value`; the suggestion has a colon.
  static func equalsForColon(suggestion: String) -> Problem {
    Problem(YAMLCode.colon, "a name must be followed by a colon", suggestion: suggestion)
  }

  /// A line without a colon.
  static let missingColon = Problem(YAMLCode.syntax, "this line has no colon", expected: "name: value")

  /// `name: a: b`; the suggestion is the value in quotation marks.
  static func secondColon(suggestion: String) -> Problem {
    Problem(
      YAMLCode.colon, "this line has a second colon",
      expected: "quotation marks around a value with a colon and a space", suggestion: suggestion)
  }

  /// `normal(mean: 1)`.
  static func colonInArgument(suggestion: String) -> Problem {
    Problem(YAMLCode.colon, "an argument is named with `=`, not with a colon", suggestion: suggestion)
  }

  /// A list or a mapping as a key.
  static let keyNotName = Problem(YAMLCode.key, "a key must be a name, not a list or mapping")

  /// A colon without a name before it.
  static let missingName = Problem(YAMLCode.key, "a name is missing before the colon")

  // MARK: Missing values

  /// A key without a value; `comment` is the place of ` #` behind it.
  static func keyWithoutValue(_ key: String, comment: SourcePlace?) -> Problem {
    Problem(
      YAMLCode.missingValue, "`\(key)` has no value",
      notes: comment.map { [.init("the text after ` #` is a comment", at: $0)] } ?? [])
  }

  /// `{over: a, b}`: `b` was meant as an item of a list.
  static func listWithoutBrackets(_ key: String, suggestion: String?) -> Problem {
    Problem(
      YAMLCode.missingValue, "`\(key)` is read as a key without a value", expected: "brackets around a list",
      suggestion: suggestion)
  }

  /// An empty value elsewhere.
  static let missingYAMLValue = Problem(YAMLCode.missingValue, "a value is missing")

  /// `name: >` without a text below it; the suggestion is the value in quotation marks.
  static func emptyBlockText(_ indicator: String, suggestion: String) -> Problem {
    Problem(
      YAMLCode.missingValue,
      "`\(indicator)` at the beginning of a value announces a text on the lines below, and there is none",
      suggestion: suggestion)
  }

  // MARK: Parts of YAML that scenario files do not have

  /// `&name`, `*name` or `!name`; the kind is `an anchor`.
  static func unsupportedYAML(_ text: String, kind: String) -> Problem {
    Problem(YAMLCode.unsupported, "`\(text)` is \(kind) of YAML, which a scenario file cannot have")
  }

  /// An alias that was resolved by the library.
  static let yamlAlias = Problem(YAMLCode.unsupported, "a scenario file cannot have aliases")

  /// `%YAML 1.2`.
  static let yamlDirective = Problem(YAMLCode.unsupported, "a scenario file cannot have YAML directives")

  /// `<<: …`.
  static let yamlMergeKey = Problem(
    YAMLCode.unsupported, "a scenario file cannot have merge keys",
    expected: "`extends` or `include` at the top of the file")

  /// A second document in a file.
  static let secondDocument = Problem(
    YAMLCode.unsupported, "a second YAML document begins here; a scenario file has only one")
}
