import VectorMath

extension BuiltInFunction {
  /// The natural exponential of a pure number.
  package static let exp = BuiltInFunction(
    name: "exp", summary: "e to the power x", parameters: ["x"], dimension: .pure, applying: .exp)
}
