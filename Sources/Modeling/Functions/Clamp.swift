import VectorMath

extension BuiltInFunction {
  /// A value limited to a range, in its unit: min(max(x, low), high); NaN if low exceeds high, or if an argument
  /// is NaN.
  package static let clamp = BuiltInFunction(
    name: "clamp", summary: "x limited to the range from low to high; not a number (NaN) where low exceeds high",
    parameters: ["x", "low", "high"], dimension: .same,
    meaning: .steps([.maximum, .minimum]), orderedArguments: (low: 1, high: 2))
}
