/// A problem with a scenario, as facts with places; `DiagnosticRenderer` formats it.
package struct Diagnostic: Error, Sendable {
  /// The severity of a problem.
  package enum Severity: Sendable {
    /// The scenario cannot be run.
    case error
    /// The scenario can be run, but probably means something else.
    case warning
  }

  /// A further place that explains the problem.
  package struct Note: Sendable {
    /// The remark.
    package var message: String
    /// The place; nil for a remark without one.
    package var place: SourcePlace?
    /// The text that the note advises to write, and the range that it replaces, so that the advice can be tried before
    /// it is shown.
    package var replacement: (stretch: SourcePlace, text: String)?

    /// Creates a remark, optionally with a place.
    package init(_ message: String, at place: SourcePlace? = nil) {
      self.message = message
      self.place = place
    }

    /// Creates the advice to replace a range by a text.
    package init(_ message: String, replacing stretch: SourcePlace, by text: String) {
      self.message = message
      replacement = (stretch, text)
    }
  }

  /// One of several possible meanings.
  package struct Reading: Sendable, Hashable {
    /// The text that may replace the range.
    package var text: String
    /// Its meaning; nil if the text is self-explanatory.
    package var meaning: String?

    /// Creates a reading with its meaning.
    package init(_ text: String, meaning: String? = nil) {
      self.text = text
      self.meaning = meaning
    }
  }

  /// The kind of problem.
  package var code: DiagnosticCode
  /// The severity.
  package var severity: Severity
  /// One line that states the problem, in lower case, without a full stop.
  package var message: String
  /// The place; nil only for problems that concern no file (an unreadable path).
  package var place: SourcePlace?
  /// The expected text or value, if the message does not give it.
  package var expected: String?
  /// The text or value found, if the message does not give it.
  package var found: String?
  /// The text that was probably meant, ready to replace the range: the nearest valid name, the corrected text.
  ///
  /// Displayed suggestions have been checked: replacing the range by one leaves no error there.
  package var suggestion: String?
  /// All possible meanings if there are several, ready to use like `suggestion`, which is then nil.
  package var readings: [Reading]
  /// Further places.
  package var notes: [Note]
  /// The path of the file that cannot be read, if the problem is about a whole file.
  package var path: String?

  /// Creates the diagnostic of a problem at a place; nil only for problems that concern no file.
  ///
  /// Texts of the problem that are too long are cut, and too many notes or readings are left out, see `BoundedText`.
  package init(_ problem: Problem, at place: SourcePlace?) {
    var problem = problem
    problem.bound()
    code = problem.code
    severity = problem.severity
    message = problem.message
    self.place = place
    expected = problem.expected
    found = problem.found
    suggestion = problem.suggestion
    readings = problem.readings
    notes = problem.notes
    path = problem.path
  }
}

/// Several problems, thrown together: all problems of a scenario are reported at once.
package struct Diagnostics: Error, Sendable {
  /// The problems, in the order of discovery.
  package var all: [Diagnostic]

  /// Creates a collection of problems.
  package init(_ all: [Diagnostic] = []) { self.all = all }

  /// Whether any of them is an error.
  package var containsError: Bool { all.contains { $0.severity == .error } }
}
