import Modeling

/// Exponentials: a product of them is the exponential of the sum of their exponents.
///
/// Products of lognormal inputs are what many models begin with. Each that nothing else needs costs an exponential, as dear as
/// eight multiplications, and is one term of a sum instead. Whether something else needs an input is told from the model's
/// formulas, not from what a plan computes, so that a value has the same bits whatever else is asked for.
extension Lowering {
  /// Whether an expression is a quantity that the model mentions nowhere but among these.
  func isMentionedOnly(among expressions: [Expression], _ expression: Expression) -> Bool {
    guard case .quantity(let id) = expression.kind else { return false }
    let here = expressions.count { other in
      if case .quantity(id) = other.kind { true } else { false }
    }
    return here == mentions[id.position]
  }

  /// Whether the factors of a product have an exponential that joining spares: one that nothing else needs, in each of the
  /// product's cells.
  func spareExponential(_ factors: [Factor]) -> Bool {
    let whole = Set(factors.flatMap(\.cells.axes)).count
    return factors.contains { factor in
      factor.isOwn && factor.cells.axes.count == whole
        && factor.cells.values.contains { !$0.isAbsent && graph.isExponential($0) }
    }
  }
}

extension Graph {
  /// More exponents than this are left as they are: a sum of so many takes as long as an exponential.
  private static let mostSummands = 16

  /// Whether a value is an exponential, or a multiple of one.
  func isExponential(_ id: ValueID) -> Bool {
    if case .unary(.exp, _) = self[unscaled(id).value] { true } else { false }
  }

  /// A product in which the exponentials among some factors, and those that multiply them, are one.
  ///
  /// It errs no more than the product of the rounded exponentials, and does not overflow where one of those does.
  ///
  /// - Parameter own: which of the factors nothing else needs.
  mutating func productJoiningExponentials(
    scale: Double, _ factors: [(isBelow: Bool, isOwn: Bool, value: ValueID)]
  ) -> ValueID {
    var (above, below): ([ValueID], [ValueID]) = ([], [])
    var (shift, summands): (Double, [(weight: Double, value: ValueID)]) = (0, [])
    var exponentials = 0
    for factor in factors {
      var rest = factor.value
      if factor.isOwn, summands.count < Self.mostSummands, let parted = exponentialParted(from: rest) {
        exponentials += 1
        add(parted.exponent, weight: factor.isBelow ? -1 : 1, to: &summands, &shift)
        rest = parted.rest
      }
      if factor.isBelow { below.append(rest) } else { above.append(rest) }
    }
    guard exponentials > 1 else {
      return product(
        scale: scale, above: factors.filter { !$0.isBelow }.map(\.value),
        below: factors.filter(\.isBelow).map(\.value))
    }
    above.append(unary(.exp, linear(shift: shift, summands)))
    return product(scale: scale, above: above, below: below)
  }

  /// A value as an exponential times the rest.
  private mutating func exponentialParted(from id: ValueID) -> (exponent: ValueID, rest: ValueID)? {
    let (bare, scale) = unscaled(id)
    switch self[bare] {
    case .unary(.exp, let exponent): return (exponent, constant(scale))
    case .product(let own, var above, let below):
      for (place, factor) in above.enumerated() {
        guard case .unary(.exp, let exponent) = self[factor] else { continue }
        above.remove(at: place)
        return (exponent, product(scale: scale * Double(bitPattern: own), above: above, below: below))
      }
      return nil
    default: return nil
    }
  }

  private func add(
    _ exponent: ValueID, weight: Double, to summands: inout [(weight: Double, value: ValueID)], _ shift: inout Double
  ) {
    guard case .linear(let own, let weights, let terms) = self[exponent] else {
      return summands.append((weight, exponent))
    }
    shift += weight * Double(bitPattern: own)
    for (inner, term) in zip(weights, terms) { summands.append((weight * Double(bitPattern: inner), term)) }
  }
}
