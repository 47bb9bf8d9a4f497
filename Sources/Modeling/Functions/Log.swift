import VectorMath

extension BuiltInFunction {
  /// The natural logarithm of a pure number; minus infinity at 0, NaN below.
  package static let log = BuiltInFunction(
    name: "log", summary: "the natural logarithm of x", parameters: ["x"], dimension: .pure, applying: .log)
}
