import Modeling
import Units

/// What is known of a value's dimension.
enum Dimensionality: Equatable {
  /// Nothing, since a mistake has been reported; fits everything.
  case unknown
  /// Nothing yet: an equation of a cycle that is still being worked out; fits everything.
  case open
  /// The literals 0 and inf, which fit every unit in sums and comparisons, and are pure numbers in products.
  case free
  /// The dimension.
  case known(Dimension)

  /// Pure numbers.
  static let pure = Dimensionality.known(.dimensionless)

  /// The dimension, where there is one; of 0 and inf, that of pure numbers.
  var dimension: Dimension? {
    switch self {
    case .known(let dimension): dimension
    case .free: .dimensionless
    case .unknown, .open: nil
    }
  }

  /// Whether a pure number may be meant.
  var mayBePure: Bool { dimension?.isDimensionless ?? true }

  /// What two values that must have one dimension have; nil if they differ.
  func unified(with other: Dimensionality) -> Dimensionality? {
    switch (self, other) {
    case (.unknown, _), (_, .unknown): .unknown
    case (.free, let one), (let one, .free): one
    case (.open, let one), (let one, .open): one
    case (.known(let a), .known(let b)): a == b ? self : nil
    }
  }
}

/// What is known of a quantity before its formula or value is looked at again.
struct QuantityType {
  /// The dimension.
  var dimensionality = Dimensionality.unknown
  /// The indexes; nil if a mistake leaves them unknown.
  var indexes: Set<IndexID>?
  /// The index whose labels are the values of a label-valued input.
  var categories: IndexID?
  /// The unit in which it is written, for messages.
  var unit: Unit?
}

/// A formula with its dimension and indexes, as far as they are known.
struct Typed {
  /// What it computes.
  var kind: Expression.Kind
  /// Its dimension.
  var dimensionality: Dimensionality
  /// Its indexes, as far as they are known.
  var indexes: Set<IndexID>
  /// Whether a mistake inside, reported already, leaves its indexes unknown.
  var isBroken = false
  /// Where it is written, and the text.
  var syntax: Syntax

  /// A formula in which a mistake has been reported.
  static func broken(_ syntax: Syntax) -> Typed {
    Typed(kind: .constant(.nan), dimensionality: .unknown, indexes: [], isBroken: true, syntax: syntax)
  }

  /// The checked formula; meaningless where something is unknown.
  func expression(_ context: CheckContext) -> Expression {
    Expression(
      kind, indexes: context.sorted(indexes), dimension: dimensionality.dimension ?? .dimensionless,
      place: syntax.place, text: syntax.text)
  }
}

/// An input, equation or reference on its way to a `Quantity`.
struct QuantityDeclaration {
  /// What it is, as far as it has been read.
  enum Kind {
    /// An input.
    case input(InputDeclaration)
    /// A reference.
    case reference(InputDeclaration)
    /// An equation.
    case equation(EquationDeclaration)
  }

  /// The name.
  var name: String
  /// Where the name is written.
  var place: SourcePlace
  /// What it is.
  var kind: Kind
  /// What is known of its values.
  var type = QuantityType()

  /// Whether it is an equation.
  var isEquation: Bool {
    if case .equation = kind { true } else { false }
  }

  /// The input or reference as read.
  var inputDeclaration: InputDeclaration? {
    switch kind {
    case .input(let stated), .reference(let stated): stated
    case .equation: nil
    }
  }
}

/// An equation as read.
struct EquationDeclaration {
  /// The formula; nil if it could not be parsed.
  var syntax: Syntax?
  /// The formula's text.
  var text: String
  /// The unit that it is said to have.
  var unit: Unit?
  /// Where that is written.
  var unitPlace: SourcePlace?
  /// Statements about where it comes from.
  var provenance: Provenance
  /// The checked formula.
  var expression: Expression?
}
