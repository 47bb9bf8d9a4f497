import Diagnostics
import Modeling
import TextFormats

/// Diagnostics as JSON: a list, with the components of each location.
package enum DiagnosticsJSON {
  /// Maximum number of listed diagnostics, errors before warnings; the member `omitted` counts the others.
  static let limit = 1_000

  /// The output of `check --json`: whether the scenario is valid, its counts if so, and every diagnostic.
  ///
  /// - Parameters:
  ///   - diagnostics: the errors and warnings.
  ///   - counts: the numbers of inputs, equations and outputs; nil for a scenario that is not valid.
  ///   - further: members after these, of commands that have more to report.
  package static func text(
    of diagnostics: [Diagnostic], counts: JSON?, further: [(key: String, value: JSON)] = []
  ) -> String {
    let isValid = !diagnostics.contains { $0.severity == .error }
    var listed = diagnostics
    var omitted: [(key: String, value: JSON)] = []
    if diagnostics.count > limit {
      listed = diagnostics.filter { $0.severity == .error } + diagnostics.filter { $0.severity != .error }
      listed.removeSubrange(limit...)
      omitted = [("omitted", .integer(diagnostics.count - limit))]
    }
    return JSON.object(
      [
        ("valid", .bool(isValid)), ("counts", counts ?? .null), ("diagnostics", .array(listed.map(json))),
      ] + omitted + further
    ).text + "\n"
  }

  private static func json(_ diagnostic: Diagnostic) -> JSON {
    .object(
      [
        ("code", .string(diagnostic.code.description)),
        ("severity", .string(diagnostic.severity == .error ? "error" : "warning")),
        ("message", .string(diagnostic.message)),
      ] + place(diagnostic.place, path: diagnostic.path) + [
        ("expected", .optional(diagnostic.expected)), ("found", .optional(diagnostic.found)),
        ("suggestion", .optional(diagnostic.suggestion)),
        (
          "readings",
          .array(
            diagnostic.readings.map { .object([("text", .string($0.text)), ("meaning", .optional($0.meaning))]) })
        ),
        (
          "notes",
          .array(diagnostic.notes.map { .object([("message", .string($0.message))] + place($0.place, path: nil)) })
        ),
      ])
  }

  private static func place(_ place: SourcePlace?, path: String?) -> [(key: String, value: JSON)] {
    [
      ("path", .optional(place?.file.path ?? path)), ("line", place.map { .integer($0.line) } ?? .null),
      ("column", place.map { .integer($0.column) } ?? .null), ("length", place.map { .integer($0.length) } ?? .null),
    ]
  }
}
