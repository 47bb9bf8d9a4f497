/// A unit as written by the user: its text, its dimension and its size.
///
/// Values are held in coherent base units (kg, m, s, kgCO2e, FLOP, USD, one of a counted thing). `baseValue(of:)`
/// converts a number in a unit to base units with one rounding, and `value / unit` converts back and reproduces the
/// written number. Two units of one dimension convert by a factor, without an offset.
package struct Unit: Hashable, Sendable {
  /// The text as it was written, `TWh/year`.
  package let text: String

  /// The dimension.
  package let dimension: Dimension

  /// The size in coherent base units: 3.6e6 for kWh, whose base unit is J.
  ///
  /// It is the floating-point number nearest to the exact ratio if exponents are integers, and within `scaleRange`.
  package let scale: Double

  let magnitude: ExactScale
  /// The exact scale minus `scale`, rounded.
  let scaleRest: Double

  /// The allowed scales: the square of either end is a floating-point number, so that every conversion is finite.
  package static let scaleRange = 0x1p-500...0x1p500

  /// The unit with the given meaning; nil if its scale is outside `scaleRange`.
  init?(_ text: String, _ measure: UnitMeaning) {
    self.init(text: text, dimension: measure.dimension, magnitude: measure.magnitude)
    guard Unit.scaleRange.contains(scale) else { return nil }
  }

  private init(text: String, dimension: Dimension, magnitude: ExactScale) {
    self.text = text
    self.dimension = dimension
    self.magnitude = magnitude
    (scale, scaleRest) = magnitude.split
  }

  /// The unit of pure numbers, `1`.
  package static let one = Unit(coherent: .dimensionless)

  /// The coherent base unit of a dimension, whose scale is 1: `W`, `kgCO2e/J`, `gpu/s`.
  package init(coherent dimension: Dimension) {
    self.init(text: dimension.description, dimension: dimension, magnitude: .one)
  }

  /// Whether a value in this unit can be converted to the other one.
  package func convertible(to other: Unit) -> Bool { dimension == other.dimension }

  /// The factor that converts values in this unit to the other one; nil if their dimensions differ.
  ///
  /// It is rounded once if exponents are integers: 1000 from TWh to GWh, 1e9/8.76 rounded from TWh/year to W.
  package func factor(to other: Unit) -> Double? {
    guard convertible(to: other) else { return nil }
    guard let ratio = try? magnitude * other.magnitude.reciprocal else { return scale / other.scale }
    return ratio.value
  }

  /// The unit of the reciprocal: `1/W` for `W`.
  package var inverse: Unit {
    let single = text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    return Unit(
      text: self == .one ? text : "1/" + (single ? text : "(\(text))"), dimension: dimension.inverse,
      magnitude: magnitude.reciprocal)
  }
}

extension Unit: CustomStringConvertible {
  /// The text as it was written.
  package var description: String { text }
}

/// The meaning of a unit, without its text.
struct UnitMeaning: Hashable, Sendable {
  var dimension: Dimension
  var magnitude: ExactScale

  static let one = UnitMeaning(dimension: .dimensionless, magnitude: .one)

  static func * (a: UnitMeaning, b: UnitMeaning) throws(ExponentOverflow) -> UnitMeaning {
    UnitMeaning(dimension: try a.dimension * b.dimension, magnitude: try a.magnitude * b.magnitude)
  }

  func raised(to power: Rational) throws(ExponentOverflow) -> UnitMeaning {
    UnitMeaning(dimension: try dimension.raised(to: power), magnitude: try magnitude.raised(to: power))
  }
}
