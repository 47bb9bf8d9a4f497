import Modeling

/// Texts that are not values of the language, as pasted from documents and spreadsheets.
enum ValueCode: String, DiagnosticSection {
  static let section = "values"

  case date
  case invisibleCharacter = "invisible-character"
}

extension Problem {
  /// A date inside a formula.
  static func dateInFormula(_ date: String) -> Problem {
    Problem(
      ValueCode.date, "this is a date, not arithmetic", found: "`\(date)`",
      advice:
        "a year is written as a number, such as 2023; put spaces around the operators of differences and quotients")
  }

  /// An invisible character in a name, label, key or unit; `clean` is the text without it.
  static func invisibleCharacter(_ character: String, in text: String, clean: String?) -> Problem {
    Problem(
      ValueCode.invisibleCharacter, "`\(text)` contains an invisible character: \(character)", suggestion: clean)
  }
}
