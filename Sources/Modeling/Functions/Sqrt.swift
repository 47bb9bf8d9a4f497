import Units
import VectorMath

extension BuiltInFunction {
  /// The square root of a value, in the root of its unit; NaN below 0.
  package static let sqrt = BuiltInFunction(
    name: "sqrt", summary: "the square root of x", parameters: ["x"],
    dimension: .power(Rational(1, 2) ?? .one), applying: .squareRoot)
}
