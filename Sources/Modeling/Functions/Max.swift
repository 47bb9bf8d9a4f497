import VectorMath

extension BuiltInFunction {
  /// The largest of its values, in their unit; NaN if one of them is NaN.
  package static let max = BuiltInFunction(
    name: "max", summary: "the largest of the values", parameters: ["x", "y"], isVariadic: true, dimension: .same,
    folding: .maximum)
}
