/// Units in which squares of numbers neither over- nor underflow.
///
/// A standard deviation of 1e-170 has a square of 1e-340, and one of 1e200 of 1e400, neither of which is a double. Sums of
/// squares are therefore made of numbers in such a unit; in all usual sizes it is 1, which changes no bit.
public enum SquareUnit {
  /// The sizes whose squares, and sums of 2^60 of them or small parts of them, are normal numbers.
  @usableFromInline
  static let plain = 1e-130...1e140

  /// The unit for numbers of up to a size: 1, or a power of two near it where squares would leave the range of a double.
  ///
  /// 1 for 0 and what is not finite.
  @inlinable
  public static func of(_ size: Double) -> Double {
    let size = size.magnitude
    if plain.contains(size) || size == 0 || !size.isFinite { return 1 }
    // Both it and its inverse are normal.
    return Double(sign: .plus, exponent: min(max(Int(size.exponent), -1000), 1000), significand: 1)
  }

  /// The unit for some numbers.
  @inlinable
  public static func of(_ numbers: some Sequence<Double>) -> Double {
    of(numbers.reduce(0) { $1.isFinite ? Swift.max($0, $1.magnitude) : $0 })
  }
}
