/// Logarithms: of what exponentials make, they are sums of the exponents.
///
/// Lognormal inputs are exponentials of scores. Interpolation between two of them asks for their logarithms back, and a Weibull
/// survival for a power of their quotient.
extension Graph {
  /// Products of more exponentials, or deeper within each other, are left alone: their exponents' sum would take longer
  /// than a logarithm does, 1 ns (Sapphire Rapids).
  private static let (mostExponents, deepestProduct) = (4, 3)

  /// The logarithm of a product of exponentials and numbers, without any function; nil where there is none.
  ///
  /// It errs no more than the logarithm of the rounded product would, and does not overflow where that does.
  mutating func exponent(of id: ValueID) -> ValueID? {
    var terms: [(weight: Double, value: ValueID)] = []
    guard let logarithm = addExponents(of: id, weight: 1, depth: 0, to: &terms) else { return nil }
    return terms.isEmpty ? nil : linear(shift: logarithm, terms)
  }

  /// Adds the exponents of a value's exponentials to a sum, and gives the logarithm of its numbers.
  private func addExponents(
    of id: ValueID, weight: Double, depth: Int, to terms: inout [(weight: Double, value: ValueID)]
  ) -> Double? {
    switch self[id] {
    case .unary(.exp, let exponent) where terms.count < Self.mostExponents:
      terms.append((weight, exponent))
      return 0
    case .product(let bits, let above, let below) where depth < Self.deepestProduct:
      let scale = Double(bitPattern: bits)
      guard scale > 0, scale < .infinity else { return nil }
      var logarithm = weight * Self.value(.log, scale)
      for (sign, factors) in [(weight, above), (-weight, below)] {
        for factor in factors {
          guard let own = addExponents(of: factor, weight: sign, depth: depth + 1, to: &terms) else { return nil }
          logarithm += own
        }
      }
      return logarithm
    default: return nil
    }
  }
}
