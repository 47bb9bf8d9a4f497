/// A problem without its place: a code and the sentences for it.
///
/// Problems are created by static functions, one file a section, which build the sentences from facts; the place is
/// added where the problem is reported.
package struct Problem: Sendable {
  /// The kind of problem.
  package var code: DiagnosticCode
  /// The severity.
  package var severity: Diagnostic.Severity
  /// One line that states the problem, in lower case, without a full stop.
  package var message: String
  /// The expected text or value, if the message does not give it.
  package var expected: String?
  /// The text or value found, if the message does not give it.
  package var found: String?
  /// The text that was probably meant, ready to replace the range.
  package var suggestion: String?
  /// All possible meanings if there are several; `suggestion` is then nil.
  package var readings: [Diagnostic.Reading]
  /// Remarks, with or without places of their own.
  package var notes: [Diagnostic.Note]
  /// The path of the file that cannot be read, if the problem is about a whole file.
  package var path: String?

  /// Creates a problem.
  ///
  /// - Parameters:
  ///   - kind: The case of a section that names the kind of problem.
  ///   - severity: Whether the scenario can be run nevertheless.
  ///   - message: One line that states the problem, in lower case, without a full stop.
  ///   - expected: The expected text or value, if the message does not give it.
  ///   - found: The text or value found, if the message does not give it.
  ///   - suggestion: The text that was probably meant, ready to replace the range.
  ///   - advice: Instructions in words, shown as the last note.
  ///   - readings: All possible meanings if there are several.
  ///   - notes: Remarks, with or without places of their own.
  package init(
    _ kind: some DiagnosticSection, severity: Diagnostic.Severity = .error, _ message: String,
    expected: String? = nil, found: String? = nil, suggestion: String? = nil, advice: String? = nil,
    readings: [Diagnostic.Reading] = [], notes: [Diagnostic.Note] = []
  ) {
    code = kind.code
    self.severity = severity
    self.message = message
    self.expected = expected
    self.found = found
    self.suggestion = suggestion
    self.readings = readings
    self.notes = notes + (advice.map { [.init($0)] } ?? [])
  }

  /// The same problem with further remarks.
  package func with(notes: [Diagnostic.Note]) -> Problem {
    var problem = self
    problem.notes += notes
    return problem
  }

  /// The same problem, about a whole file.
  package func concerning(_ path: String) -> Problem {
    var problem = self
    problem.path = path
    return problem
  }

  /// The same problem with possible meanings: one is a suggestion, several are readings.
  package func offering(_ offers: [Diagnostic.Reading]) -> Problem {
    var problem = self
    if offers.count > 1 {
      (problem.suggestion, problem.readings) = (nil, offers)
    } else if let only = offers.first {
      problem.suggestion = only.text
    }
    return problem
  }
}

extension Diagnostics {
  /// A single problem.
  package init(_ problem: Problem, at place: SourcePlace?) { self.init([Diagnostic(problem, at: place)]) }
}
