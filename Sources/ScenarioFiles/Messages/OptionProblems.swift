import Modeling

/// Commands and their flags.
enum OptionCode: String, DiagnosticSection {
  static let section = "options"

  case usage
  case unknownCode = "unknown-code"
}

extension Problem {
  /// An error of the command line for which there is no code of its own; the message is that of the parser.
  public static func usage(_ message: String) -> Problem { Problem(OptionCode.usage, message) }

  /// `loadcast explain CODE` with a code that does not exist.
  public static func unknownCode(_ code: String, nearest: String?) -> Problem {
    Problem(
      OptionCode.unknownCode, "there is no diagnostic code `\(code)`",
      expected: "a code that `loadcast explain` lists", suggestion: nearest)
  }
}
