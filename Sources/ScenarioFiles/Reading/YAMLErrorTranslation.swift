import Diagnostics
import Modeling
import Yams

/// Translates a syntax error of the YAML library into the terms of a scenario author, with the likely cause.
struct YAMLErrorTranslation {
  let diagnostic: Diagnostic

  init(_ error: YamlError, lines: LineTable) {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let start = context.map { Position($0.mark, lines) }
      diagnostic = Translation(problem: problem, at: Position(mark, lines), from: start, lines: lines).diagnostic
    case .reader(let problem, _, _, _):
      diagnostic = Diagnostic("this file cannot be read as YAML: \(problem)", at: lines.place(line: 0, column: 0))
    default:
      diagnostic = Diagnostic("this file cannot be read as YAML", at: lines.place(line: 0, column: 0))
    }
  }

  /// A position, counted from 0, on an existing line and not after its end.
  fileprivate struct Position {
    var line: Int
    var column: Int

    init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }

    init(_ mark: Mark, _ lines: LineTable) {
      line = mark.line - 1
      column = lines.column(ofScalar: mark.column - 1, inLine: line)
      // The library places something missing at the end of a file after its last line; readers expect it before.
      while line > 0, line >= lines.count || lines.contentEnd(ofLine: line) == 0 {
        line -= 1
        column = max(0, lines.contentEnd(ofLine: line) - 1)
      }
    }
  }
}

/// The translation by cases: first by the library's message, then by the text at the position.
private struct Translation {
  let problem: String
  let at: YAMLErrorTranslation.Position
  let from: YAMLErrorTranslation.Position?
  let lines: LineTable

