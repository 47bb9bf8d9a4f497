/// Units in which squares of numbers neither overflow nor underflow.
///
/// A standard deviation of 1e-170 has a square of 1e-340, and one of 1e200 has 1e400; neither is a double. Sums of
/// squares are therefore formed from numbers in such a unit. For usual magnitudes it is 1, which changes no bit.
package enum SquareUnit {
  /// The magnitudes whose squares, and sums of 2^60 of them or small fractions of them, are normal numbers.
  @inlinable
  static var plain: ClosedRange<Double> { 1e-130...1e140 }

  /// The unit for numbers up to a magnitude: 1, or a power of two near it if squares would leave the range of a double.
  ///
  /// It is 1 for 0 and for non-finite magnitudes.
  @inlinable
  package static func of(_ size: Double) -> Double {
    let size = size.magnitude
    if plain.contains(size) || size == 0 || !size.isFinite { return 1 }
    // Both this and its inverse are normal.
    return Double(sign: .plus, exponent: min(max(Int(size.exponent), -1000), 1000), significand: 1)
  }

  /// The unit for several numbers.
  @inlinable
  package static func of(_ numbers: some Sequence<Double>) -> Double {
    of(numbers.reduce(0) { $1.isFinite ? Swift.max($0, $1.magnitude) : $0 })
  }

  /// The root of a factor times the sum of the numbers' squared deviations from their mean: with the factor 1 / (n - 1)
  /// their standard deviation, with (n - 1) / n the jackknife's standard error. NaN for no number.
  package static func rootOfSquaredDeviations(_ numbers: [Double], times factor: Double) -> Double {
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let unit = of(numbers.lazy.map { $0 - mean })
    let squares = numbers.reduce(0) { $0 + ($1 - mean) / unit * (($1 - mean) / unit) }
    return (squares * factor).squareRoot() * unit
  }
}
