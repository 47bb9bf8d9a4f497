import Diagnostics
import Distributions
import Modeling

/// The entity that a name in the shared namespace of indexes, inputs, equations and references denotes.
enum NamedThing {
  /// An index.
  case index(IndexID)
  /// An input, equation or reference.
  case quantity(QuantityID)
}

/// The shared namespace of indexes, inputs, equations and references.
struct NameTable {
  private var things: [String: (thing: NamedThing, kind: String, place: SourcePlace)] = [:]
  /// The names in the order of definition.
  private(set) var names: [String] = []

  /// The entity that a name denotes.
  subscript(name: String) -> NamedThing? { things[name]?.thing }

  /// The index of a name.
  func index(_ name: String) -> IndexID? {
    if case .index(let id)? = self[name] { id } else { nil }
  }

  /// The quantity of a name.
  func quantity(_ name: String) -> QuantityID? {
    if case .quantity(let id)? = self[name] { id } else { nil }
  }

  /// The kind of entity that a name denotes, in words: `an input`.
  func kind(_ name: String) -> String? { things[name]?.kind }

  /// The place where a name is defined.
  func place(_ name: String) -> SourcePlace? { things[name]?.place }

  /// Defines a name; reports it if it is invalid, reserved or taken, and warns if it hides a function or distribution.
  ///
  /// A name of the scenario takes precedence over one of the language, so that a function or distribution that a later
  /// version adds changes no scenario that already uses its name.
  mutating func define(
    _ name: String, as thing: NamedThing, kind: String, at place: SourcePlace, in context: CheckContext
  ) {
    if context.reportInvisible(in: name, at: place) {
      // This message names the character.
    } else if let reason = Self.reservation(of: name) {
      context.report(.reservedName(name, of: kind, reason: reason), at: place)
    } else if !Self.isName(name) {
      context.report(.invalidName(name, suggestion: Self.nearestLegal(name)), at: place)
    } else if let builtIn = Self.builtIn(name) {
      context.report(.hiddenBuiltIn(name, builtIn: builtIn, by: kind), at: place)
    }
    if let earlier = things[name] {
      context.report(.repeatedName(name, earlier: earlier.kind, at: earlier.place), at: place)
      return
    }
    things[name] = (thing, kind, place)
    names.append(name)
  }

  /// Defines a name that no formula can have, because it is not written like one.
  mutating func defineHidden(_ name: String, as thing: NamedThing, kind: String, at place: SourcePlace) {
    things[name] = (thing, kind, place)
  }

  /// A letter, then letters, digits and `_`.
  static func isName(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter else { return false }
    return text.count <= 100 && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  /// A valid name made from an invalid one by replacing invalid characters by `_`.
  private static func nearestLegal(_ text: String) -> String? {
    let legal = String(text.prefix(100).map { $0.isLetter || $0.isNumber ? $0 : "_" })
    return isName(legal) ? legal : nil
  }

  /// The reason why a name is reserved: `a reserved word of the formula language`.
  static func reservation(of name: String) -> String? {
    if grammarWords.contains(name) { return "a reserved word of the formula language" }
    return name == "pi" ? "a number" : nil
  }

  /// The kind of entity that the language calls by a name: `function` or `distribution`; nil if there is none.
  static func builtIn(_ name: String) -> String? {
    if formulaForms.contains(name) || BuiltInFunctionCatalogue.names.contains(name) { return "function" }
    return DistributionCatalogue.names.contains(name) ? "distribution" : nil
  }

  /// Words of the grammar.
  static let grammarWords: Set<String> = [
    "to", "within", "by", "in", "if", "then", "else", "and", "or", "not", "inf", "none",
  ]

  /// Forms of the language that are written like functions.
  static let formulaForms: Set<String> = [
    "sum", "mean", "min", "max", "product", "share", "previous", "cumulative", "stack", "stock",
  ]
}
