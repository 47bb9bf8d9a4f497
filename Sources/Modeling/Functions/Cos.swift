import VectorMath

extension BuiltInFunction {
  /// The cosine of an angle in radians.
  package static let cos = BuiltInFunction(
    name: "cos", summary: "the cosine of x radians", parameters: ["x"], dimension: .pure, applying: .cosine)
}
