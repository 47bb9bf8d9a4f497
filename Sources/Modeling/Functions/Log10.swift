import VectorMath

extension BuiltInFunction {
  /// The decimal logarithm of a pure number; minus infinity at 0, NaN below.
  package static let log10 = BuiltInFunction(
    name: "log10", summary: "the decimal logarithm of x", parameters: ["x"], dimension: .pure, applying: .log10)
}
