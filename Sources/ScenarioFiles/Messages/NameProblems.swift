import Modeling

/// Names of indexes, inputs, equations and references.
enum NameCode: String, DiagnosticSection {
  static let section = "names"

  case unknown
  case unitAsName = "unit-as-name"
  case functionAsName = "function-as-name"
}

extension Problem {
  /// A name that nothing has.
  static func unknownName(_ name: String, nearest: String?) -> Problem {
    Problem(NameCode.unknown, "unknown name `\(name)`", suggestion: nearest)
  }

  /// The definition of a name that a problem mentions; the kind is `an input`.
  static func definition(of name: String, kind: String, at place: SourcePlace) -> Diagnostic.Note {
    .init("`\(name)` is \(kind) defined here", at: place)
  }

  /// The name of a unit where a value is expected.
  static func unitAsName(_ name: String) -> Problem {
    Problem(
      NameCode.unitAsName, "`\(name)` is a unit, and a unit follows a number", suggestion: "1 \(name)")
  }

  /// The name of a function without its arguments.
  static func functionWithoutArguments(_ name: String) -> Problem {
    Problem(NameCode.functionAsName, "`\(name)` needs its arguments: `\(name)(…)`")
  }
}
