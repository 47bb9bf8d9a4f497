import TextFormats

/// Formats diagnostics as human-readable text in the style of compilers; a pure function.
///
///     scenario.yaml:4:8: error[distributions.unknown]: there is no distribution `trianglar`
///     4 |   a: trianglar(1, 2, 5)
///       |      ^^^^^^^^^
///       expected: a distribution, a number or an interval
///       did you mean: triangular
///
/// Errors come first, then warnings; each by file (in the order of first appearance) and place; identical ones are
/// shown once. Control characters of a file never reach the terminal.
package struct DiagnosticRenderer: Sendable {
  /// A part of the text with its role, so that it can be coloured.
  package struct Fragment: Sendable, Equatable {
    /// The role of a fragment.
    package enum Role: Sendable {
      /// Messages and source lines.
      case plain
      /// `path:line:column:`
      case place
      /// `error[CODE]:`, `warning[CODE]:`, `note:`.
      case error, warning, note
      /// Line numbers and the bar next to the source.
      case gutter
      /// The carets under the range.
      case caret
      /// `expected:`, `found:`, `did you mean:`.
      case label
    }

    /// The text.
    package var text: String
    /// The role.
    package var role: Role

    /// Creates a fragment.
    package init(_ text: String, _ role: Role = .plain) {
      self.text = text
      self.role = role
    }
  }

  /// The number of problems that are shown; further problems are only counted.
  package var limit: Int
  /// The number of columns of a source line that are shown; a longer line is cut around the range.
  package var width: Int

  /// Creates a renderer that shows up to `limit` problems, and up to `width` columns of a source line.
  package init(limit: Int = 50, width: Int = 110) {
    self.limit = limit
    self.width = max(20, width)
  }

  /// The text without colours, ending with the summary line; empty for no problems.
  package func text(of diagnostics: [Diagnostic]) -> String {
    fragments(of: diagnostics).map(\.text).joined()
  }

  /// The text in fragments.
  package func fragments(of diagnostics: [Diagnostic]) -> [Fragment] {
    let sorted = Self.ordered(diagnostics)
    guard !sorted.isEmpty else { return [] }
    var text: [Fragment] = []
    for diagnostic in sorted.prefix(limit) {
      text += block(of: diagnostic)
      text.append(Fragment("\n"))
    }
    if sorted.count > limit {
      text.append(Fragment("… and \(sorted.count - limit) more\n\n"))
    }
    text.append(Fragment(Self.summary(of: sorted) + "\n"))
    return text
  }

  /// `3 errors, 1 warning`
  package static func summary(of diagnostics: [Diagnostic]) -> String {
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count - errors
    var parts: [String] = []
    if errors > 0 { parts.append(errors == 1 ? "1 error" : "\(errors) errors") }
    if warnings > 0 { parts.append(warnings == 1 ? "1 warning" : "\(warnings) warnings") }
    return parts.joined(separator: ", ")
  }

  /// The problems in display order, without repetitions.
  static func ordered(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    struct Identity: Hashable {
      var file: ObjectIdentifier?
      var line = 0
      var column = 0
      var message: String
      var details: [String?]
    }
    // Files are compared by identity, not by path: each `--set` is a separate file with the same name.
    var rank: [ObjectIdentifier: Int] = [:]
    for place in diagnostics.compactMap(\.place) where rank[ObjectIdentifier(place.file)] == nil {
      rank[ObjectIdentifier(place.file)] = rank.count
    }
    var seen: Set<Identity> = []
    let distinct = diagnostics.filter { diagnostic in
      seen.insert(
        Identity(
          file: (diagnostic.place?.file).map(ObjectIdentifier.init), line: diagnostic.place?.line ?? 0,
          column: diagnostic.place?.column ?? 0,
          message: diagnostic.message, details: [diagnostic.expected, diagnostic.found, offer(diagnostic)])
      ).inserted
    }
    func key(_ diagnostic: Diagnostic) -> (Int, Int, Int, Int) {
      let severity = diagnostic.severity == .error ? 0 : 1
      guard let place = diagnostic.place else { return (severity, -1, 0, 0) }
      return (severity, rank[ObjectIdentifier(place.file)] ?? 0, place.line, place.column)
    }
    // The position in the list makes the sort stable.
    return distinct.enumerated().map { (key($1), $0, $1) }
      .sorted { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1 < $1.1 }.map(\.2)
  }

  private func block(of diagnostic: Diagnostic) -> [Fragment] {
    var text: [Fragment] = []
    if let place = diagnostic.place { text.append(Self.fragment(of: place)) }
    let isError = diagnostic.severity == .error
    text.append(Fragment("\(isError ? "error" : "warning")[\(diagnostic.code)]: ", isError ? .error : .warning))
    text.append(Fragment(Self.printable(diagnostic.message) + "\n"))
    text += excerpt(of: diagnostic.place)
    for (label, detail) in [
      ("expected: ", diagnostic.expected), ("found: ", diagnostic.found), ("did you mean: ", Self.offer(diagnostic)),
    ] {
      guard let detail else { continue }
      text.append(Fragment("  " + label, .label))
      text.append(Fragment(Self.printable(detail, continuation: "    ") + "\n"))
    }
    for note in diagnostic.notes {
      if let place = note.place {
        text.append(Self.fragment(of: place))
      } else {
        text.append(Fragment("  "))
      }
      text.append(Fragment("note: ", .note))
      text.append(Fragment(Self.printable(note.message, continuation: "    ") + "\n"))
      text += excerpt(of: note.place)
    }
    return text
  }

  /// A place and a colon, on one line: a path may have line ends.
  private static func fragment(of place: SourcePlace) -> Fragment {
    Fragment(TerminalText.withoutControls(printable(place.description, continuation: "")) + ": ", .place)
  }

  /// The probable meaning: the one suggestion, or all readings with their meanings.
  private static func offer(_ diagnostic: Diagnostic) -> String? {
    guard !diagnostic.readings.isEmpty else { return diagnostic.suggestion }
    return diagnostic.readings.map { $0.text + ($0.meaning.map { " (\($0))" } ?? "") }.joined(separator: ", or ")
  }

  /// The source line with its number, and carets under the range; empty for a line that the file does not have.
  private func excerpt(of place: SourcePlace?) -> [Fragment] {
    guard let place, place.line >= 1, place.line <= place.file.lines.count else { return [] }
    // A line is cut before it is split into characters, so that a line of many megabytes costs no more than a short
    // one.
    let line = place.file.lines[place.line - 1]
    let before = max(0, place.column - 1 - width / 2)
    let isLong = line.utf8.count > width && line.dropFirst(width).first != nil
    let skipped = isLong ? before : 0
    var shown = Array(line.dropFirst(skipped).prefix(isLong ? width : line.utf8.count))
    let isCutBehind = isLong && line.dropFirst(skipped + width).first != nil
    shown = shown.map { $0 == "\t" ? $0 : Self.printable($0) }

    let number = String(place.line)
    let margin = String(repeating: " ", count: number.count)
    let ellipsis = skipped > 0 ? "…" : ""
    let start = min(place.column - 1 - skipped, shown.count)
    let reach = min(start + place.length, max(shown.count, start + 1))
    // Tabs are repeated above the carets, so that both lines are aligned for any tab stops.
    let indent = shown[..<start].map { $0 == "\t" ? "\t" : String(repeating: " ", count: Self.columns(of: $0)) }
    let carets = (start..<reach).map { $0 < shown.count ? max(1, Self.columns(of: shown[$0])) : 1 }.reduce(0, +)
    return [
      Fragment("\(number) | ", .gutter),
      Fragment(ellipsis + String(shown) + (isCutBehind ? "…" : "") + "\n"),
      Fragment("\(margin) | ", .gutter),
      Fragment((skipped > 0 ? " " : "") + indent.joined()),
      Fragment(String(repeating: "^", count: carets) + "\n", .caret),
    ]
  }

  /// A text without control characters; further lines begin with `continuation`.
  private static func printable(_ text: String, continuation: String = " ") -> String {
    var result = ""
    for character in BoundedText.of(text) {
      if character == "\n" || character == "\r\n" {
        result += "\n" + continuation
      } else {
        result.append(printable(character))
      }
    }
    return result
  }

  /// A character, or the replacement character if it controls the terminal or the direction of text.
  private static func printable(_ character: Character) -> Character {
    let scalars = character.unicodeScalars.prefix(BoundedText.longestCharacter)
    let isHarmful = scalars.contains(where: TerminalText.isHarmful)
    // A letter with a million accents is one character.
    return isHarmful || character.utf8.count > BoundedText.longestCharacter ? "\u{FFFD}" : character
  }

  /// The number of terminal columns of a character (Unicode Standard Annex #11, East Asian Width).
  private static func columns(of character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if first.value < 0x300 { return 1 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch first.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default:
      return first.properties.isEmojiPresentation ? 2 : 1
    }
  }
}

/// Adds colours for a terminal; the caller decides whether they are wanted (`NO_COLOR`, a pipe).
package enum AnsiDecoration {
  /// The text of fragments with ANSI escape codes (ECMA-48, Select Graphic Rendition).
  package static func text(of fragments: [DiagnosticRenderer.Fragment]) -> String {
    fragments.map { fragment in
      guard let code = code(of: fragment.role) else { return fragment.text }
      // The colour is reset before the end of the line, so that none remains if the output is cut.
      let body = fragment.text.hasSuffix("\n") ? String(fragment.text.dropLast()) : fragment.text
      return "\u{1B}[\(code)m\(body)\u{1B}[0m" + fragment.text.dropFirst(body.count)
    }.joined()
  }

  private static func code(of role: DiagnosticRenderer.Fragment.Role) -> String? {
    switch role {
    case .plain: nil
    case .place: "1"
    case .error: "1;31"
    case .warning: "1;33"
    case .note: "1;36"
    case .gutter: "2"
    case .caret: "32"
    case .label: "36"
    }
  }
}
