/// Why a text is not a unit, and where: offset and length of the offending part, in characters of the text.
public struct UnitError: Error, Hashable, Sendable {
  /// What is wrong.
  public let problem: Problem

  /// The first offending character, counted from 0.
  public let offset: Int

  /// How many characters offend; 0 for an empty text only.
  public let length: Int

  /// The facts of what is wrong.
  public enum Problem: Hashable, Sendable {
    /// There is no text.
    case empty
    /// The text has more bytes of UTF-8 than the limit.
    case tooLong(limit: Int)
    /// Parentheses stand in each other more often than the limit.
    case tooDeep(limit: Int)
    /// No unit has this name; the nearest names, best first, may be none.
    case unknown(String, nearest: [String])
    /// A unit of another system, or one with several meanings, with what it is worth.
    case foreign(String, [UnitEquivalent])
    /// A word for a power of ten, which is written as a suffix close to its number.
    case magnitude(String, suffix: String)
    /// The unit exists, but does not take this prefix.
    case prefix(String, of: String)
    /// A word of formulas, which is never a unit.
    case reservedWord(String)
    /// A number other than 1.
    case number(String)
    /// A space or a line's end.
    case space
    /// A character that cannot stand here.
    case unexpected(Character)
    /// Nothing that an operator could work on follows it.
    case missingOperand(after: Character)
    /// A parenthesis that is never closed.
    case unclosedParenthesis
    /// What follows `^` is not a whole number or a fraction in parentheses.
    case exponent(String)
    /// An exponent, or a product of exponents, beyond 2^31 - 1.
    case exponentOutOfRange
    /// The unit is too large or too small to count in.
    case scaleOutOfRange
  }

  /// Known names that may stand in the place of the offending one with the number before it as it is: the nearest
  /// ones, best first.
  public var suggestions: [String] {
    if case .unknown(_, let nearest) = problem { nearest } else { [] }
  }

  /// What one of the offending unit is worth in units that can be written, where it is another size.
  public var equivalents: [UnitEquivalent] {
    switch problem {
    case .foreign(_, let equivalents): return equivalents
    case .prefix(let prefix, let unit):
      return UnitTable.prefixPowers[prefix].map { [UnitEquivalent("1e\($0)", unit)] } ?? []
    default: return []
    }
  }
}

extension UnitError: CustomStringConvertible {
  /// The sentence for people, without the place.
  public var description: String {
    switch problem {
    case .empty:
      return "a unit is missing; pure numbers have the unit `1`"
    case .tooLong(let limit):
      return "a unit has at most \(limit) bytes of text"
    case .tooDeep(let limit):
      return "parentheses in a unit stand in each other at most \(limit) times"
    case .unknown(let name, let nearest):
      let quoted = nearest.map { "`\($0)`" }.joined(separator: ", ")
      return "unknown unit `\(name)`" + (nearest.isEmpty ? "" : "; nearest: \(quoted)")
    case .foreign(let name, let equivalents):
      return "unknown unit `\(name)`; " + equivalents.map { "1 \(name) is \($0.text)" }.joined(separator: ", or ")
    case .magnitude(let word, let suffix):
      return "`\(word)` is no unit; it is written `\(suffix)`, close to its number"
    case .prefix(let prefix, let unit):
      return "the unit `\(unit)` takes no prefix `\(prefix)`"
    case .reservedWord(let word):
      return "`\(word)` is a word of formulas, never a unit"
    case .number(let text):
      return "`\(text)` cannot stand in a unit: the only number there is `1`, as in `1/year`; powers are `m^2`"
    case .space:
      return "a unit holds no space: products and quotients are written close, as in `W/gpu`"
    case .unexpected(let character):
      return "`\(character)` cannot stand here in a unit; units are written like `W/gpu`, `W*h`, `m^2`, `1/year`"
    case .missingOperand(let sign):
      return "a unit is missing after `\(sign)`"
    case .unclosedParenthesis:
      return "this parenthesis is never closed; a unit holds no space or comma"
    case .exponent(let text):
      return (text.isEmpty ? "an exponent is missing" : "`\(text)` is not an exponent")
        + "; exponents are written `^2`, `^-2` or `^(1/2)`"
    case .exponentOutOfRange:
      return "this makes an exponent too large; exponents go to 2^31 - 1"
    case .scaleOutOfRange:
      return "this unit is too large or too small to count in; units lie between 2^-500 and 2^500 of the base unit"
    }
  }
}

extension UnitEquivalent {
  /// One of it in words: `0.45359237 kg`, `907.18474 kg (short ton)`.
  public var text: String { "\(factor) \(unit)" + (meaning.map { " (\($0))" } ?? "") }
}
