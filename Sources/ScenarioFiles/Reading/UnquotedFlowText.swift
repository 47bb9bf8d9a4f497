import Diagnostics
import Modeling

/// Finds formulas that YAML split at commas inside `{}` and `[]`, which it does silently:
/// `{value: triangular(1, 2, 5), unit: W}` has the keys `value`, `2`, `5)` and `unit`.
enum UnquotedFlowText {
  /// A key, with its value if that is a text.
  struct Entry {
    var key: ScalarText
    var value: ScalarText?

    /// The text that may begin or continue a split formula.
    var first: ScalarText { value ?? key }
    var whole: String { value.map { "\(key.text): \($0.text)" } ?? key.text }
  }

  /// The split texts of a mapping in braces, each with the entries that it spans.
  static func inMapping(_ entries: [Entry]) -> [(range: ClosedRange<Int>, diagnostic: Diagnostic)] {
    var found: [(range: ClosedRange<Int>, diagnostic: Diagnostic)] = []
    var index = 0
    while index < entries.count {
      let start = entries[index].first
      let following = entries[(index + 1)...].lazy.map(\.whole)
      if let count = piecesToBalance(start.text, following) {
        let joined = ([start.text] + following.prefix(count - 1)).joined(separator: ", ")
        let last = entries[index + count - 1]
        found.append(
          (
            index...(index + count - 1),
            diagnostic(start, to: count > 1 ? last.value ?? last.key : start, "{ }", joined)
          ))
        index += count
      } else {
        index += 1
      }
    }
    return found
  }

  /// The first split text of a list.
  static func inList(_ items: [Node]) -> Diagnostic? {
    let texts = items.map { item in
      if case .scalar(let text) = item.kind { text } else { nil as ScalarText? }
    }
    for (index, text) in texts.enumerated() {
      guard let text else { continue }
      let following = texts[(index + 1)...].lazy.prefix { $0 != nil }.map { $0?.text ?? "" }
      if let count = piecesToBalance(text.text, following) {
        let joined = ([text.text] + following.prefix(count - 1)).joined(separator: ", ")
        return diagnostic(text, to: texts[index + count - 1] ?? text, "[ ]", joined)
      }
    }
    return nil
  }

  /// The number of parts up to the one that closes the parentheses opened in the first; nil if it opens none, or if
  /// they are still open after twenty parts.
  private static func piecesToBalance(_ first: String, _ following: some Sequence<String>) -> Int? {
    guard var depth = depth(first, after: 0), depth > 0 else { return nil }
    var count = 1
    for piece in following.prefix(20) {
      guard let next = Self.depth(piece, after: depth) else { return nil }
      depth = next
      count += 1
      if depth == 0 { return count }
    }
    return nil
  }

  /// The number of open parentheses after a text; nil if it closes too many.
  private static func depth(_ text: String, after before: Int) -> Int? {
    var depth = before
    for byte in text.utf8 {
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") { depth -= 1 }
      if depth < 0 { return nil }
    }
    return depth
  }

  /// The problem of a text, from its first part to its last.
  private static func diagnostic(
    _ start: ScalarText, to end: ScalarText, _ brackets: String, _ joined: String
  ) -> Diagnostic {
    var place = start.place(offset: 0, length: max(1, start.places.count - 1))
    if let last = end.places.last, last.line == place.line { place.length = max(1, last.column - place.column) }
    return Diagnostic(
      .unquotedComma(
        brackets, found: start.text, suggestion: joined.contains("\"") ? "'\(joined)'" : "\"\(joined)\""),
      at: place)
  }
}

/// Problems of keys without a value, with the most likely reason.
enum EmptyValue {
  static func diagnostic(key: ScalarText, isFlow: Bool, after last: UnquotedFlowText.Entry?, _ lines: LineTable)
    -> Diagnostic
  {
    let text = key.text
    let place = key.place(offset: 0, length: max(1, key.places.count - 1))
    if let colon = text.firstIndex(of: ":"), colon != text.startIndex, text.index(after: colon) != text.endIndex {
      return Diagnostic(
        .missingSpace(suggestion: "\(text[..<colon]): \(text[text.index(after: colon)...])"), at: place)
    }
    let ending = key.places.last ?? (place.line, place.column)
    let hasColon = lines.characters(ofLine: ending.line - 1).dropFirst(ending.column - 1).first { $0 != " " } == ":"
    // `2021: ,` is a label without a value; `[1, 2` without its brackets has no colon.
    if isFlow, !hasColon, let last, let value = last.value, let first = text.first, first.isNumber || first == "-" {
      // The range begins at the preceding value, which is the first item of the list.
      var whole = value.place(offset: 0, length: max(1, value.places.count - 1))
      let isOneLine = key.places.last.map { $0.line == whole.line } ?? false
      if isOneLine, let end = key.places.last { whole.length = max(1, end.column - whole.column) }
      return Diagnostic(
        .listWithoutBrackets(text, suggestion: isOneLine ? "[\(value.text), \(text)]" : nil),
        at: isOneLine ? whole : place)
    }
    let end = key.places.last ?? (place.line, place.column)
    let rest = lines.characters(ofLine: end.line - 1).dropFirst(end.column - 1).prefix(200)
    let comment = rest.firstIndex(of: "#").map { lines.place(line: end.line - 1, column: $0) }
    return Diagnostic(.keyWithoutValue(text, comment: comment), at: place)
  }
}

/// Plain texts that begin with a reserved character of YAML.
enum ReservedIndicator {
  static func diagnostic(_ indicator: Unicode.Scalar, _ text: ScalarText) -> Diagnostic {
    let quoted = "\"\(text.text)\""
    let reason: String? =
      switch indicator {
      case "&": "in YAML it begins an anchor, which a scenario file cannot have"
      case "*": "in YAML it begins an alias, which a scenario file cannot have"
      case "!": "in YAML it begins a tag, which a scenario file cannot have"
      default: nil
      }
    return Diagnostic(
      .reservedCharacter(String(indicator), reason: reason, suggestion: text.text == "%" ? "percent" : quoted),
      at: text.place(offset: 0, length: max(1, text.places.count - 1)))
  }
}
