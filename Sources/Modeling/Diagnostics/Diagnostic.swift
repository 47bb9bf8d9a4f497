/// A problem with a scenario as a value: facts with places; `DiagnosticRenderer` makes the text.
public struct Diagnostic: Error, Sendable {
  /// How bad it is.
  public enum Severity: Sendable {
    /// Nothing can be run.
    case error
    /// It can be run, and is probably not meant.
    case warning
  }

  /// A further place that explains the problem.
  public struct Note: Sendable {
    /// What is to be seen there.
    public var message: String
    /// Where; nil for a remark without a place.
    public var place: SourcePlace?
    /// The text that the remark advises to write, and the stretch that it would take the place of, so that the advice
    /// can be tried before it is shown.
    public var replacement: (stretch: SourcePlace, text: String)?

    /// A remark, with a place where there is one.
    public init(_ message: String, at place: SourcePlace? = nil) {
      self.message = message
      self.place = place
    }

    /// The advice to write a text in the place of a stretch.
    public init(_ message: String, replacing stretch: SourcePlace, by text: String) {
      self.message = message
      replacement = (stretch, text)
    }
  }

  /// One of several things that may have been meant.
  public struct Reading: Sendable, Hashable {
    /// The text that may be put in the place of the stretch.
    public var text: String
    /// What it would mean; nil where the text says it.
    public var meaning: String?

    /// A text, and what it would mean.
    public init(_ text: String, meaning: String? = nil) {
      self.text = text
      self.meaning = meaning
    }
  }

  /// How bad it is.
  public var severity: Severity
  /// One line: what is wrong, in lower case, without a full stop.
  public var message: String
  /// Where; nil only for problems of no file (an unreadable path).
  public var place: SourcePlace?
  /// What was expected, if that is news.
  public var expected: String?
  /// What was found, if that is news.
  public var found: String?
  /// What was probably meant, ready to be put in the place of the stretch: the nearest right name, the corrected text.
  ///
  /// What is shown has been checked: in the place of the stretch it gives no error there.
  public var suggestion: String?
  /// Where several things may have been meant, all of them, ready to use like `suggestion`, which is then nil.
  public var readings: [Reading] = []
  /// Further places.
  public var notes: [Note]

  /// An error at a place.
  public init(
    _ message: String, at place: SourcePlace?, expected: String? = nil, found: String? = nil,
    suggestion: String? = nil, notes: [Note] = []
  ) {
    self.init(
      .error, message, at: place, expected: expected, found: found, suggestion: suggestion, notes: notes)
  }

  /// A problem at a place.
  public init(
    _ severity: Severity, _ message: String, at place: SourcePlace?, expected: String? = nil,
    found: String? = nil, suggestion: String? = nil, notes: [Note] = []
  ) {
    self.severity = severity
    self.message = message
    self.place = place
    self.expected = expected
    self.found = found
    self.suggestion = suggestion
    self.notes = notes
  }
}

/// Several problems, thrown together: all of a scenario's are reported in one go.
public struct Diagnostics: Error, Sendable {
  /// The problems, in the order in which they were found.
  public var all: [Diagnostic]

  /// Collected problems.
  public init(_ all: [Diagnostic] = []) { self.all = all }

  /// Whether any of them is an error.
  public var containsError: Bool { all.contains { $0.severity == .error } }
}