  var diagnostic: Diagnostic {
    if problem.contains("Maximum nesting level") {
      return Diagnostic(
        "this file nests too deeply", at: place(at), expected: "at most \(NodeReader.deepestNesting) levels")
    }
    if let tab = tabInIndentation { return tab }
    if let reserved = reservedBeginning { return reserved }
    switch problem {
    case let problem where problem.contains("mapping values are not allowed"): return secondColon
    case let problem where problem.contains("could not find expected ':'"): return missingColon(at: from ?? at)
    case let problem where problem.contains("block sequence entries are not allowed"): return dash
    case let problem where problem.contains("expected ',' or"): return flow
    case let problem where problem.contains("did not find expected key"),
      let problem
    where problem.contains("expected '-' indicator"), let problem where problem.contains("expected <document start>"):
      return misplaced
    case let problem where problem.contains("unexpected end of stream"),
      let problem
    where problem.contains("unexpected document indicator"):
      return Diagnostic(
        "this quotation mark is not closed", at: place(from ?? at),
        expected: "`\(character(from ?? at).map(String.init) ?? "\"")` at the end of the text")
    case let problem where problem.contains("unknown escape"):
      return Diagnostic(
        "in double quotes a backslash begins an escape, and this is none", at: place(at, length: 2),
        expected: "`\\\\` for a backslash, or single quotes around the text")
    case let problem where problem.contains("escape") || problem.contains("hexdecimal"):
      return Diagnostic("this escape in double quotes is none", at: place(at))
    case let problem where problem.contains("another document"):
      return Diagnostic("a scenario file is one YAML document; here a second one begins", at: place(at))
    case let problem where problem.contains("comment or line break"):
      let start = from ?? at
      return cannotBegin(start)
    case let problem where problem.contains("indentation indicator"): return cannotBegin(from ?? at)
    case let problem where problem.contains("cannot start any token"): return cannotBegin(at)
    case let problem where problem.contains("expected node content"):
      if let bracket = character(at), bracket == "[" || bracket == "{" {
        // The file ends after an opening bracket.
        return Diagnostic("`\(bracket)` is not closed", at: place(at), expected: bracket == "[" ? "`]`" : "`}`")
      }
      return Diagnostic("a value is missing here", at: place(at))
    default:
      return Diagnostic(
        "this is not YAML: \(problem)", at: place(at),
        notes: from.map { [Diagnostic.Note("in what begins here", at: place($0))] } ?? [])
    }
  }

  // MARK: Examining the text

  private func place(_ position: YAMLErrorTranslation.Position, length: Int = 1) -> SourcePlace {
    lines.place(line: position.line, column: position.column, length: length)
  }

  private func line(_ number: Int) -> [Character] { lines.characters(ofLine: number) }

  private func character(_ position: YAMLErrorTranslation.Position) -> Character? {
    let raw = line(position.line)
    return raw.indices.contains(position.column) ? raw[position.column] : nil
  }

  private func indentation(_ number: Int) -> Int { line(number).prefix { $0 == " " }.count }

  /// The value after the first colon and space of a line, with its column.
  private func value(ofLine number: Int) -> (column: Int, text: String)? {
    let raw = line(number)
    guard let colon = raw.indices.first(where: { raw[$0] == ":" && $0 + 1 < raw.count && raw[$0 + 1] == " " }),
      let start = raw[(colon + 1)...].firstIndex(where: { $0 != " " })
    else { return nil }
    let end = lines.contentEnd(ofLine: number)
    return start < end ? (start, String(raw[start..<end])) : nil
  }

  /// The column at which a comment begins on a line without quotes.
  private func comment(ofLine number: Int) -> Int? {
    let raw = line(number)
    guard !raw.contains("\""), !raw.contains("'") else { return nil }
    return raw.indices.first { raw[$0] == "#" && ($0 == 0 || raw[$0 - 1] == " ") }
  }

  // MARK: Causes

  private var tabInIndentation: Diagnostic? {
    for number in [at.line, at.line - 1] where number >= 0 {
      let raw = line(number)
      guard let tab = raw.prefix(while: { $0 == " " || $0 == "\t" }).firstIndex(of: "\t") else { continue }
      return Diagnostic(
        "a tab cannot indent a line", at: lines.place(line: number, column: tab), expected: "spaces")
    }
    guard character(at) == "\t" else { return nil }
    return Diagnostic("a tab cannot stand here", at: place(at), expected: "spaces")
  }

  /// An anchor, alias or tag before a block: with its character escaped, the block seems to be misplaced.
  private var reservedBeginning: Diagnostic? {
    for number in [at.line, at.line - 1] where number >= 0 {
      guard let value = value(ofLine: number), let first = value.text.unicodeScalars.first,
        ["&", "*", "!"].contains(first), value.text.dropFirst().first?.isLetter == true
      else { continue }
      let word = String(value.text.prefix { $0 != " " })
      let place = lines.place(line: number, column: value.column, length: word.count)
      let name = first == "&" ? "anchors" : first == "*" ? "aliases" : "tags"
      return Diagnostic("`\(word)`: \(name) are not part of scenario files", at: place)
    }
    return nil
  }

  private var secondColon: Diagnostic {
    let raw = line(at.line)
    let before = raw.prefix(at.column)
    let open = before.count { $0 == "(" } - before.count { $0 == ")" }
    if open > 0 {
      let name = String(
        before.reversed().drop { $0 == " " }.prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
      let behind = raw.dropFirst(at.column + 1)
      let rest = String(behind.drop { $0 == " " }.prefix { !",) ".contains($0) })
      let end = at.column + 1 + behind.prefix { $0 == " " }.count + rest.count
      return Diagnostic(
        "an argument is named with `=`, not with a colon",
        at: stretch(from: at.column - name.count, to: end), suggestion: "\(name)=\(rest)")
    }
    if let value = value(ofLine: at.line), value.column <= at.column {
      return Diagnostic(
        "a second colon on one line", at: stretch(from: value.column, to: value.column + value.text.count),
        expected: "quotes around a text that holds a colon and a space",
        suggestion: "\"\(value.text)\"")
    }
    // This line has a key indented below a line that already has a value.
    let start = indentation(at.line)
    var above = at.line - 1
    while above > 0, lines.contentEnd(ofLine: above) == 0 || line(above).first(where: { $0 != " " }) == "#" {
      above -= 1
    }
    if above >= 0, value(ofLine: above) == nil, indentation(above) <= start,
      line(above).dropFirst(indentation(above)).first != "-", !endsWithColon(above)
    {
      return missingColon(at: YAMLErrorTranslation.Position(line: above, column: indentation(above)))
    }
    let note =
      above >= 0
      ? [Diagnostic.Note("this line is complete", at: lines.place(line: above, column: indentation(above)))] : []
    return Diagnostic(
      "this line is indented as if it belonged to the value above", at: lines.place(line: at.line, column: start),
      expected: above >= 0 ? "an indentation of \(indentation(above)) spaces" : nil, notes: note)
  }

  /// A part of the line with the error.
  private func stretch(from start: Int, to end: Int) -> SourcePlace {
    lines.place(line: at.line, column: start, length: max(1, end - start))
  }

  private func endsWithColon(_ number: Int) -> Bool {
    let end = lines.contentEnd(ofLine: number)
    return end > 0 && line(number)[end - 1] == ":"
  }

  /// The error of a line in a mapping without a colon and space.
  private func missingColon(at start: YAMLErrorTranslation.Position) -> Diagnostic {
    let end = max(start.column + 1, lines.contentEnd(ofLine: start.line))
    let text = String(line(start.line)[min(start.column, line(start.line).count)..<min(end, line(start.line).count)])
    let stretch = place(start, length: text.count)
    if let colon = text.firstIndex(of: ":"), text.index(after: colon) < text.endIndex {
      return Diagnostic(
        "a space is missing after the colon", at: stretch,
        suggestion: "\(text[..<colon]): \(text[text.index(after: colon)...])")
    }
    if let equals = text.firstIndex(of: "="), !text.contains("(") {
      let name = text[..<equals].trimmingSpaces, value = text[text.index(after: equals)...].trimmingSpaces
      return Diagnostic("a name is followed by a colon", at: stretch, suggestion: "\(name): \(value)")
    }
    if let quote = text.first, quote == "\"" || quote == "'", text.dropFirst().contains(quote) {
      return Diagnostic(
        "quotes go around a whole text", at: stretch, expected: "a name, a colon and a space before a value")
    }
    return Diagnostic("this line has no colon", at: stretch, expected: "name: value")
  }

  private var dash: Diagnostic {
    guard let value = value(ofLine: at.line), value.text.hasPrefix("- "), value.column == at.column else {
      return Diagnostic("a list item cannot stand here", at: place(at), expected: "each `-` on a line of its own")
    }
    return Diagnostic(
      "a value cannot begin with a minus sign and a space: to YAML that begins a list",
      at: stretch(from: value.column, to: value.column + value.text.count), suggestion: "-\(value.text.dropFirst(2))")
  }

  /// The error of a value that begins with `>`, `|` or another reserved character of YAML.
  private func cannotBegin(_ position: YAMLErrorTranslation.Position) -> Diagnostic {
    let sign = character(position).map(String.init) ?? ""
    let end = lines.contentEnd(ofLine: position.line)
    let raw = line(position.line)
    let isInBrackets = raw[..<min(position.column, end)].contains { $0 == "{" || $0 == "[" }
    let rest = raw[min(position.column, end)..<end]
    let text = String(isInBrackets ? rest.prefix { !",]}".contains($0) } : rest)
    return Diagnostic(
      "a text cannot begin with `\(sign)` unless it is in quotes: YAML keeps that sign for itself",
      at: place(position, length: max(1, text.count)), suggestion: "\"\(text)\"")
  }

  /// Errors in lists and mappings in brackets.
  private var flow: Diagnostic {
    let raw = line(at.line)
    let closing: Character = problem.contains("]") ? "]" : "}"
    let opening: Character = closing == "]" ? "[" : "{"
    guard let sign = character(at) else { return unclosed(opening, closing) }
    if sign == "[" || sign == "{", at.column > 0, !" ,[{".contains(raw[at.column - 1]) {
      return unquotedAtBracket(raw, sign)
    }
    // The library may report one character later: `]` after an inner bracket that it took for the end of the list.
    if let bracket = innerBracket(raw) { return unquotedAtBracket(raw, raw[bracket], at: bracket) }
    if "]}".contains(sign), sign != closing {
      return Diagnostic(
        "`\(sign)` does not close `\(opening)`", at: place(at), expected: "`\(closing)`",
        notes: from.map { [Diagnostic.Note("opened here", at: place($0))] } ?? [])
    }
    if let from, from.line < at.line { return unclosed(opening, closing) }
    if at.column > 0, let quote = raw[..<at.column].last(where: { $0 != " " }), quote == "\"" || quote == "'" {
      return Diagnostic(
        "nothing can follow a text in quotes", at: place(at),
        expected: "`,` or `\(closing)`, or quotes around the whole")
    }
    return Diagnostic(
      "`,` or `\(closing)` is missing here", at: place(at),
      notes: from.map { [Diagnostic.Note("in what is opened here", at: place($0))] } ?? [])
  }

  private func unclosed(_ opening: Character, _ closing: Character) -> Diagnostic {
    Diagnostic(
      "`\(opening)` is not closed", at: place(from ?? at), expected: "`\(closing)`",
      notes: [Diagnostic.Note("missing before this point", at: place(at))])
  }

  /// A bracket within a text before the position on the same line, as in `it[year=2023]`.
  private func innerBracket(_ raw: [Character]) -> Int? {
    let start = from.map { $0.line == at.line ? $0.column + 1 : 0 } ?? 0
    guard start < at.column else { return nil }
    return (start..<min(at.column, raw.count)).last {
      raw[$0] == "[" && $0 > 0 && (raw[$0 - 1].isLetter || raw[$0 - 1].isNumber || raw[$0 - 1] == "=")
    }
  }

  private func unquotedAtBracket(_ raw: [Character], _ sign: Character, at column: Int? = nil) -> Diagnostic {
    let bracket = column ?? at.column
    // The text extends from the last separator to the next one, both outside its own brackets.
    var start = bracket
    var depth = 0
    while start > 0 {
      let before = raw[start - 1]
      if before == ")" || before == "]" { depth += 1 }
      if before == "(" || before == "[" || before == "{" {
        if depth == 0, before != "(" { break }
        depth = max(0, depth - 1)
      }
      if depth == 0, before == ":" { break }
      if depth == 0, before == ",", !isInsideParentheses(raw, start - 1) { break }
      start -= 1
    }
    while start < bracket, raw[start] == " " { start += 1 }
    var end = bracket
    depth = raw[start..<bracket].count { $0 == "(" } - raw[start..<bracket].count { $0 == ")" }
    while end < raw.count {
      if "([{".contains(raw[end]) { depth += 1 }
      if ")]}".contains(raw[end]) {
        if depth == 0 { break }
        depth -= 1
      }
      if depth == 0, raw[end] == "," { break }
      end += 1
    }
    let text = String(raw[start..<end]).trimmingSpaces
    return Diagnostic(
      "a text with brackets needs quotes here", at: lines.place(line: at.line, column: start, length: text.count),
      expected: "quotes, or each key on a line of its own", suggestion: "\"\(text)\"")
  }

  private func isInsideParentheses(_ raw: [Character], _ column: Int) -> Bool {
    let before = raw[..<column]
    return before.count { $0 == "(" } > before.count { $0 == ")" }
  }

  /// The error of a line that belongs to neither the mapping nor the list that contains it.
  private var misplaced: Diagnostic {
    let raw = line(at.line)
    let start = indentation(at.line)
    if start < at.column {
      let last = raw[start..<at.column].last { $0 != " " }
      let cause =
        switch last {
        case "\"", "'": "nothing can follow a text in quotes"
        case "]", "}": "nothing can follow a closing bracket"
        default: "this cannot stand here"
        }
      let end = lines.contentEnd(ofLine: at.line)
      let whole = value(ofLine: at.line)?.text
      let hint =
        if last == "\"" || last == "'" {
          whole.map { "'\($0.filter { $0 != "'" })'" }
        } else {
          nil as String?
        }
      let start = hint == nil ? at.column : value(ofLine: at.line)?.column ?? at.column
      return Diagnostic(
        cause, at: stretch(from: start, to: end),
        expected: hint == nil ? nil : "quotes around the whole text", suggestion: hint)
    }
    let item = start < raw.count && raw[start] == "-"
    var diagnostic = Diagnostic(
      item ? "a list item cannot stand among names" : "this line fits no level of indentation", at: place(at))
    if let from {
      if problem.contains("'-'") {
        diagnostic.message = "this line stands in a list and is no item of it"
        diagnostic.expected = "`- ` at its beginning, or another indentation"
      } else if !item {
        var above = at.line - 1
        while above > from.line, lines.contentEnd(ofLine: above) == 0 { above -= 1 }
        let other = above > from.line ? indentation(above) : from.column
        if start > from.column, !raw.contains(":"), let comment = comment(ofLine: above) {
          return Diagnostic(
            "a comment ends a text, which cannot go on below it", at: place(at),
            expected: "the comment before or after the whole text",
            notes: [Diagnostic.Note("the comment", at: lines.place(line: above, column: comment))])
        }
        diagnostic.expected =
          "an indentation of \(from.column)\(other == from.column ? "" : " or \(other)") spaces"
      }
      diagnostic.notes = [Diagnostic.Note("in what begins here", at: place(from))]
    } else if problem.contains("document start") {
      diagnostic.expected = "all sections at the same indentation"
    }
    return diagnostic
  }
}
