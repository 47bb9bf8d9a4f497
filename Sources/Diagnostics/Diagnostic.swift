/// A problem with a scenario, as facts with places; `DiagnosticRenderer` formats it.
public struct Diagnostic: Error, Sendable {
  /// The severity of a problem.
  public enum Severity: Sendable {
    /// The scenario cannot be run.
    case error
    /// The scenario can be run, but probably means something else.
    case warning
  }

  /// A further place that explains the problem.
  public struct Note: Sendable {
    /// The remark.
    public var message: String
    /// The place; nil for a remark without one.
    public var place: SourcePlace?
    /// The text that the note advises to write, and the range that it replaces, so that the advice can be tried before
    /// it is shown.
    public var replacement: (stretch: SourcePlace, text: String)?

    /// Creates a remark, optionally with a place.
    public init(_ message: String, at place: SourcePlace? = nil) {
      self.message = message
      self.place = place
    }

    /// Creates the advice to replace a range by a text.
    public init(_ message: String, replacing stretch: SourcePlace, by text: String) {
      self.message = message
      replacement = (stretch, text)
    }
  }

  /// One of several possible meanings.
  public struct Reading: Sendable, Hashable {
    /// The text that may replace the range.
    public var text: String
    /// Its meaning; nil if the text is self-explanatory.
    public var meaning: String?

    /// Creates a reading with its meaning.
    public init(_ text: String, meaning: String? = nil) {
      self.text = text
      self.meaning = meaning
    }
  }

  /// The kind of problem.
  public var code: DiagnosticCode
  /// The severity.
  public var severity: Severity
  /// One line that states the problem, in lower case, without a full stop.
  public var message: String
  /// The place; nil only for problems that concern no file (an unreadable path).
  public var place: SourcePlace?
  /// The expected text or value, if the message does not give it.
  public var expected: String?
  /// The text or value found, if the message does not give it.
  public var found: String?
  /// The text that was probably meant, ready to replace the range: the nearest valid name, the corrected text.
  ///
  /// Displayed suggestions have been checked: replacing the range by one leaves no error there.
  public var suggestion: String?
  /// All possible meanings if there are several, ready to use like `suggestion`, which is then nil.
  public var readings: [Reading]
  /// Further places.
  public var notes: [Note]
  /// The path of the file that cannot be read, if the problem is about a whole file.
  public var path: String?

  /// Creates the diagnostic of a problem at a place; nil only for problems that concern no file.
  public init(_ problem: Problem, at place: SourcePlace?) {
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
public struct Diagnostics: Error, Sendable {
  /// The problems, in the order of discovery.
  public var all: [Diagnostic]

  /// Creates a collection of problems.
  public init(_ all: [Diagnostic] = []) { self.all = all }

  /// Whether any of them is an error.
  public var containsError: Bool { all.contains { $0.severity == .error } }
}
