extension UnitTable {
  /// Parses a unit.
  ///
  /// Products and quotients are written without spaces and are left-associative as in formulas, so that
  /// `FLOP/parameter/token` is FLOP/(parameter*token) and `W/gpu*h` is (W/gpu)*h:
  ///
  ///     unit     = factor { ("*" | "/") factor }
  ///     factor   = primary [ "^" exponent ]
  ///     primary  = name | "1" | "%" | "(" unit ")"
  ///     exponent = [ "-" ] digits | "(" [ "-" ] digits [ "/" digits ] ")"
  ///
  /// A text has at most 1000 bytes of UTF-8 and at most 32 nested parentheses. No text causes a trap.
  package func parse(_ text: some StringProtocol) throws(UnitError) -> Unit {
    guard text.utf8.count <= UnitParser.maximumBytes else {
      throw UnitError(problem: .tooLong(limit: UnitParser.maximumBytes), offset: 0, length: text.count)
    }
    var parser = UnitParser(text, self)
    let measure = try parser.whole()
    guard let unit = Unit(String(text), measure) else {
      throw UnitError(problem: .scaleOutOfRange, offset: 0, length: text.count)
    }
    return unit
  }
}

/// A recursive-descent parser for one unit; it stops at the first problem.
struct UnitParser {
  static let maximumBytes = 1000
  static let maximumDepth = 32

  private let characters: [Character]
  private let table: UnitTable
  private var position = 0

  init(_ text: some StringProtocol, _ table: UnitTable) {
    characters = Array(text)
    self.table = table
  }

  mutating func whole() throws(UnitError) -> UnitMeaning {
    guard !characters.isEmpty else { throw error(.empty, 0..<0) }
    let measure = try product(depth: 0)
    if let next { throw stray(next) }
    return measure
  }

  private var next: Character? { position < characters.count ? characters[position] : nil }

  private func error(_ problem: UnitError.Reason, _ range: Range<Int>) -> UnitError {
    UnitError(problem: problem, offset: range.lowerBound, length: range.count)
  }

  /// The error for a character that is not allowed at the current position.
  private func stray(_ character: Character) -> UnitError {
    error(character.isWhitespace ? .space : .unexpected(character), position..<position + 1)
  }

  private mutating func product(depth: Int) throws(UnitError) -> UnitMeaning {
    var result = try factor(after: nil, depth: depth)
    while let sign = next, sign == "*" || sign == "/" {
      position += 1
      let start = position
      let operand = try factor(after: sign, depth: depth)
      do {
        result = try result * operand.raised(to: sign == "*" ? 1 : -1)
      } catch {
        throw self.error(.exponentOutOfRange, start..<position)
      }
    }
    return result
  }

  private mutating func factor(after sign: Character?, depth: Int) throws(UnitError) -> UnitMeaning {
    let start = position
    let base = try primary(after: sign, depth: depth)
    guard next == "^" else { return base }
    position += 1
    let power = try exponent()
    do {
      return try base.raised(to: power)
    } catch {
      throw self.error(.exponentOutOfRange, start..<position)
    }
  }

  /// - Parameter sign: the preceding operator or parenthesis, which needs an operand.
  private mutating func primary(after sign: Character?, depth: Int) throws(UnitError) -> UnitMeaning {
    guard let first = next, first != ")" else {
      if let sign { throw error(.missingOperand(after: sign), position - 1..<position) }
      throw stray(")")
    }
    switch first {
    case "(":
      return try group(depth: depth)
    case "%":
      position += 1
      return try named("%", position - 1..<position)
    case _ where first.isLetter:
      let range = run { $0.continuesUnitName }
      return try named(String(characters[range]), range)
    case _ where first.isASCIIDigit:
      let range = run { $0.isASCIIDigit || $0 == "." }
      let text = String(characters[range])
      guard text == "1" else { throw error(.number(text), range) }
      return .one
    default:
      throw stray(first)
    }
  }

  private mutating func group(depth: Int) throws(UnitError) -> UnitMeaning {
    let open = position
    guard depth < Self.maximumDepth else {
      throw error(.tooDeep(limit: Self.maximumDepth), open..<open + 1)
    }
    position += 1
    guard next != nil else { throw error(.unclosedParenthesis, open..<open + 1) }
    if next == ")" { throw error(.missingOperand(after: "("), open..<open + 1) }
    let measure = try product(depth: depth + 1)
    guard let close = next else { throw error(.unclosedParenthesis, open..<open + 1) }
    guard close == ")" else { throw stray(close) }
    position += 1
    return measure
  }

  private mutating func run(while belongs: (Character) -> Bool) -> Range<Int> {
    let start = position
    while let character = next, belongs(character) { position += 1 }
    return start..<position
  }

  private func named(_ name: String, _ range: Range<Int>) throws(UnitError) -> UnitMeaning {
    if let measure = table.measure(named: name) { return measure }
    throw error(table.problem(withUnknown: name), range)
  }

  /// The text after `^`: up to the next `)` if it opens a parenthesis, otherwise one run of letters, digits and signs.
  private mutating func exponent() throws(UnitError) -> Rational {
    let start = position
    var body: ArraySlice<Character>
    if next == "(" {
      _ = run { $0 != ")" }
      guard next == ")" else { throw error(.unclosedParenthesis, start..<start + 1) }
      position += 1
      body = characters[start + 1..<position - 1]
    } else {
      let range = run { $0.continuesUnitName || $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" }
      body = characters[range]
    }
    let range = start == position ? start - 1..<start : start..<position
    let malformed = error(.exponent(String(characters[start..<position])), range)
    let isNegative = body.first == "-"
    if isNegative { body = body.dropFirst() }
    let parts = body.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }) else { throw malformed }
    let numbers = parts.map { Int(String($0)) }
    guard let above = numbers[0], let below = numbers.count == 2 ? numbers[1] : 1 else {
      throw error(.exponentOutOfRange, range)
    }
    guard below != 0 else { throw malformed }
    guard let power = Rational(isNegative ? -above : above, below) else { throw error(.exponentOutOfRange, range) }
    return power
  }
}
