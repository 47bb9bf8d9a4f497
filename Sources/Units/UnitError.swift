/// The reason that a text is not a unit, with offset and length of the offending part in characters of the text.
package struct UnitError: Error, Hashable, Sendable {
  /// The problem.
  package let problem: Reason

  /// The first offending character, counted from 0.
  package let offset: Int

  /// The number of offending characters; 0 only for an empty text.
  package let length: Int

  /// The kind of problem, with its details.
  package enum Reason: Hashable, Sendable {
    /// The text is empty.
    case empty
    /// The text has more bytes of UTF-8 than the limit.
    case tooLong(limit: Int)
    /// Parentheses are nested more deeply than the limit.
    case tooDeep(limit: Int)
    /// An unknown name, with the nearest names, best first; there may be none.
    case unknown(String, nearest: [String])
    /// A unit of another system, or one with several meanings, with its equivalents.
    case foreign(String, [UnitEquivalent])
    /// A word for a power of ten, which must be written as a suffix of the number.
    case magnitude(String, suffix: String)
    /// The unit exists, but does not accept this prefix.
    case prefix(String, of: String)
    /// A reserved word of formulas, which is never a unit.
    case reservedWord(String)
    /// A number other than 1.
    case number(String)
    /// A space or a line break.
    case space
    /// A character that is not allowed here.
    case unexpected(Character)
    /// An operator without a following operand.
    case missingOperand(after: Character)
    /// An unclosed parenthesis.
    case unclosedParenthesis
    /// The text after `^` is not an integer or a fraction in parentheses.
    case exponent(String)
    /// An exponent, or a product of exponents, beyond 2^31 - 1.
    case exponentOutOfRange
    /// The unit is too large or too small.
    case scaleOutOfRange
  }

  /// Known names that can replace the offending one without a change of the number: the nearest ones, best first.
  package var suggestions: [String] {
    if case .unknown(_, let nearest) = problem { nearest } else { [] }
  }

  /// The equivalents of the offending unit in supported units, if the sizes differ.
  package var equivalents: [UnitEquivalent] {
    switch problem {
    case .foreign(_, let equivalents): return equivalents
    case .prefix(let prefix, let unit):
      return UnitTable.prefixPowers[prefix].map { [UnitEquivalent("1e\($0)", unit)] } ?? []
    default: return []
    }
  }
}

extension UnitError: CustomStringConvertible {
  /// The human-readable message, without the location.
  package var description: String {
    switch problem {
    case .empty:
      return "a unit is missing; pure numbers have the unit `1`"
    case .tooLong(let limit):
      return "a unit has at most \(limit) bytes of text"
    case .tooDeep(let limit):
      return "parentheses in a unit are nested at most \(limit) times"
    case .unknown(let name, let nearest):
      let quoted = nearest.map { "`\($0)`" }.joined(separator: ", ")
      return "unknown unit `\(name)`" + (nearest.isEmpty ? "" : "; nearest: \(quoted)")
    case .foreign(let name, let equivalents):
      return "unknown unit `\(name)`; " + equivalents.map { "1 \(name) is \($0.text)" }.joined(separator: ", or ")
    case .magnitude(let word, let suffix):
      return "`\(word)` is not a unit; write `\(suffix)` directly after the number"
    case .prefix(let prefix, let unit):
      return "the unit `\(unit)` does not take the prefix `\(prefix)`"
    case .reservedWord(let word):
      return "`\(word)` is a reserved word of the formula language, not a unit"
    case .number(let text):
      return
        "`\(text)` cannot be part of a unit: the only number there is `1`, as in `1/year`; powers are written `m^2`"
    case .space:
      return "a unit contains no spaces: products and quotients are written `W*h` and `W/gpu`"
    case .unexpected(let character):
      return "`\(character)` cannot be here in a unit; units are written like `W/gpu`, `W*h`, `m^2`, `1/year`"
    case .missingOperand(let sign):
      return "a unit is missing after `\(sign)`"
    case .unclosedParenthesis:
      return "this parenthesis is never closed; a unit contains no spaces or commas"
    case .exponent(let text):
      return (text.isEmpty ? "an exponent is missing" : "`\(text)` is not an exponent")
        + "; exponents are written `^2`, `^-2` or `^(1/2)`"
    case .exponentOutOfRange:
      return "this makes an exponent too large; exponents are at most 2^31 - 1"
    case .scaleOutOfRange:
      return "this unit is too large or too small; units are between 2^-500 and 2^500 of the base unit"
    }
  }
}

extension UnitEquivalent {
  /// The equivalent as text: `0.45359237 kg`, `907.18474 kg (short ton)`.
  package var text: String { "\(factor) \(unit)" + (meaning.map { " (\($0))" } ?? "") }
}
