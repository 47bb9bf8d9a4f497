import Diagnostics
import Modeling
import Units

/// A token of a formula or value, with its range of characters.
struct Token {
  enum Kind: Equatable {
    /// A whole quantity: number, suffix, percent sign and unit.
    case number(Double, isPercent: Bool, unit: Range<Int>?)
    case name(String)
    case string(String)
    case symbol(Symbol)
    case end
  }

  enum Symbol: String {
    case plus = "+", minus = "-", times = "*", divide = "/", power = "^"
    case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
    case assign = "=", comma = ",", range = ".."
    case open = "(", close = ")", openBracket = "[", closeBracket = "]"
  }

  var kind: Kind
  var start: Int
  var end: Int
}

/// Splits a formula or value into tokens.
///
/// Invalid tokens (`**`, `1.2.3`, a typographic minus) are reported. If the meaning is clear, a token with that meaning
/// takes their place, so that one error does not hide another.
struct Lexer {
  /// Words of the grammar: never names, never units.
  static let words: Set<String> = ["to", "within", "by", "in", "if", "then", "else", "and", "or", "not"]

  private(set) var tokens: [Token] = []
  /// Problems with the range of characters they are about.
  private(set) var problems: [(range: Range<Int>, diagnostic: Diagnostic)] = []

  private let text: [Character]
  private let source: ScalarText
  private var cursor = 0

  /// Splits the whole text.
  init(_ text: [Character], of source: ScalarText) {
    self.source = source
    let invisible = text.contains { !$0.isASCII } ? text.indices.filter { Self.isInvisible(text[$0]) } : []
    var plain = text
    for position in invisible { plain[position] = Self.plain(text[position]) }
    self.text = plain
    for position in invisible {
      let scalar = text[position].unicodeScalars.first(where: InvisibleCharacter.isInvisible) ?? " "
      let isSpace = scalar.properties.generalCategory == .spaceSeparator
      report(
        .invisibleCharacterInFormula(InvisibleCharacter.name(of: scalar), isSpace: isSpace),
        position..<(position + 1))
    }
    while cursor < text.count { next() }
    tokens.append(Token(kind: .end, start: text.count, end: text.count))
  }

  /// Whether a character is invisible, or contains an invisible scalar that its script does not need.
  private static func isInvisible(_ character: Character) -> Bool {
    InvisibleCharacter.first(in: String(character)) != nil && !character.isNewline
  }

  /// A character without invisible scalars; a space if nothing remains.
  private static func plain(_ character: Character) -> Character {
    InvisibleCharacter.cleaned(String(character)).first ?? " "
  }

  private func character(_ offset: Int) -> Character? { text.indices.contains(offset) ? text[offset] : nil }

  private mutating func next() {
    let start = cursor
    let first = text[cursor]
    if first == " " || first == "\t" || first.isNewline {
      cursor += 1
    } else if isDigit(first) || (first == "." && isDigit(character(cursor + 1)) && character(cursor - 1) != ".") {
      number()
    } else if first.isLetter || first == "_" {
      while let next = character(cursor), isWordCharacter(next) { cursor += 1 }
      let word = String(text[start..<cursor])
      if word == "inf" {
        add(.number(.infinity, isPercent: false, unit: unit()), from: start)
      } else {
        add(.name(word), from: start)
      }
    } else if first == "\"" || first == "'" {
      string(closedBy: first)
    } else {
      symbol()
    }
  }

  private mutating func add(_ kind: Token.Kind, from start: Int) {
    tokens.append(Token(kind: kind, start: start, end: cursor))
  }

  private mutating func report(_ problem: Problem, _ range: Range<Int>) {
    let place = source.place(offset: range.lowerBound, length: range.count)
    problems.append((range, Diagnostic(problem, at: place)))
  }

  // MARK: Numbers

  private mutating func digits() -> String {
    var digits = ""
    while let next = character(cursor), isDigit(next) || (next == "_" && isDigit(character(cursor + 1))) {
      if next != "_" { digits.append(next) }
      cursor += 1
    }
    return digits
  }

