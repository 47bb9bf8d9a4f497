import VectorMath

extension BuiltInFunction {
  /// The smallest of its values, in their unit; NaN if one of them is NaN.
  package static let min = BuiltInFunction(
    name: "min", summary: "the smallest of the values", parameters: ["x", "y"], isVariadic: true, dimension: .same,
    folding: .minimum)
}
