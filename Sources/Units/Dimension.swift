/// The dimension of a quantity: a product of base dimensions with exact rational exponents.
///
/// Energy is `mass * length^2 / time^2`, so that J, Wh and W*year have the same dimension. The mass of CO2 equivalents
/// is a separate base dimension: a kilogram of coal is not a kilogram of emissions. So is each counted thing (gpu,
/// token, model), which detects the sum of an energy per query and an energy per token.
///
/// A product or power throws if an exponent overflows, which only absurd input causes.
package struct Dimension: Hashable, Sendable {
  /// A base dimension. The order is the one in which units are printed.
  package enum Base: Hashable, Comparable, Sendable {
    /// Mass of CO2 equivalents, in kgCO2e.
    case co2e
    /// Floating-point operations, in FLOP.
    case flop
    /// Money, in USD.
    case usd
    /// Mass, in kg.
    case mass
    /// Length, in m.
    case length
    /// A counted thing, by the name declared in the scenario.
    case counted(String)
    /// Time, in s.
    case time
  }

  let powers: Powers<Base>

  init(_ powers: Powers<Base>) { self.powers = powers }

  init(_ exponents: [Base: Rational]) { powers = Powers(exponents) }

  /// One base dimension.
  package init(_ base: Base) { self.init([base: 1]) }

  /// Pure numbers.
  package static let dimensionless = Dimension(Powers())
  /// J = kg m^2 s^-2.
  package static let energy = Dimension([.mass: 1, .length: 2, .time: -2])
  /// W = kg m^2 s^-3.
  package static let power = Dimension([.mass: 1, .length: 2, .time: -3])
  /// s.
  package static let time = Dimension(.time)

  /// Whether values are pure numbers.
  package var isDimensionless: Bool { powers.factors.isEmpty }

  /// The exponent of a base dimension, 0 if it does not occur.
  package func exponent(of base: Base) -> Rational { powers.exponent(of: base) }

  /// The base dimensions that occur with their exponents, none of them 0, in the order of `Base`.
  package var exponents: [(base: Base, exponent: Rational)] { powers.factors.map { ($0.base, $0.exponent) } }

  /// The dimension of a product.
  package static func * (a: Dimension, b: Dimension) throws(ExponentOverflow) -> Dimension {
    Dimension(try a.powers * b.powers)
  }

  /// The dimension of a quotient.
  package static func / (a: Dimension, b: Dimension) throws(ExponentOverflow) -> Dimension {
    Dimension(try a.powers * b.powers.reciprocal)
  }

  /// The dimension of a power; 1/2 gives that of a square root.
  package func raised(to power: Rational) throws(ExponentOverflow) -> Dimension {
    Dimension(try powers.raised(to: power))
  }

  /// The dimension of the reciprocal.
  package var inverse: Dimension { Dimension(powers.reciprocal) }
}