  private mutating func number() {
    let start = cursor
    var mantissa = digits()
    if character(cursor) == ".", isDigit(character(cursor + 1)) {
      cursor += 1
      mantissa += (mantissa.isEmpty ? "0." : ".") + digits()
    }
    var exponent = 0
    if let letter = character(cursor), letter == "e" || letter == "E" {
      let isSigned = character(cursor + 1) == "-" || character(cursor + 1) == "+"
      if isDigit(character(cursor + (isSigned ? 2 : 1))) {
        let isNegative = character(cursor + 1) == "-"
        cursor += isSigned ? 2 : 1
        // More than six digits are far beyond the range of Double, and must not overflow Int here.
        let size = Int(digits().drop { $0 == "0" }.prefix(7)) ?? 0
        exponent = isNegative ? -size : size
      }
    }
    if isMalformedTail(from: start) {
      add(.number(1, isPercent: false, unit: unit()), from: start)
      return
    }
    if let suffix = character(cursor), let power = ["k": 3, "M": 6, "B": 9, "T": 12][suffix] {
      exponent += power
      cursor += 1
    }
    let isPercent = character(cursor) == "%"
    if isPercent {
      exponent -= 2
      cursor += 1
    }
    // Decimal exponents are combined before the conversion, so that `1.1M` is the Double nearest to 1100000.
    let value = Double("\(mantissa)e\(exponent)") ?? .nan
    if !value.isFinite || (value == 0 && mantissa.contains { $0 != "0" && $0 != "." }) {
      report(.numberOutOfRange(excerpt(start..<cursor), isSmall: value == 0), start..<cursor)
    }
    if character(cursor) == " ", character(cursor + 1) == "%" {
      let range = start..<(cursor + 2)
      let close = excerpt(start..<cursor) + "%"
      cursor += 2
      report(.percentAfterSpace(suggestion: close), range)
    }
    let finite = value.isFinite ? value : 1
    add(.number(finite, isPercent: isPercent, unit: unit()), from: start)
  }

  /// Reports an invalid continuation of a number's digits: `1.2.3`, `5W`, `10K`, `1_`, `5.`
  private mutating func isMalformedTail(from start: Int) -> Bool {
    let end = cursor
    if character(end) == ".", character(end + 1) != "." {
      while let next = character(cursor), isWordCharacter(next) || (next == "." && character(cursor + 1) != ".") {
        cursor += 1
      }
      let isBare = cursor == end + 1
      report(
        .notANumber(excerpt(start..<cursor), suggestion: isBare ? excerpt(start..<end) + ".0" : nil), start..<cursor)
      return true
    }
    guard let next = character(end), isWordCharacter(next) else { return false }
    if "kMBT".contains(next), !isWordCharacter(character(end + 1)) { return false }
    while let next = character(cursor), isWordCharacter(next) { cursor += 1 }
    let tail = String(text[end..<cursor])
    let range = start..<cursor
    let whole = excerpt(range)
    let number = excerpt(start..<end)
    if let right = UnitTable.magnitudeSuffix(of: tail) ?? ["m": "M", "t": "T"][tail] {
      var meant = [Diagnostic.Reading(number + right)]
      // `5t` may mean five tonnes, and `5m` five metres.
      if let unit = [
        "m": ("m", "metres", "million"), "t": ("t", "tonnes", "trillion"), "G": ("g", "grams", "billion"),
      ][tail] {
        meant = [
          .init(number + right, meaning: "\(number) \(unit.2)"),
          .init("\(number) \(unit.0)", meaning: "\(number) \(unit.1)"),
        ]
      }
      report(.notAMagnitudeSuffix(tail, meant: meant), range)
    } else if let word = ["to", "by", "in"].first(where: { tail.hasPrefix($0) && isDigit(tail.dropFirst(2).first) }) {
      report(
        .wordWithoutSpaces(word, in: whole, suggestion: "\(number) \(word) \(tail.dropFirst(2))"), range)
    } else if tail.first?.isLetter == true, !(tail.hasPrefix("x") && text[start] == "0") {
      // `5e` is an incomplete power of ten, or a flag of statistics.
      report(
        .unitWithoutSpace(whole, suggestion: tail.lowercased() == "e" ? nil : excerpt(start..<end) + " " + tail), range)
    } else {
      report(.notANumber(whole), range)
    }
    return true
  }

