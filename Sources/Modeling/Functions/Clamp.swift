import VectorMath

extension BuiltInFunction {
  /// A value held between two others, in their unit: min(max(x, low), high); not a number if one of them is not.
  public static let clamp = BuiltInFunction(
    name: "clamp", summary: "x held between low and high", parameters: ["x", "low", "high"], dimension: .same,
    meaning: .steps([.maximum, .minimum]), orderedArguments: (low: 1, high: 2))
}
