import TextFormats

/// The result of `loadcast verify`, as text and as JSON.
package struct VerificationScreen {
  /// The outcome of running the commands of the records again.
  package enum Repetition: Sendable {
    /// The commands were not run again.
    case notWanted
    /// A scenario is not the one of the results, so that running it would show nothing; its changed files.
    case impossible([FolderVerification.SourceState])
    /// The differences; none if the results are the same.
    case compared([FirstDifference])
  }

  /// Lines of each kind that the text shows; the JSON has all.
  private static let mostLines = 20

  private let verification: FolderVerification
  private let repetition: Repetition
  private let isStrict: Bool

  /// The screen of a verification.
  ///
  /// - Parameters:
  ///   - verification: what the folder's files are like.
  ///   - repetition: the outcome of running the commands again.
  ///   - isStrict: whether unlisted files and changed scenarios are differences.
  package init(of verification: FolderVerification, repetition: Repetition, isStrict: Bool) {
    self.verification = verification
    self.repetition = repetition
    self.isStrict = isStrict
  }

  /// Whether the folder is what its records state.
  package var isIntact: Bool {
    if !verification.differences.isEmpty || (isStrict && isChanged) { return false }
    switch repetition {
    case .notWanted: return true
    case .impossible: return false
    case .compared(let differences): return differences.isEmpty
    }
  }

  /// The human-readable text.
  package var text: String {
    let folder = TerminalText.path(verification.folder)
    var lines = verification.records.map { record in
      let count = record.files.count
      return "\(folder)/\(record.name): \(count) \(count == 1 ? "file" : "files") of \(record.command), "
        + "\(TerminalText.path(record.engine)), SHA-256 \(record.sha256)"
    }
    lines += shortened(
      verification.differences.map { "\($0.kind.rawValue): \(TerminalText.path($0.path)): \($0.reason)" })
    lines += shortened(verification.unlisted.map { "not in a record: \(TerminalText.path($0))" })
    lines += shortened(
      verification.sources.filter { $0.state != .unchanged }.map { source in
        let end =
          switch source.state {
          case .missing: "is not there"
          case .unreadable: "cannot be read"
          default: "has changed since"
          }
        return "the scenario's file \(TerminalText.path(source.path)) \(end)"
      })
    switch repetition {
    case .notWanted: break
    case .impossible: lines.append("not run again: the scenario is not the one of the results; --from says where it is")
    case .compared(let differences):
      lines += shortened(differences.map(Self.text))
      if differences.isEmpty { lines.append("run again: the same results") }
    }
    lines.append("\(folder): \(summary)")
    return lines.map { $0 + "\n" }.joined()
  }

  /// What the exit code says.
  private var summary: String {
    if !verification.differences.isEmpty { return "not as recorded" }
    if isIntact { return "every file is as recorded" }
    let reason = isStrict && isChanged ? "not as --strict demands" : "its command does not make it again"
    return "every recorded file is as recorded, and the folder is \(reason)"
  }

  /// Whether there are files that no record names, or the scenario has changed.
  private var isChanged: Bool {
    !verification.unlisted.isEmpty || verification.sources.contains { $0.state != .unchanged }
  }

  private func shortened(_ lines: [String]) -> [String] {
    guard lines.count > Self.mostLines else { return lines }
    return lines.prefix(Self.mostLines) + ["… and \(lines.count - Self.mostLines) more, which --json lists"]
  }

  /// `run again: summary.csv, line 3 (output electricity, year 2025), p50: 84.1 recorded, 84.2 now`
  private static func text(of difference: FirstDifference) -> String {
    let path = TerminalText.path(difference.path)
    guard difference.line > 0 || difference.column != nil else { return "run again: \(path) was not written" }
    let line = difference.line > 0 ? ", line \(difference.line)" : ""
    let key = difference.key.map { "\($0.column) \($0.value)" }.joined(separator: ", ")
    let column = difference.column.map { ", \($0)" } ?? ""
    let (old, new) = (difference.recorded ?? "nothing", difference.anew ?? "nothing")
    return "run again: \(path)\(line)\(key.isEmpty ? "" : " (\(key))")\(column): \(old) recorded, \(new) now"
  }

  /// The machine-readable text.
  package var json: String {
    JSON.object([
      ("folder", .string(verification.folder)), ("intact", .bool(isIntact)),
      (
        "records",
        .array(
          verification.records.map { record in
            .object([
              ("path", .string(record.name)), ("sha256", .string(record.sha256)), ("command", .string(record.command)),
              ("engine", .string(record.engine)), ("files", .integer(record.files.count)),
            ])
          })
      ),
      (
        "differences",
        .array(
          verification.differences.map { difference in
            .object([
              ("path", .string(difference.path)), ("kind", .string(difference.kind.rawValue)),
              ("reason", .string(difference.reason)),
            ])
          })
      ),
      ("unlisted", .array(verification.unlisted.map(JSON.string))),
      (
        "scenario",
        .array(
          verification.sources.map { source in
            .object([("path", .string(source.path)), ("state", .string(source.state.rawValue))])
          })
      ),
      ("again", repetitionJSON),
    ]).text + "\n"
  }

  private var repetitionJSON: JSON {
    switch repetition {
    case .notWanted: .null
    case .impossible: .object([("outcome", .string("impossible")), ("differences", .array([]))])
    case .compared(let differences):
      .object([
        ("outcome", .string(differences.isEmpty ? "same" : "different")),
        ("differences", .array(differences.map(Self.json))),
      ])
    }
  }

  private static func json(of difference: FirstDifference) -> JSON {
    .object([
      ("path", .string(difference.path)), ("line", difference.line > 0 ? .integer(difference.line) : .null),
      ("key", .object(difference.key.map { ($0.column, .string($0.value)) })), ("column", .optional(difference.column)),
      ("recorded", .optional(difference.recorded)), ("now", .optional(difference.anew)),
    ])
  }
}