  /// The unit after exactly one space, up to the next space, comma or bracket of the formula; nil if there is none.
  private mutating func unit() -> Range<Int>? {
    guard character(cursor) == " ", let first = character(cursor + 1), isUnitStart(first) else { return nil }
    let start = cursor + 1
    var word = start
    while let next = character(word), isWordCharacter(next) { word += 1 }
    if Self.words.contains(String(text[start..<word])) { return nil }
    // `end` follows the last character that may end a unit outside its own parentheses.
    var end = start
    var scan = start
    var depth = 0
    while let next = character(scan) {
      if next == "(" {
        depth += 1
      } else if next == ")" {
        if depth == 0 { break }
        depth -= 1
      } else if next == "-" {
        guard character(scan - 1) == "^" else { break }
      } else if !(isUnitStart(next) || isWordCharacter(next) || next == "*" || next == "/" || next == "^") {
        break
      }
      scan += 1
      if depth == 0, next != "*", next != "/", next != "^", next != "-" { end = scan }
    }
    cursor = end
    return start..<end
  }

  // MARK: Text and symbols

  private mutating func string(closedBy quote: Character) {
    let start = cursor
    cursor += 1
    while let next = character(cursor), next != quote { cursor += 1 }
    let content = String(text[(start + 1)..<min(cursor, text.count)])
    if cursor < text.count {
      cursor += 1
    } else {
      report(.unclosedText(quote), start..<(start + 1))
    }
    add(.string(content), from: start)
  }

  private mutating func symbol() {
    let start = cursor
    for length in [3, 2, 1] where start + length <= text.count {
      let piece = String(text[start..<(start + length)])
      if length < 3, let symbol = Token.Symbol(rawValue: piece) {
        cursor += length
        add(.symbol(symbol), from: start)
        return
      }
      if let problem = Problem.foreignSymbol(piece) {
        cursor += length
        if let meant = Self.meanings[piece] { add(meant, from: start) }
        report(problem, start..<cursor)
        return
      }
    }
    cursor += 1
    report(.meaninglessCharacter(text[start]), start..<cursor)
  }

  /// The tokens meant by symbols of other languages and of word processors, where the meaning is clear.
  private static let meanings: [String: Token.Kind] = [
    "...": .symbol(.range), "…": .symbol(.range), "===": .symbol(.equal), "**": .symbol(.power),
    "&&": .name("and"), "||": .name("or"), "!": .name("not"), "<>": .symbol(.notEqual),
    "=<": .symbol(.lessOrEqual), "=>": .symbol(.greaterOrEqual), "≤": .symbol(.lessOrEqual),
    "≥": .symbol(.greaterOrEqual), "≠": .symbol(.notEqual), "−": .symbol(.minus), "–": .symbol(.minus),
    "—": .symbol(.minus), "×": .symbol(.times), "·": .symbol(.times), "÷": .symbol(.divide), "±": .symbol(.plus),
    ":": .symbol(.assign), ";": .symbol(.comma),
  ]

  // MARK: Characters

  private func excerpt(_ range: Range<Int>) -> String {
    range.count <= 40 ? String(text[range]) : String(text[range.prefix(37)]) + "…"
  }
}

/// Whether a character is an ASCII digit; digits of other scripts are not part of numbers.
private func isDigit(_ character: Character?) -> Bool {
  guard let character else { return false }
  return "0" <= character && character <= "9" && character.isASCII
}

private func isWordCharacter(_ character: Character?) -> Bool {
  guard let character else { return false }
  return character.isLetter || isDigit(character) || character == "_"
}

private func isUnitStart(_ character: Character) -> Bool { character.isLetter || character == "$" || character == "€" }
