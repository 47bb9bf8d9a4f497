/// The rule `denominators`: a sum of quotients by one value is the quotient of a sum.
///
/// A weighted mean divides each weight by their total: Σ x[k] (w[k] / t) is (Σ x[k] w[k]) / t. This needs one division,
/// the most expensive arithmetic operation, instead of one per term. Numerator terms that are the same in every year,
/// when the total varies by year, are computed once.
extension Graph {
  /// A quotient of products.
  private struct Quotient {
    var scale = 1.0
    var numerators: [ValueID] = []
    var denominators: [ValueID] = []
  }

  /// A value as a quotient, in which factors that are shares, x / t or x y / t, are split; nil if there is no
  /// denominator. Longer quotients are kept whole: along an index they would grow step by step until their factors
  /// overflow.
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

  /// Σ weights[k] * values[k] over the values' common denominator, with common factors extracted; nil if there is no
  /// common denominator.
  mutating func overCommonDenominator(_ terms: [(weight: Double, value: ValueID)]) -> ValueID? {
    guard terms.count > 1, rules.contains(.denominators) else { return nil }
    var quotients: [(weight: Double, quotient: Quotient)] = []
    for term in terms {
      guard let quotient = quotient(term.value) else { return nil }
      quotients.append((term.weight, quotient))
    }
    let denominators = Self.common(quotients.map(\.quotient.denominators)).filter { !isDiscrete($0, depth: 4) }
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
    // `linear` is avoided because it would split a chain of quotients along an index, one after the other.
    var shift = 0.0
    let terms = collected(numeratorTerms, shift: &shift)
    return product(scale: 1, numerators: [sum(shift: shift, terms)] + numerators, denominators: denominators)
  }

  /// Whether a value has separate outcomes, so that it may be 0 in many draws: where t is 0, a / t - b / t is undefined,
  /// but (a - b) / t is infinite, and `min`, `max` and `clamp` would make a number of it.
  private func isDiscrete(_ id: ValueID, depth: Int) -> Bool {
    func isInner(_ id: ValueID) -> Bool { depth > 0 && isDiscrete(id, depth: depth - 1) }
    return switch self[id] {
    case .steps, .unary(.not, _): true
    case .binary(let operation, _, _): GraphNode.conditions.contains(operation)
    case .unary(_, let a), .wholePower(let a, _): isInner(a)
    case .select(_, let then, let otherwise): [then, otherwise].contains { constant($0) != nil || isInner($0) }
    case .product(_, let numerators, _): numerators.contains(where: isInner)
    case .linear(_, _, let terms): terms.allSatisfy(isInner)
    default: false
    }
  }

  /// The elements common to all lists, with multiplicity.
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
