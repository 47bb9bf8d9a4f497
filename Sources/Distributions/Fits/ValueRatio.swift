import VectorMath

/// Logarithms of ratios of positive numbers.
enum ValueRatio {
  /// log(high / low), also where the quotient would overflow or where the two nearly agree.
  static func log(_ high: Double, _ low: Double) -> Double {
    // Subtraction of doubles within a factor of two is exact (Sterbenz 1974).
    if high < 2 * low, low < 2 * high { return log1p((high - low) / low) }
    let quotient = high / low
    return quotient.isNormal ? PortableMath.log(quotient) : PortableMath.log(high) - PortableMath.log(low)
  }

  /// value exp(exponent), also where the exponential alone would overflow or underflow.
  static func times(_ value: Double, exp exponent: Double) -> Double {
    exponent.magnitude < 700 ? value * PortableMath.exp(exponent) : PortableMath.exp(PortableMath.log(value) + exponent)
  }
}
