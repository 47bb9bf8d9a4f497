/// The units available to a scenario: the known ones, and the counted things that it declares.
///
/// ```swift
/// var units = UnitTable.standard
/// try units.declare("gpu")
/// let board = try units.parse("W/gpu")       // kg m^2 s^-3 per gpu, scale 1
/// try units.parse("TWh/year").factor(to: units.parse("GW"))   // 0.1141…
/// ```
///
/// It has value semantics: declarations in a copy do not affect the original.
package struct UnitTable: Hashable, Sendable {
  /// The known units, without declarations.
  package static let standard = UnitTable()

  /// The predefined units, for help and schemas.
  package static let knownUnits: [KnownUnit] = KnownUnit.all

  /// Words of the formula grammar, which cannot be units.
  package static let reservedWords: Set<String> = [
    "to", "within", "by", "in", "if", "then", "else", "and", "or", "not",
  ]

  /// The declared names, in the order of declaration.
  package private(set) var declared: [String] = []
  private var declaredNames: Set<String> = []

  private init() {}

  /// Declares a counted thing as a unit with a separate dimension.
  ///
  /// A name is a letter, then letters, digits and `_`, up to `maximumNameLength` characters. Words of the grammar and
  /// the spellings of known units, with or without prefix, are rejected. Declaring a name again has no effect, because
  /// files that extend each other combine their units.
  package mutating func declare(_ name: String) throws(UnitDeclarationError) {
    guard name.utf8.count <= 4 * Self.maximumNameLength, name.count <= Self.maximumNameLength else {
      throw .tooLong(String(name.prefix(Self.maximumNameLength)), limit: Self.maximumNameLength)
    }
    guard let first = name.first, first.isLetter, name.allSatisfy(\.continuesUnitName) else {
      throw .invalidName(name)
    }
    guard !Self.reservedWords.contains(name) else { throw .reservedWord(name) }
    if let known = KnownUnit.bySpelling[name] {
      throw .known(name, summary: known.summary)
    }
    if declaredNames.insert(name).inserted { declared.append(name) }
  }

  /// Maximum length of a declared unit's name, in characters.
  package static let maximumNameLength = 64

  /// All single names that `parse` accepts: declared ones in order, then the known ones with their synonyms and
  /// prefixes.
  package var names: [String] { declared + KnownUnit.names }

  /// Whether a single name is a unit, which matters for an index with the same name.
  package func contains(_ name: String) -> Bool { measure(named: name) != nil }

  /// The coherent base unit of a dimension in compact form, which `parse` accepts: `W`, `kgCO2e/J`, `gpu/s`, `1`.
  package func describe(_ dimension: Dimension) -> String { dimension.description }

  func measure(named name: String) -> UnitMeaning? {
    if let known = KnownUnit.measures[name] { return known }
    return declaredNames.contains(name) ? UnitMeaning(dimension: .init(.counted(name)), magnitude: .one) : nil
  }
}

extension Character {
  /// Whether the character is allowed in a unit's name after the first letter.
  var continuesUnitName: Bool { isLetter || isASCIIDigit || self == "_" }

  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

/// The reason that a counted unit cannot be declared.
package enum UnitDeclarationError: Error, Hashable, Sendable {
  /// The name is not a letter followed by letters, digits and `_`.
  case invalidName(String)
  /// The name is longer than the limit; it is truncated there.
  case tooLong(String, limit: Int)
  /// The name is a word of the formula grammar.
  case reservedWord(String)
  /// The name is a spelling of a known unit, with or without prefix.
  case known(String, summary: String)
}

extension UnitDeclarationError: CustomStringConvertible {
  /// The human-readable message.
  package var description: String {
    switch self {
    case .invalidName(let name):
      "`\(name)` cannot be a unit: a name is a letter, then letters, digits and `_`"
    case .tooLong(let name, let limit):
      "the name of a unit has at most \(limit) characters: `\(name)…`"
    case .reservedWord(let name):
      "`\(name)` cannot be a unit: it is a reserved word of the formula language"
    case .known(let name, let summary):
      "`\(name)` is already a unit (\(summary)) and needs no declaration"
    }
  }
}
