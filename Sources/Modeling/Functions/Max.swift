import VectorMath

extension BuiltInFunction {
  /// The largest of its values, in their unit; not a number if one of them is not.
  public static let max = BuiltInFunction(
    name: "max", summary: "the largest of the values", parameters: ["x", "y"], isVariadic: true, dimension: .same,
    folding: .maximum)
}
