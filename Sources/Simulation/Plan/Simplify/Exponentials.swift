/// The rule `exponentials`: a product of exponentials is the exponential of the sum of their exponents.
///
/// Many models begin with products of lognormal inputs. Each factor would cost an exponential, as expensive as eight
/// multiplications, but costs only one term of a sum. An exponential that another formula needs is computed in
/// addition: the rule depends on the formula alone, so that a value has the same bits whatever else its scenario
/// computes, and scenarios that share it agree.
extension Lowering {
  /// Whether a factor has exponentials in each of the product's cells, which joining saves; a factor with fewer cells
  /// is computed once for many cells of the product.
  func factorsOutExponential(_ factors: [CellFactor]) -> Bool {
    guard graph.rules.contains(.exponentials) else { return false }
    let whole = Set(factors.flatMap(\.cells.axes)).count
    return factors.contains { factor in
      factor.cells.axes.count == whole
        && factor.cells.values.contains { !$0.isAbsent && graph.isExponential($0) }
    }
  }
}

extension Graph {
  /// Maximum number of summands; longer sums take as long as an exponential and are left unchanged.
  private static let mostSummands = 16

  /// Whether a value is an exponential, or a multiple of one.
  func isExponential(_ id: ValueID) -> Bool {
    if case .unary(.exp, _) = self[unscaled(id).value] { true } else { false }
  }

  /// A product in which the exponentials among the factors, and those within the factors' products, are joined.
  ///
  /// It does not overflow if only one of the exponentials does.
  mutating func productJoiningExponentials(
    scale: Double, _ factors: [(isBelow: Bool, value: ValueID)]
  ) -> ValueID {
    var (numerators, denominators): ([ValueID], [ValueID]) = ([], [])
    var sum = ExponentSum()
    for factor in factors {
      var rest = factor.value
      if sum.terms.count < Self.mostSummands, let parted = exponentialParted(from: rest) {
        sum.add(parted.exponent, weight: factor.isBelow ? -1 : 1, in: self)
        rest = parted.rest
      }
      if factor.isBelow { denominators.append(rest) } else { numerators.append(rest) }
    }
    guard sum.exponents > 1 else {
      return product(
        scale: scale, numerators: factors.filter { !$0.isBelow }.map(\.value),
        denominators: factors.filter(\.isBelow).map(\.value))
    }
    numerators.append(unary(.exp, linear(shift: sum.shift, sum.terms)))
    return product(scale: scale, numerators: numerators, denominators: denominators)
  }

  /// A value as an exponential times a remainder.
  private mutating func exponentialParted(from id: ValueID) -> (exponent: ValueID, rest: ValueID)? {
    let (bare, scale) = unscaled(id)
    switch self[bare] {
    case .unary(.exp, let exponent): return (exponent, constant(scale))
    case .product(let own, var numerators, let denominators):
      for (place, factor) in numerators.enumerated() {
        guard case .unary(.exp, let exponent) = self[factor] else { continue }
        numerators.remove(at: place)
        return (
          exponent, product(scale: scale * Double(bitPattern: own), numerators: numerators, denominators: denominators)
        )
      }
      return nil
    default: return nil
    }
  }
}
