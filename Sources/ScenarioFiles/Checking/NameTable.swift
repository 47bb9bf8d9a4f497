import Distributions
import Modeling

/// What a name of the shared namespace of indexes, inputs, equations and references stands for.
enum NamedThing {
  /// An index.
  case index(IndexID)
  /// An input, equation or reference.
  case quantity(QuantityID)
}

/// The one namespace of indexes, inputs, equations and references.
struct NameTable {
  private var things: [String: (thing: NamedThing, kind: String, place: SourcePlace)] = [:]
  /// The names in the order in which they were given.
  private(set) var names: [String] = []

  /// What a name stands for.
  subscript(name: String) -> NamedThing? { things[name]?.thing }

  /// The index of a name.
  func index(_ name: String) -> IndexID? {
    if case .index(let id)? = self[name] { id } else { nil }
  }

  /// The quantity of a name.
  func quantity(_ name: String) -> QuantityID? {
    if case .quantity(let id)? = self[name] { id } else { nil }
  }

  /// What kind of thing a name stands for, in words: `an input`.
  func kind(_ name: String) -> String? { things[name]?.kind }

  /// Where a name is defined.
  func place(_ name: String) -> SourcePlace? { things[name]?.place }

  /// Gives a name to a thing; reports it if the name is none, is reserved or is taken.
  mutating func define(
    _ name: String, as thing: NamedThing, kind: String, at place: SourcePlace, in context: CheckContext
  ) {
    if context.reportInvisible(in: name, at: place) {
      // The message names the character.
    } else if let reason = Self.reservation(of: name) {
      context.error("`\(name)` cannot be the name of \(kind): it is \(reason)", at: place)
    } else if !Self.isName(name) {
      context.error(
        "`\(name)` is not a name", at: place, expected: "a letter, then letters, digits and `_`",
        suggestion: Self.nearestLegal(name))
    }
    if let earlier = things[name] {
      context.error(
        "`\(name)` is defined twice", at: place,
        notes: [
          .init(
            "it is \(earlier.kind) here; indexes, inputs, equations and references share one namespace",
            at: earlier.place)
        ])
      return
    }
    things[name] = (thing, kind, place)
    names.append(name)
  }

  /// A letter, then letters, digits and `_`.
  static func isName(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter else { return false }
    return text.count <= 100 && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  /// A legal name made of an illegal one by putting `_` for what may not stand in it.
  private static func nearestLegal(_ text: String) -> String? {
    let legal = String(text.prefix(100).map { $0.isLetter || $0.isNumber ? $0 : "_" })
    return isName(legal) ? legal : nil
  }

  /// Why a name may not be given: `a word of formulas`.
  static func reservation(of name: String) -> String? {
    if grammarWords.contains(name) { return "a word of formulas" }
    if name == "pi" { return "a number" }
    if formulaForms.contains(name) || BuiltInFunctionCatalogue.names.contains(name) { return "a function" }
    if DistributionCatalogue.names.contains(name) || plannedDistributions.contains(name) { return "a distribution" }
    return nil
  }

  /// Words of the grammar.
  static let grammarWords: Set<String> = [
    "to", "within", "by", "in", "if", "then", "else", "and", "or", "not", "inf", "none",
  ]

  /// What is written like a function and is part of the language.
  static let formulaForms: Set<String> = [
    "sum", "mean", "min", "max", "product", "share", "previous", "cumulative", "stack", "stock",
  ]

  /// Distributions of the language that may not all be in the catalogue yet; their names are kept free.
  static let plannedDistributions: Set<String> = [
    "uniform", "loguniform", "normal", "lognormal", "triangular", "pert", "beta", "gamma", "weibull", "loglogistic",
    "exponential", "student", "pareto", "gumbel", "logistic", "laplace", "cauchy", "skew_normal", "chi_squared",
    "rayleigh", "inverse_gaussian", "poisson", "binomial", "negative_binomial", "geometric", "bernoulli", "discrete",
    "quantiles", "empirical", "mixture", "truncate", "dirichlet", "shares",
  ]
}
