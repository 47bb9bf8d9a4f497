import Diagnostics
import Modeling
import Units

/// The dimension of a value, as far as it is known.
enum Dimensionality: Equatable {
  /// Unknown, because an error has been reported; fits everything.
  case unknown
  /// Not known yet: an equation of a cycle that is still being checked; fits everything.
  case open
  /// The literals 0 and inf, which fit every unit in sums and comparisons, and are pure numbers in products.
  case free
  /// The dimension.
  case known(Dimension)

  /// Pure numbers.
  static let pure = Dimensionality.known(.dimensionless)

  /// The dimension, if there is one; 0 and inf have that of pure numbers.
  var dimension: Dimension? {
    switch self {
    case .known(let dimension): dimension
    case .free: .dimensionless
    case .unknown, .open: nil
    }
  }

  /// Whether the value may be a pure number.
  var mayBePure: Bool { dimension?.isDimensionless ?? true }

  /// The common dimension of two values that must agree; nil if they differ.
  func unified(with other: Dimensionality) -> Dimensionality? {
    switch (self, other) {
    case (.unknown, _), (_, .unknown): .unknown
    case (.free, let one), (let one, .free): one
    case (.open, let one), (let one, .open): one
    case (.known(let a), .known(let b)): a == b ? self : nil
    }
  }
}

/// The known type of a quantity before its formula or value is checked.
struct QuantityType {
  /// The dimension.
  var dimensionality = Dimensionality.unknown
  /// The indexes; nil if an error leaves them unknown.
  var indexes: Set<IndexID>?
  /// The index whose labels are the values of a label-valued input.
  var categories: IndexID?
  /// The unit in which it is written, for messages.
  var unit: Unit?
}

/// A formula with its dimension and indexes, as far as they are known.
struct Typed {
  /// The operation it computes.
  var kind: Expression.Kind
  /// Its dimension.
  var dimensionality: Dimensionality
  /// Its indexes, as far as they are known.
  var indexes: Set<IndexID>
  /// Whether an error inside, already reported, leaves its indexes unknown.
  var isBroken = false
  /// The parsed text with its place.
  var syntax: Syntax

  /// A formula in which an error has been reported.
  static func broken(_ syntax: Syntax) -> Typed {
    Typed(kind: .constant(.nan), dimensionality: .unknown, indexes: [], isBroken: true, syntax: syntax)
  }

  /// The checked formula; meaningless if a part of its type is unknown.
  func expression(_ context: CheckContext) -> Expression {
    Expression(
      kind, indexes: context.sorted(indexes), dimension: dimensionality.dimension ?? .dimensionless,
      place: syntax.place, written: syntax.written)
  }
}

/// An input, equation or reference before it becomes a `Quantity`.
struct QuantityDeclaration {
  /// The kind of a quantity with its declaration.
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
  /// The place of the name.
  var place: SourcePlace
  /// The kind.
  var kind: Kind
  /// The known type of its values.
  var type = QuantityType()

  /// Whether it is an equation.
  var isEquation: Bool {
    if case .equation = kind { true } else { false }
  }

  /// The declaration of an input or reference.
  var inputDeclaration: InputDeclaration? {
    switch kind {
    case .input(let stated), .reference(let stated): stated
    case .equation: nil
    }
  }
}

/// An equation as read.
struct EquationDeclaration {
  /// Its name in words.
  var label: String?
  /// The formula; nil if it could not be parsed.
  var syntax: Syntax?
  /// The formula's text.
  var text: String
  /// The declared unit.
  var unit: Unit?
  /// The place of the unit.
  var unitPlace: SourcePlace?
  /// Statements about its origin.
  var provenance: Provenance
  /// The checked formula.
  var expression: Expression?
}
