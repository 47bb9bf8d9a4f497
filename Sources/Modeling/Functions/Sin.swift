import VectorMath

extension BuiltInFunction {
  /// The sine of an angle in radians.
  package static let sin = BuiltInFunction(
    name: "sin", summary: "the sine of x radians", parameters: ["x"], dimension: .pure, applying: .sine)
}
