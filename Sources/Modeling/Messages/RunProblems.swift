/// Runs that end without a result.
public enum RunCode: String, DiagnosticSection {
  /// The section's name in codes.
  public static let section = "run"

  case interrupted
  case internalError = "internal-error"
}

extension Problem {
  /// A run that the user ended.
  public static let interrupted = Problem(RunCode.interrupted, "interrupted; no file was written")

  /// A fault of the program.
  public static func internalError(_ description: String) -> Problem {
    Problem(
      RunCode.internalError, description,
      advice: "this is an error of loadcast, not of your scenario; please report it with the scenario and the command")
  }
}
