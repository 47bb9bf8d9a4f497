import ArgumentParser
import Diagnostics
import Modeling

/// Usage errors with codes.
///
/// The parser wraps what `transform` and `validate` throw in types of its own, which it does not expose. A usage error
/// is therefore noted where it is created, and found again by its message when the command fails.
enum UsageProblem {
  /// The error that the parser reports for a problem.
  static func error(_ problem: Problem) -> ValidationError {
    latest = problem
    return ValidationError(text(problem))
  }

  /// The problem of a usage error with the parser's message.
  static func problem(of message: String) -> Problem {
    if let latest, message.contains(text(latest)) { return latest }
    if let match = message.firstMatch(of: /Unknown option '(-[^']*)'(?:\. Did you mean '(--[^']*)'\?)?/) {
      let names = [match.2].compactMap { $0.map { String($0.dropFirst(2)) } }
      let nearest = NearestName.of(String(match.1.drop { $0 == "-" }), among: names)
      return .unknownOption(String(match.1), nearest: nearest.map { "--\($0)" })
    }
    // The parser begins with a capital letter, which no other message does.
    return .usage(message.prefix(1).lowercased() + message.dropFirst())
  }

  /// Arguments are parsed, and errors reported, by the main thread.
  nonisolated(unsafe) private static var latest: Problem?

  /// The problem in one line, with the nearest valid name and the expectation.
  private static func text(_ problem: Problem) -> String {
    problem.message + (problem.suggestion.map { "; did you mean \($0)?" } ?? "")
      + (problem.expected.map { " (expected: \($0))" } ?? "")
  }
}
