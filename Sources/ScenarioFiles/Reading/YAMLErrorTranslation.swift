import Diagnostics
import Foundation
import Modeling
import Yams

/// Translates a syntax error of the YAML library into the terms of a scenario author, with the likely cause.
struct YAMLErrorTranslation {
  /// The largest number of characters of a key and its quotation marks on one line (YAML 1.2.2, 7.4.2, implicit keys).
  static let longestKey = 1_024

  let diagnostic: Diagnostic

  init(_ error: YamlError, lines: LineTable) {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let start = context.map { Position($0.mark, lines) }
      diagnostic = Translation(problem: problem, at: Position(mark, lines), from: start, lines: lines).diagnostic
    case .reader(let problem, _, _, _):
      diagnostic = Diagnostic(.unreadableYAML(problem), at: lines.place(line: 0, column: 0))
    case .memory:
      // The process ends as for any other allocation that the system refuses.
      errno = ENOMEM
      abort()
    default:
      diagnostic = Diagnostic(.unreadableYAML(), at: lines.place(line: 0, column: 0))
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
      return Diagnostic(.nestedTooDeeply(limit: NodeReader.deepestNesting), at: place(at))
    }
    if let key = longKey { return key }
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
        .unclosedQuote(character(from ?? at).map(String.init) ?? "\""), at: place(from ?? at))
    case let problem where problem.contains("unknown escape"):
      return Diagnostic(.unknownEscape, at: place(at, length: 2))
    case let problem where problem.contains("escape") || problem.contains("hexdecimal"):
      return Diagnostic(.invalidEscape, at: place(at))
    case let problem where problem.contains("another document"):
      return Diagnostic(.secondDocument, at: place(at))
    case let problem where problem.contains("comment or line break"):
      let start = from ?? at
      return cannotBegin(start)
    case let problem where problem.contains("indentation indicator"): return cannotBegin(from ?? at)
    case let problem where problem.contains("cannot start any token"): return cannotBegin(at)
    case let problem where problem.contains("expected node content"):
      if let bracket = character(at), bracket == "[" || bracket == "{" {
        // The file ends after an opening bracket.
        return Diagnostic(.unclosedFlowBracket(bracket, bracket == "[" ? "]" : "}", end: nil), at: place(at))
      }
      return Diagnostic(.missingYAMLValue, at: place(at))
    default:
      return Diagnostic(.notYAML(problem, start: from.map { place($0) }), at: place(at))
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

  /// A key on one line that the library does not recognise, because the colon after it is too far away.
  private var longKey: Diagnostic? {
    for number in Set([at.line, at.line - 1, from?.line ?? at.line]).sorted() where number >= 0 {
      let raw = line(number)
      guard raw.count > YAMLErrorTranslation.longestKey else { continue }
      var start = raw.firstIndex { $0 != " " } ?? 0
      var quote: Character?
      for column in raw.indices[start...] {
        let isEnd = column + 1 == raw.count || raw[column + 1] == " "
        switch raw[column] {
        case let mark where mark == quote: quote = nil
        case _ where quote != nil: break
        case "\"", "'": if column == start { quote = raw[column] }
        case ":" where isEnd:
          if column - start > YAMLErrorTranslation.longestKey {
            return Diagnostic(
              .longKey(characters: column - start, limit: YAMLErrorTranslation.longestKey),
              at: lines.place(line: number, column: start, length: column - start))
          }
          start = column + 2
        case "{", "[", ",",
          "-" where isEnd:
          start = column + 1
        case " ": if column == start { start += 1 }
        default: break
        }
      }
    }
    return nil
  }

  private var tabInIndentation: Diagnostic? {
    for number in [at.line, at.line - 1] where number >= 0 {
      let raw = line(number)
      guard let tab = raw.prefix(while: { $0 == " " || $0 == "\t" }).firstIndex(of: "\t") else { continue }
      return Diagnostic(.tabIndentation, at: lines.place(line: number, column: tab))
    }
    guard character(at) == "\t" else { return nil }
    return Diagnostic(.misplacedTab, at: place(at))
  }

  /// An anchor, alias or tag before a block: with its character escaped, the block seems to be misplaced.
  private var reservedBeginning: Diagnostic? {
    for number in [at.line, at.line - 1] where number >= 0 {
      guard let value = value(ofLine: number), let first = value.text.unicodeScalars.first,
        ["&", "*", "!"].contains(first), value.text.dropFirst().first?.isLetter == true
      else { continue }
      let word = String(value.text.prefix { $0 != " " })
      let place = lines.place(line: number, column: value.column, length: word.count)
      let kind = first == "&" ? "an anchor" : first == "*" ? "an alias" : "a tag"
      return Diagnostic(.unsupportedYAML(word, kind: kind), at: place)
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
        .colonInArgument(suggestion: "\(name)=\(rest)"), at: stretch(from: at.column - name.count, to: end))
    }
    if let value = value(ofLine: at.line), value.column <= at.column {
      return Diagnostic(
        .secondColon(suggestion: "\"\(value.text)\""),
        at: stretch(from: value.column, to: value.column + value.text.count))
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
    let complete =
      above >= 0
      ? (spaces: indentation(above), place: lines.place(line: above, column: indentation(above))) : nil
    return Diagnostic(
      .indentedBelowValue(above: complete), at: lines.place(line: at.line, column: start))
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
        .missingSpace(suggestion: "\(text[..<colon]): \(text[text.index(after: colon)...])"), at: stretch)
    }
    if let equals = text.firstIndex(of: "="), !text.contains("(") {
      let name = text[..<equals].trimmingSpaces, value = text[text.index(after: equals)...].trimmingSpaces
      return Diagnostic(.equalsForColon(suggestion: "\(name): \(value)"), at: stretch)
    }
    if let quote = text.first, quote == "\"" || quote == "'", text.dropFirst().contains(quote) {
      return Diagnostic(.partlyQuotedKey, at: stretch)
    }
    return Diagnostic(.missingColon, at: stretch)
  }

  private var dash: Diagnostic {
    guard let value = value(ofLine: at.line), value.text.hasPrefix("- "), value.column == at.column else {
      return Diagnostic(.misplacedListItem, at: place(at))
    }
    return Diagnostic(
      .spacedMinus(suggestion: "-\(value.text.dropFirst(2))"),
      at: stretch(from: value.column, to: value.column + value.text.count))
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
      .reservedCharacter(sign, suggestion: "\"\(text)\""), at: place(position, length: max(1, text.count)))
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
        .wrongClosing(sign, opening: opening, closing: closing, start: from.map { place($0) }), at: place(at))
    }
    if let from, from.line < at.line { return unclosed(opening, closing) }
    if at.column > 0, let quote = raw[..<at.column].last(where: { $0 != " " }), quote == "\"" || quote == "'" {
      return Diagnostic(.textAfterQuotesInBrackets(closing: closing), at: place(at))
    }
    return Diagnostic(.missingComma(closing: closing, start: from.map { place($0) }), at: place(at))
  }

  private func unclosed(_ opening: Character, _ closing: Character) -> Diagnostic {
    Diagnostic(.unclosedFlowBracket(opening, closing, end: place(at)), at: place(from ?? at))
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
      .unquotedBracket(suggestion: "\"\(text)\""),
      at: lines.place(line: at.line, column: start, length: text.count))
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
      let end = lines.contentEnd(ofLine: at.line)
      let whole = value(ofLine: at.line)?.text
      let hint =
        if last == "\"" || last == "'" {
          whole.map { "'\($0.filter { $0 != "'" })'" }
        } else {
          nil as String?
        }
      let start = hint == nil ? at.column : value(ofLine: at.line)?.column ?? at.column
      let cause: Problem =
        switch last {
        case "\"", "'": .textAfterQuotes(suggestion: hint)
        case "]", "}": .textAfterBracket
        default: .unexpectedText
        }
      return Diagnostic(cause, at: stretch(from: start, to: end))
    }
    let item = start < raw.count && raw[start] == "-"
    var expected: String?
    if let from {
      if problem.contains("'-'") {
        return Diagnostic(.notAListItem(start: place(from)), at: place(at))
      }
      if !item {
        var above = at.line - 1
        while above > from.line, lines.contentEnd(ofLine: above) == 0 { above -= 1 }
        let other = above > from.line ? indentation(above) : from.column
        if start > from.column, !raw.contains(":"), let comment = comment(ofLine: above) {
          return Diagnostic(
            .textBelowComment(comment: lines.place(line: above, column: comment)), at: place(at))
        }
        expected = "an indentation of \(from.column)\(other == from.column ? "" : " or \(other)") spaces"
      }
    } else if problem.contains("document start") {
      expected = "all sections at the same indentation"
    }
    let entry = from.map { place($0) }
    let mistake: Problem =
      item ? .listItemAmongNames(expected: expected, start: entry) : .wrongIndentation(expected: expected, start: entry)
    return Diagnostic(mistake, at: place(at))
  }
}
