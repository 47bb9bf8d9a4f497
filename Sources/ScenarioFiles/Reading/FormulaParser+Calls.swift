import Diagnostics
import Modeling

/// Calls and selections: the two places where labels need not be formulas (`us-east`, `7b`).
extension FormulaParser {
  // MARK: Calls

  mutating func call(_ name: String, _ token: Token) throws(FormulaFailure) -> Piece {
    let opening = tokens[position]
    try count(opening)
    position += 1
    var arguments: [Argument] = []
    if !accept(.close) {
      while true {
        if isNext(.close) || isNext(.comma) {
          try fail(.missingArgument(isBeforeComma: isNext(.comma)), at: nextPlace)
        }
        let (argument, last) = try self.argument()
        arguments.append(argument)
        if isNext(.comma) {
          // The grammar reads `1,000` as two arguments; if the second one begins with 0, it is a group of thousands.
          if let thousands = thousands(around: position), text[tokens[position + 1].start] == "0" { throw thousands }
          position += 1
          continue
        }
        try expectClosing(.close, of: opening, after: last)
        break
      }
    }
    return piece(
      .call(name, namePlace: place(token.start, token.end), arguments), token.start, tokens[position - 1].end)
  }

  private mutating func argument() throws(FormulaFailure) -> (Argument, Piece) {
    guard let assign = assignment(from: position) else {
      let value = try value()
      return (Argument(name: nil, value: value.syntax), value)
    }
    guard assign > position else { try fail(.missingArgumentName, at: nextPlace) }
    let name = try argumentName(assign)
    position = assign + 1
    let value = try value()
    return (Argument(name: name, value: value.syntax), value)
  }

  /// The text before `=`: a name, a number, a text, or a label that is none of these.
  private mutating func argumentName(_ assign: Int) throws(FormulaFailure) -> Syntax {
    let start = tokens[position].start
    let end = tokens[assign - 1].end
    let written = String(text[start..<end])
    let isSound = !problems.contains { $0.range.overlaps(start..<end) }
    if assign == position + 1, isSound {
      switch tokens[position].kind {
      case .name(let name) where !Lexer.words.contains(name): return piece(.name(name), start, end).syntax
      case .string(let content): return piece(.string(content), start, end).syntax
      case .number(let value, let isPercent, let unit):
        let unitText = unit.map { UnitText(String(text[$0]), at: place($0.lowerBound, $0.upperBound)) }
        return piece(.number(value, unit: unitText, isPercent: isPercent), start, end).syntax
      default: break
      }
    }
    if assign == position + 2, isSound, tokens[position].kind == .symbol(.minus),
      case .number(let value, let isPercent, let unit) = tokens[position + 1].kind
    {
      // A negative value of `discrete(-1=30%, …)`.
      let unitText = unit.map { UnitText(String(text[$0]), at: place($0.lowerBound, $0.upperBound)) }
      let number = piece(.number(value, unit: unitText, isPercent: isPercent), tokens[position + 1].start, end)
      return piece(.negate(number.syntax), start, end).syntax
    }
    guard Self.isLabel(written) else {
      try fail(.invalidArgumentName, at: place(start, end))
    }
    dropProblems(start..<end)
    return piece(.name(written), start, end).syntax
  }

  /// The `=` of the argument or selection that begins at a token, if it has one.
  private func assignment(from first: Int) -> Int? { assignments[first] < limit ? assignments[first] : nil }

  /// For each token, where the `=` of an argument or selection that begins there is; the number of tokens if there is none.
  ///
  /// It is before the next comma or closing bracket, brackets inside skipped. All are found together, from the last token
  /// to the first: an argument may contain calls with arguments to any depth.
  static func assignments(_ tokens: [Token]) -> [Int] {
    var found = [Int](repeating: tokens.count, count: tokens.count + 1)
    // The tokens after the closing brackets of those that are open here.
    var closings: [Int] = []
    for index in tokens.indices.reversed() {
      switch tokens[index].kind {
      case .symbol(.close), .symbol(.closeBracket): closings.append(index + 1)
      case .symbol(.open), .symbol(.openBracket): found[index] = closings.popLast().map { found[$0] } ?? tokens.count
      case .symbol(.comma): break
      case .symbol(.assign): found[index] = index
      default: found[index] = found[index + 1]
      }
    }
    return found
  }

