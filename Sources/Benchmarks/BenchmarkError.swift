import Foundation

/// The reason for a failed measurement.
enum BenchmarkError: Error {
  /// A program could not be started.
  case cannotRun([String], reason: String)
  /// A program ended with an error.
  case failed([String], status: Int32, errors: String)
  /// A file that a measurement needs does not exist.
  case missing(String, remedy: String)
  /// A program's results could not be read.
  case unreadable(String)
  /// An unknown suite.
  case unknownSuite(String, known: [String])
}

extension BenchmarkError: LocalizedError {
  /// The message shown to the user.
  var errorDescription: String? {
    switch self {
    case .cannotRun(let command, let reason): "cannot run `\(command.joined(separator: " "))`: \(reason)"
    case .failed(let command, let status, let errors):
      "`\(command.joined(separator: " "))` ended with status \(status):\n\(errors.suffix(2000))"
    case .missing(let path, let remedy): "\(path) does not exist: \(remedy)"
    case .unreadable(let what): "cannot read \(what)"
    case .unknownSuite(let name, let known): "unknown part '\(name)'; the parts are \(known.joined(separator: ", "))"
    }
  }
}
