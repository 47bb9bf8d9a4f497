/// Common denominators: a sum of quotients by one value is the quotient of a sum.
///
/// A weighted mean divides each weight by their total: Σ x[k] (w[k] / t) is (Σ x[k] w[k]) / t. That is one division, the
/// dearest of arithmetic, in place of one a term; and of numeratorTerms that a total by year leaves the same every
/// year, each is made once.
extension Graph {
  /// A quotient of products.
  private struct Quotient {
    var scale = 1.0
    var numerators: [ValueID] = []
    var denominators: [ValueID] = []
  }

  /// A value as a quotient, those among its factors that are shares, x / t or x y / t, taken apart; nil where nothing
  /// divides. Longer quotients stay whole: along an index they would grow link by link, until what multiplies overflows.
  private func quotient(_ id: ValueID) -> Quotient? {
    guard case .product(let scale, let numerators, let denominators) = self[id] else { return nil }
    var quotient = Quotient(scale: Double(bitPattern: scale), denominators: denominators)
    for factor in numerators {
      if case .product(let scale, let numerators, let denominators) = self[factor], denominators.count == 1,
        numerators.count <= 2
      {
        quotient.scale *= Double(bitPattern: scale)
        quotient.numerators += numerators
        quotient.denominators += denominators
      } else {
        quotient.numerators.append(factor)
      }
    }
    return quotient.denominators.isEmpty ? nil : quotient
  }

  /// Σ weights[k] * values[k] over the values' common denominator, along with what else multiplies all of them; nil where
  /// they have none.
  mutating func overCommonDenominator(_ terms: [(weight: Double, value: ValueID)]) -> ValueID? {
    guard terms.count > 1 else { return nil }
    var quotients: [(weight: Double, quotient: Quotient)] = []
    for term in terms {
      guard let quotient = quotient(term.value) else { return nil }
      quotients.append((term.weight, quotient))
    }
    let denominators = Self.common(quotients.map(\.quotient.denominators))
    guard !denominators.isEmpty else { return nil }
    let numerators = Self.common(quotients.map(\.quotient.numerators))
    let numeratorTerms = quotients.map { weight, quotient in
      (
        weight: weight,
        value: product(
          scale: quotient.scale, numerators: Self.removing(numerators, from: quotient.numerators),
          denominators: Self.removing(denominators, from: quotient.denominators))
      )
    }
    // Not by way of `linear`, which would take a chain of quotients as long as an index apart, link by link.
    var shift = 0.0
    let terms = collected(numeratorTerms, shift: &shift)
    return product(scale: 1, numerators: [sum(shift: shift, terms)] + numerators, denominators: denominators)
  }

  /// What all lists have, as often as all have it.
  private static func common(_ lists: [[ValueID]]) -> [ValueID] {
    lists.dropFirst().reduce(lists[0]) { common, list in
      var left = list
      return common.filter { factor in
        guard let place = left.firstIndex(of: factor) else { return false }
        left.remove(at: place)
        return true
      }
    }
  }

  private static func removing(_ factors: [ValueID], from list: [ValueID]) -> [ValueID] {
    var left = list
    for factor in factors { left.firstIndex(of: factor).map { _ = left.remove(at: $0) } }
    return left
  }
}
