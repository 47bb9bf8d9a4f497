import Diagnostics
import Modeling
import Units

/// Parses formulas and values: one grammar for both (precedence climbing: Clarke 1986, Richards 1979).
///
/// From loosest to tightest: `to … within`, `a..b by`, `if … then … else …`, `or`, `and`, `not`, comparisons (not
/// chained), `+ -`, `* /`, unary `-`, `^` (right-associative), call and selection. A quantity with its unit is one
/// token.
package struct FormulaParser {
  /// Maximum length, nesting depth and number of operators of a formula: far more than anyone writes, and small enough
  /// that recursion over the tree cannot overflow the stack.
  static let longestText = 20_000
  static let deepestNesting = 200
  static let mostOperators = 1000

  /// The tree of a text.
  ///
  /// - Throws: all lexical errors (`**`, `1.2.3`, …), or otherwise the first syntax error.
  package static func syntax(of source: ScalarText) throws(Diagnostics) -> Syntax {
    let text = Array(source.text.prefix(longestText + 1))
    guard text.count <= longestText else {
      throw Diagnostics(.formulaTooLong(characters: longestText), at: source.place(offset: 0, length: 1))
    }
    let lexer = Lexer(text, of: source)
    var parser = FormulaParser(text: text, source: source, tokens: lexer.tokens, problems: lexer.problems)
    var failure: Diagnostic?
    var piece: Piece?
    do throws(FormulaFailure) {
      piece = try parser.formula()
    } catch {
      failure = error.diagnostic
    }
    let slips = parser.problems.map(\.diagnostic)
    if !slips.isEmpty { throw Diagnostics(slips) }
    if let failure { throw Diagnostics([failure]) }
    guard let piece else { throw Diagnostics() }
    return piece.syntax
  }

  /// A subtree with the characters that it covers, including parentheses around it.
  struct Piece {
    var syntax: Syntax
    var start: Int
    var end: Int
  }

  let text: [Character]
  private let whole: FormulaText
  let source: ScalarText
  let tokens: [Token]
  /// Problems of the lexer that do not turn out to be parts of labels.
  var problems: [(range: Range<Int>, diagnostic: Diagnostic)]
  /// For each token the position of the `=` of an argument or selection that begins there, or the number of tokens if it
  /// has none.
  let assignments: [Int]
  /// The next token.
  var position = 0
  /// The end of the tokens to be read: of all tokens, or of those of one selector.
  var limit: Int
  private var depth = 0
  private var operators = 0

  private init(
    text: [Character], source: ScalarText, tokens: [Token], problems: [(range: Range<Int>, diagnostic: Diagnostic)]
  ) {
    self.text = text
    whole = FormulaText(text)
    self.source = source
    self.tokens = tokens
    self.problems = problems
    limit = tokens.count - 1
    assignments = Self.assignments(tokens)
  }

  private mutating func formula() throws(FormulaFailure) -> Piece {
    if limit == 0 { try fail(.missingFormula, at: place(0, text.count)) }
    let piece = try value()
    guard position == limit else { throw unexpected(after: piece) }
    return piece
  }

  // MARK: Tokens

  var kind: Token.Kind { position < limit ? tokens[position].kind : .end }

  /// The place of the next token; at the end, the last character.
  var nextPlace: SourcePlace {
    guard position < limit else {
      let last = position > 0 ? tokens[position - 1].end : 0
      return source.place(offset: limit < tokens.count - 1 ? last : min(last, text.count), length: 1)
    }
    return place(tokens[position].start, tokens[position].end)
  }

  func place(_ start: Int, _ end: Int) -> SourcePlace { source.place(offset: start, length: max(1, end - start)) }

  func piece(_ kind: Syntax.Kind, _ start: Int, _ end: Int) -> Piece {
    Piece(
      syntax: Syntax(kind, at: place(start, end), written: whole[start..<end]), start: start, end: end)
  }

  func isNext(_ symbol: Token.Symbol) -> Bool { kind == .symbol(symbol) }
  func isNext(_ word: String) -> Bool { kind == .name(word) }

  mutating func accept(_ symbol: Token.Symbol) -> Bool {
    guard isNext(symbol) else { return false }
    position += 1
    return true
  }

  mutating func accept(_ word: String) -> Bool {
    guard isNext(word) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ word: String, of opening: Int) throws(FormulaFailure) {
    if accept(word) { return }
    if isNext(.assign) { throw comparison }
    try fail(.incompleteConditional(lacking: word, opening: place(opening, opening + 2)), at: nextPlace)
  }

  mutating func expectClosing(_ symbol: Token.Symbol, of opening: Token, after last: Piece? = nil)
    throws(FormulaFailure)
  {
    if accept(symbol) { return }
    let open = place(opening.start, opening.end)
    switch kind {
    case .end, .symbol(.close), .symbol(.closeBracket):
      try fail(
        .unclosedBracket(text[opening.start], closing: symbol.rawValue, missingAt: nextPlace), at: open)
    default:
      if let last { throw unexpected(after: last) }
      try fail(.missingBracket(symbol.rawValue), at: nextPlace)
    }
  }

  /// Counts an operator of the tree.
  mutating func count(_ token: Token) throws(FormulaFailure) {
    operators += 1
    guard operators <= Self.mostOperators else {
      try fail(.formulaTooLong(operators: Self.mostOperators), at: place(token.start, token.end))
    }
  }

  // MARK: Values

  /// An expression, an interval or a range.
  mutating func value() throws(FormulaFailure) -> Piece {
    let low = try expression()
    if accept("to") {
      let high = try expression()
      var width: Piece?
      if accept("within") { width = try expression() }
      if isNext("to") {
        try fail(.intervalWithThreeEnds, at: nextPlace)
      }
      return piece(
        .interval(low.syntax, high.syntax, within: width?.syntax), low.start, (width ?? high).end)
    }
    if accept(.range) {
      let high = try expression()
      var step: Piece?
      var number: Piece?
      if accept("by") {
        step = try expression()
      } else if accept("in") {
        number = try expression()
      }
      return piece(
        .range(low.syntax, high.syntax, by: step?.syntax, in: number?.syntax), low.start, (step ?? number ?? high).end)
    }
    return low
  }

  // MARK: Expressions

  private static let or = 1
  private static let and = 2
  private static let not = 3
  private static let comparison = 4
  private static let sum = 5
  private static let product = 6
  private static let minus = 7
  private static let power = 8

  /// The next operator, and its binding power.
  private var binaryOperator: (BinaryOperator, Int)? {
    switch kind {
    case .name("or"): (.or, Self.or)
    case .name("and"): (.and, Self.and)
    case .symbol(.equal): (.equal, Self.comparison)
    case .symbol(.notEqual): (.notEqual, Self.comparison)
    case .symbol(.less): (.less, Self.comparison)
    case .symbol(.lessOrEqual): (.lessOrEqual, Self.comparison)
    case .symbol(.greater): (.greater, Self.comparison)
    case .symbol(.greaterOrEqual): (.greaterOrEqual, Self.comparison)
    case .symbol(.plus): (.add, Self.sum)
    case .symbol(.minus): (.subtract, Self.sum)
    case .symbol(.times): (.multiply, Self.product)
    case .symbol(.divide): (.divide, Self.product)
    case .symbol(.power): (.power, Self.power)
    default: nil
    }
  }

  /// An expression of operators that bind at least as tightly as `tightness`.
  mutating func expression(_ tightness: Int = 0) throws(FormulaFailure) -> Piece {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepestNesting else {
      try fail(.formulaTooDeep(limit: Self.deepestNesting), at: nextPlace)
    }
    var left = try operand(tightness)
    while let (operation, binding) = binaryOperator, binding >= tightness {
      let sign = tokens[position]
      try count(sign)
      position += 1
      // The right operand of `^` may begin with a minus sign or contain another power.
      let right = try expression(binding == Self.power ? Self.minus : binding + 1)
      left = piece(.binary(operation, left.syntax, right.syntax), left.start, right.end)
      if binding == Self.comparison, let (next, same) = binaryOperator, same == Self.comparison {
        let middle = right.syntax.text
        let third = try? FormulaParser.ahead(self)
        try fail(
          .comparisonChain(
            suggestion: third.map { "\(left.syntax.text) and \(middle) \(next.rawValue) \($0.syntax.text)" }),
          at: third.map { place(left.start, $0.end) } ?? nextPlace)
      }
    }
    return left
  }

  /// The text after the next operator, for a message.
  private static func ahead(_ parser: FormulaParser) throws(FormulaFailure) -> Piece {
    var copy = parser
    copy.position += 1
    return try copy.expression(sum)
  }

  private mutating func operand(_ tightness: Int) throws(FormulaFailure) -> Piece {
    let token = position < limit ? tokens[position] : Token(kind: .end, start: text.count, end: text.count)
    switch token.kind {
    case .symbol(.minus):
      position += 1
      try count(token)
      let inner = try expression(Self.power)
      return piece(.negate(inner.syntax), token.start, inner.end)
    case .name("not"):
      guard tightness <= Self.not else {
        try fail(.notInsideExpression, at: nextPlace)
      }
      position += 1
      try count(token)
      let inner = try expression(Self.not)
      return piece(.not(inner.syntax), token.start, inner.end)
    case .name("if"):
      position += 1
      try count(token)
      let condition = try expression()
      try expect("then", of: token.start)
      let consequence = try expression()
      try expect("else", of: token.start)
      let alternative = try expression()
      return piece(
        .conditional(condition.syntax, then: consequence.syntax, otherwise: alternative.syntax), token.start,
        alternative.end)
    default:
      var result = try primary(token)
      while isNext(.openBracket) { result = try selection(on: result) }
      return result
    }
  }

  private mutating func primary(_ token: Token) throws(FormulaFailure) -> Piece {
    switch token.kind {
    case .number(let value, let isPercent, let unit):
      position += 1
      let unitText = unit.map { UnitText(String(text[$0]), at: place($0.lowerBound, $0.upperBound)) }
      return piece(.number(value, unit: unitText, isPercent: isPercent), token.start, token.end)
    case .string(let content):
      position += 1
      return piece(.string(content), token.start, token.end)
    case .name(let name) where !Lexer.words.contains(name):
      position += 1
      guard isNext(.open) else { return piece(.name(name), token.start, token.end) }
      return try call(name, token)
    case .symbol(.open):
      position += 1
      let first = try value()
      guard isNext(.comma) else {
        try expectClosing(.close, of: token, after: first)
        var inner = first.syntax
        inner.isInParentheses = true
        return Piece(syntax: inner, start: token.start, end: tokens[position - 1].end)
      }
      return try list(after: first, closedBy: .close, opening: token)
    case .symbol(.openBracket):
      position += 1
      return try list(after: try value(), closedBy: .closeBracket, opening: token)
    default:
      throw missingOperand()
    }
  }

  private mutating func list(
    after first: Piece, closedBy closing: Token.Symbol, opening: Token
  ) throws(FormulaFailure) -> Piece {
    var items = [first]
    while accept(.comma) { items.append(try value()) }
    try expectClosing(closing, of: opening, after: items.last)
    return piece(.list(items.map(\.syntax)), opening.start, tokens[position - 1].end)
  }

  // MARK: Messages

  /// The error of a missing number, name or bracket.
  private func missingOperand() -> FormulaFailure {
    let before = position > 0 ? tokens[position - 1] : nil
    let beforeText = before.map { String(text[$0.start..<$0.end]) }
    switch kind {
    case .end:
      return FormulaFailure(.missingOperand(after: beforeText), at: before.map { place($0.start, $0.end) } ?? nextPlace)
    case .symbol(.plus): return FormulaFailure(.unaryPlus, at: nextPlace)
    case .symbol(.assign): return FormulaFailure(.missingArgumentName, at: nextPlace)
    case .name(let word): return FormulaFailure(.missingOperand(between: beforeText, and: word), at: nextPlace)
    case .symbol(let symbol):
      return FormulaFailure(.missingOperand(between: beforeText, and: symbol.rawValue), at: nextPlace)
    case .number, .string: return FormulaFailure(.misplacedValue, at: nextPlace)
    }
  }

  /// Ends the reading with a problem. The functions that read a formula call each other to its depth, so that the problem
  /// is built here, not on their frames.
  @inline(never) func fail(
    _ problem: @autoclosure () -> Problem, at place: @autoclosure () -> SourcePlace
  ) throws(FormulaFailure) -> Never {
    throw FormulaFailure(problem(), at: place())
  }

  /// The error of an `=` in a position without a name.
  private var comparison: FormulaFailure { FormulaFailure(.assignmentAsComparison, at: nextPlace) }

  /// The error of a token that cannot follow a complete value.
  func unexpected(after last: Piece) -> FormulaFailure {
    let previous = tokens[position - 1]
    let token = tokens[min(position, tokens.count - 1)]
    let written = String(text[token.start..<token.end])
    let before = String(text[previous.start..<previous.end])
    switch kind {
    case .symbol(.assign):
      return comparison
    case .symbol(.close), .symbol(.closeBracket):
      return FormulaFailure(.unopenedBracket(written), at: nextPlace)
    case .symbol(.comma):
      if let thousands = thousands(around: position) { return thousands }
      return FormulaFailure(.commaOutsideArguments, at: nextPlace)
    case .symbol(.range):
      return FormulaFailure(.rangeWithThreeEnds, at: nextPlace)
    case .name(let word) where Lexer.words.contains(word):
      let home = ["then": "if … then … else …", "else": "if … then … else …", "within": "a to b within 80%"][word]
      return FormulaFailure(.unexpected(word, expected: home), at: nextPlace)
    case .name, .number, .string, .symbol(.open), .symbol(.openBracket):
      if case .number(_, _, let unit) = previous.kind, case .name = token.kind {
        if let unit {
          let unitText = String(text[unit])
          let meant: [Diagnostic.Reading]
          if let suffix = UnitTable.magnitudeSuffix(of: unitText) {
            meant = [.init(before.dropLast(unitText.count).trimmingSpaces + suffix + " \(written)")]
          } else {
            meant = [.init("\(before)/\(written)"), .init("\(before)*\(written)"), .init("\(before) * \(written)")]
          }
          return FormulaFailure(
            .unitWithSpace("\(before) \(written)").offering(meant), at: place(previous.start, token.end))
        }
        return FormulaFailure(
          .unitAfterSeveralSpaces(suggestion: "\(before) \(written)"), at: place(previous.start, token.end))
      }
      return FormulaFailure(
        .missingOperator(between: last.syntax.written.suffix(40), and: written), at: nextPlace)
    case .symbol, .end:
      return FormulaFailure(.unexpected(written), at: nextPlace)
    }
  }

  /// The problem of `1,000` around a comma: exactly three digits follow it directly, as in a group of thousands.
  func thousands(around comma: Int) -> FormulaFailure? {
    guard comma > 0, comma + 1 < limit else { return nil }
    let (left, right) = (tokens[comma - 1], tokens[comma + 1])
    guard case .number = left.kind, case .number = right.kind, left.end + 1 == right.start,
      text[right.start..<right.end].prefix(4).prefix(while: \.isNumber).count == 3
    else { return nil }
    let first = String(text[left.start..<left.end])
    let second = String(text[right.start..<right.end])
    return FormulaFailure(.thousandsSeparator(first, second), at: place(left.start, right.end))
  }
}

/// The first syntax error of a formula, as a reference: the functions that read a formula call each other to its depth, and
/// each keeps room for the error that a call may throw.
final class FormulaFailure: Error {
  let diagnostic: Diagnostic

  init(_ problem: Problem, at place: SourcePlace) { diagnostic = Diagnostic(problem, at: place) }
}
