import VectorMath

extension BuiltInFunction {
  /// The magnitude of a value, in its unit.
  package static let abs = BuiltInFunction(
    name: "abs", summary: "the magnitude of x", parameters: ["x"], dimension: .same, applying: .absolute)
}