  // MARK: Selections

  mutating func selection(on base: Piece) throws(FormulaFailure) -> Piece {
    let opening = tokens[position]
    if case .number = base.syntax.kind { throw unexpected(after: base) }
    try count(opening)
    position += 1
    let first = position
    guard let closing = end(of: opening, from: first) else {
      position = limit
      try expectClosing(.closeBracket, of: opening)
      try fail(.unclosedSelection, at: place(opening.start, opening.end))
    }
    var selections: [Selection] = []
    var start = first
    while start <= closing {
      var end = start
      var depth = 0
      while end < closing {
        if tokens[end].kind == .symbol(.open) || tokens[end].kind == .symbol(.openBracket) { depth += 1 }
        if tokens[end].kind == .symbol(.close) || tokens[end].kind == .symbol(.closeBracket) { depth -= 1 }
        if depth == 0, tokens[end].kind == .symbol(.comma) { break }
        end += 1
      }
      try select(start..<end, &selections)
      start = end + 1
    }
    for index in selections.indices where selections[index].labels.count > 1 { selections[index].formula = nil }
    position = closing + 1
    return piece(.select(base.syntax, selections), base.start, tokens[closing].end)
  }

  /// The `]` that belongs to an opening bracket.
  private func end(of opening: Token, from first: Int) -> Int? {
    var depth = 0
    for index in first..<limit {
      switch tokens[index].kind {
      case .symbol(.openBracket): depth += 1
      case .symbol(.closeBracket):
        if depth == 0 { return index }
        depth -= 1
      default: break
      }
    }
    return nil
  }

  /// One part between commas: `index=label`, or a further label of the preceding index.
  private mutating func select(_ part: Range<Int>, _ selections: inout [Selection]) throws(FormulaFailure) {
    position = part.lowerBound
    guard !part.isEmpty else {
      try fail(.missingLabel, at: nextPlace)
    }
    let outerLimit = limit
    limit = part.upperBound
    defer { limit = outerLimit }

    guard let assign = assignment(from: part.lowerBound) else {
      guard !selections.isEmpty else {
        try fail(
          .selectionWithoutIndex, at: place(tokens[part.lowerBound].start, tokens[part.upperBound - 1].end))
      }
      let (label, _) = try selector(part)
      selections[selections.count - 1].labels.append(label)
      return
    }
    guard assign == part.lowerBound + 1, case .name(let index) = tokens[part.lowerBound].kind else {
      try fail(.invalidSelectionIndex, at: nextPlace)
    }
    let indexPlace = nextPlace
    guard assign + 1 < part.upperBound else {
      try fail(.missingLabelAfterEquals, at: place(tokens[assign].start, tokens[assign].end))
    }
    let (label, formula) = try selector((assign + 1)..<part.upperBound)
    selections.append(Selection(index: index, indexPlace: indexPlace, labels: [label], formula: formula))
  }

  /// The raw text of a selector, and its parse if it is a formula; anything but a label or formula is an error.
  private mutating func selector(_ part: Range<Int>) throws(FormulaFailure) -> (UnitText, Syntax?) {
    let start = tokens[part.lowerBound].start
    let end = tokens[part.upperBound - 1].end
    var written = String(text[start..<end])
    if part.count == 1, case .string(let content) = tokens[part.lowerBound].kind { written = content }
    let label = UnitText(written, at: place(start, end))
    let isLabel = Self.isLabel(written)
    if isLabel, problems.contains(where: { $0.range.overlaps(start..<end) }) {
      dropProblems(start..<end)
      return (label, nil)
    }
    position = part.lowerBound
    do throws(FormulaFailure) {
      let formula = try value()
      guard position == limit else { throw unexpected(after: formula) }
      return (label, formula.syntax)
    } catch {
      guard isLabel else { throw error }
      return (label, nil)
    }
  }

  /// Removes the lexer's problems with characters that turn out to be a label.
  private mutating func dropProblems(_ range: Range<Int>) {
    problems.removeAll { $0.range.overlaps(range) }
  }

  /// Whether a text can be a label: letters, digits, `_`, `-` and `.`, beginning with a letter or digit.
  static func isLabel(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter || first.isNumber, !text.contains("..") else { return false }
    return text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "." }
  }
}
