import Diagnostics

/// Names of indexes, inputs, equations and references.
enum NameCode: String, DiagnosticSection {
  static let section = "names"

  case unknown
  case unitAsName = "unit-as-name"
  case functionAsName = "function-as-name"
  case invalid
  case reserved
  case hidden
  case repeated
  case label
}

extension Problem {
  /// A name that nothing has.
  static func unknownName(_ name: String, nearest: String?) -> Problem {
    Problem(NameCode.unknown, "unknown name `\(name)`", suggestion: nearest)
  }

  /// A text that is not a name.
  static func invalidName(_ text: String, suggestion: String?) -> Problem {
    Problem(
      NameCode.invalid, "`\(text)` is not a name", expected: "a letter, then letters, digits and `_`",
      suggestion: suggestion)
  }

  /// A name that means something else: `it is a function`.
  static func reservedName(_ name: String, of kind: String, reason: String) -> Problem {
    Problem(NameCode.reserved, "`\(name)` cannot be the name of \(kind): it is \(reason)")
  }

  /// A name that a function or distribution has as well; the scenario's own name takes precedence.
  static func hiddenBuiltIn(_ name: String, builtIn: String, by kind: String) -> Problem {
    Problem(
      NameCode.hidden, severity: .warning, "\(kind) hides the \(builtIn) `\(name)`",
      notes: [.init("in this scenario `\(name)` has one meaning, and `\(name)(…)` is an error")])
  }

  /// A call of a function or distribution that a name of the scenario hides; `kind` is `an input`.
  static func callOfHidden(_ name: String, builtIn: String, by kind: String, definedAt place: SourcePlace?) -> Problem {
    Problem(
      NameCode.hidden, "`\(name)` is \(kind) of this scenario, which hides the \(builtIn) of that name",
      advice: "give the \(kind.split(separator: " ").last ?? "") another name to use the \(builtIn)",
      notes: [.init("`\(name)` is defined here", at: place)])
  }

  /// A name defined twice; `earlier` is what the first one is, `an input`.
  static func repeatedName(_ name: String, earlier kind: String, at place: SourcePlace) -> Problem {
    Problem(
      NameCode.repeated, "`\(name)` is defined twice",
      notes: [
        .init("it is \(kind) here; indexes, inputs, equations and references share one namespace", at: place)
      ])
  }

  /// An entry given twice; `otherSection` is that of the first one if it differs.
  static func repeatedEntry(_ name: String, otherSection: String?, firstAt place: SourcePlace) -> Problem {
    Problem(
      NameCode.repeated, "`\(name)` is given twice",
      expected: otherSection.map { _ in "a name that no other index, input, equation or reference has" },
      notes: [.init(otherSection.map { "first given here, in `\($0)`" } ?? "first given here", at: place)])
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

  // MARK: Names in words

  /// A label with a character that cannot be shown.
  static func labelCharacter(_ character: String, in shown: String) -> Problem {
    Problem(
      NameCode.label, "a label cannot contain the \(character)",
      expected: "one line of text without control characters",
      found: "`\(shown)`")
  }

  /// A label without a visible character.
  static func emptyReaderLabel(_ key: String) -> Problem {
    Problem(
      NameCode.label, key == "label" ? "the label is empty" : "the words of the label `\(key)` are empty",
      expected: "one line of text")
  }

  /// A label that is too long.
  static func longReaderLabel(count: Int, limit: Int) -> Problem {
    Problem(NameCode.label, "the label has \(count) characters", expected: "at most \(limit)")
  }
}
