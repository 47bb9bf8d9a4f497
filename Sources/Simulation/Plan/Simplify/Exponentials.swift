/// Exponentials: a product of them is the exponential of the sum of their exponents.
///
/// Products of lognormal inputs are what many models begin with. Each factor costs an exponential, as dear as eight
/// multiplications, and is one term of a sum instead. An exponential that some other formula needs is made besides: the formula
/// alone decides, so that a value has the same bits whatever else its scenario computes, and scenarios that share it agree.
extension Lowering {
  /// Whether the factors of a product have an exponential in each of the product's cells, which joining can spare; one of
  /// fewer cells is made once for many.
  func factorsOutExponential(_ factors: [Factor]) -> Bool {
    let whole = Set(factors.flatMap(\.cells.axes)).count
    return factors.contains { factor in
      factor.cells.axes.count == whole
        && factor.cells.values.contains { !$0.isAbsent && graph.isExponential($0) }
    }
  }
}

extension Graph {
  /// More summands than this are left as they are: a sum of so many takes as long as an exponential.
  private static let mostSummands = 16

  /// Whether a value is an exponential, or a multiple of one.
  func isExponential(_ id: ValueID) -> Bool {
    if case .unary(.exp, _) = self[unscaled(id).value] { true } else { false }
  }

  /// A product in which the exponentials among some factors, and those that multiply them, are one.
  ///
  /// It does not overflow where one of the exponentials does.
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

  /// A value as an exponential times the rest.
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
