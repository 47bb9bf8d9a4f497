/// A unit as someone wrote it: its text, what it measures, and how large one of it is.
///
/// Values are held in coherent base units (kg, m, s, kgCO2e, FLOP, USD, one of a counted thing): a number written in a
/// unit is read with `baseValue(of:)`, which multiplies exactly and rounds once, and shown by `value / unit`, which gives
/// it back as it was written. Two units of one dimension convert by a factor; none has an offset.
public struct Unit: Hashable, Sendable {
  /// The text as it was written, `TWh/year`.
  public let text: String

  /// What the unit measures.
  public let dimension: Dimension

  /// How many coherent base units one of this unit is: 3.6e6 for kWh, whose base unit is J.
  ///
  /// The nearest floating-point number to the exact ratio when exponents are whole, and between `scaleRange`'s ends.
  public let scale: Double

  let magnitude: ExactScale
  /// What the exact scale is beyond `scale`, itself rounded.
  let scaleRest: Double

  /// Where scales may lie: the square of either end is still a floating-point number, so every conversion is finite.
  public static let scaleRange = 0x1p-500...0x1p500

  /// The unit with the given meaning, or nil when its scale leaves `scaleRange`.
  init?(_ text: String, _ measure: Measure) {
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
  public static let one = Unit(coherent: .dimensionless)

  /// The coherent base unit of a dimension, whose scale is 1: `W`, `kgCO2e/J`, `gpu/s`.
  public init(coherent dimension: Dimension) {
    self.init(text: dimension.description, dimension: dimension, magnitude: .one)
  }

  /// Whether a value in this unit can be told in the other one.
  public func convertible(to other: Unit) -> Bool { dimension == other.dimension }

  /// What a value in this unit is multiplied by to be told in the other one; nil when they measure different things.
  ///
  /// One rounding, when exponents are whole: 1000 from TWh to GWh, 1e9/8.76 rounded from TWh/year to W.
  public func factor(to other: Unit) -> Double? {
    guard convertible(to: other) else { return nil }
    guard let ratio = try? magnitude * other.magnitude.reciprocal else { return scale / other.scale }
    return ratio.value
  }

  /// The unit of 1 over a value in this unit: `1/W` for `W`.
  public var inverse: Unit {
    let single = text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    return Unit(
      text: self == .one ? text : "1/" + (single ? text : "(\(text))"), dimension: dimension.inverse,
      magnitude: magnitude.reciprocal)
  }
}

extension Unit: CustomStringConvertible {
  /// The text as it was written.
  public var description: String { text }
}

/// What a unit means, without its text.
struct Measure: Hashable, Sendable {
  var dimension: Dimension
  var magnitude: ExactScale

  static let one = Measure(dimension: .dimensionless, magnitude: .one)

  static func * (a: Measure, b: Measure) throws(ExponentOverflow) -> Measure {
    Measure(dimension: try a.dimension * b.dimension, magnitude: try a.magnitude * b.magnitude)
  }

  func raised(to power: Rational) throws(ExponentOverflow) -> Measure {
    Measure(dimension: try dimension.raised(to: power), magnitude: try magnitude.raised(to: power))
  }
}
