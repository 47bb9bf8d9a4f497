import VectorMath

extension BuiltInFunction {
  /// The tangent of an angle in radians.
  package static let tan = BuiltInFunction(
    name: "tan", summary: "the tangent of x radians", parameters: ["x"], dimension: .pure, applying: .tangent)
}
