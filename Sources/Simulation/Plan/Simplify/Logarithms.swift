/// Logarithms: of what exponentials make, they are sums of the exponents.
///
/// Lognormal inputs are exponentials of scores. Interpolation between two of them asks for their logarithms back, formulas for
/// those of their products, and a Weibull survival for a power of their quotient.
///
/// Distributions ask for logarithms as they stand: `log(exp(x))`, of a rounded exponential, is a device for digits of
/// `exp(x) - 1`.
extension Graph {
  /// Products of more exponentials, or deeper within each other, are left alone: their exponents' sum would take longer
  /// than a logarithm does, 1 ns (Sapphire Rapids).
  private static let (mostExponents, deepestProduct) = (4, 3)

  /// A formula's logarithm.
  mutating func logarithm(_ id: ValueID) -> ValueID { exponent(of: id) ?? unary(.log, id) }

  /// The logarithm of a product of exponentials and numbers, without any function; nil where there is none.
  ///
  /// It does not overflow where the product does.
  mutating func exponent(of id: ValueID) -> ValueID? {
    var sum = ExponentSum()
    return add(exponentsOf: id, weight: 1, depth: 0, to: &sum) && !sum.terms.isEmpty
      ? linear(shift: sum.shift, sum.terms) : nil
  }

  /// Adds the exponents of a value's exponentials, and the logarithms of its numbers, to a sum; false if it has others.
  private func add(exponentsOf id: ValueID, weight: Double, depth: Int, to sum: inout ExponentSum) -> Bool {
    switch self[id] {
    case .unary(.exp, let exponent) where sum.exponents < Self.mostExponents:
      sum.add(exponent, weight: weight, in: self)
      return true
    case .product(let bits, let numerators, let denominators) where depth < Self.deepestProduct:
      let scale = Double(bitPattern: bits)
      guard scale > 0, scale < .infinity else { return false }
      sum.shift += weight * Self.value(.log, scale)
      return numerators.allSatisfy { add(exponentsOf: $0, weight: weight, depth: depth + 1, to: &sum) }
        && denominators.allSatisfy { add(exponentsOf: $0, weight: -weight, depth: depth + 1, to: &sum) }
    default: return false
    }
  }
}

/// A sum of exponents, those that are sums themselves term by term.
///
/// An error of the sum is a relative one of the exponential: rounding terms of 64 costs 7e-15, as rounding the exponents one
/// by one has cost before.
struct ExponentSum {
  private(set) var exponents = 0
  var shift = 0.0
  private(set) var terms: [(weight: Double, value: ValueID)] = []

  /// An exponent of larger terms than this, which may cancel, stays whole: rounding them would cost more than 1e-13.
  private static let largestTerm = 1024.0

  /// Adds a multiple of an exponent.
  mutating func add(_ exponent: ValueID, weight: Double, in graph: Graph) {
    exponents += 1
    guard case .linear(let bits, let weights, let values) = graph[exponent],
      Double(bitPattern: bits).magnitude <= Self.largestTerm,
      zip(weights, values).allSatisfy({
        Double(bitPattern: $0).magnitude * graph.bound(of: $1) <= Self.largestTerm
      })
    else { return terms.append((weight, exponent)) }
    shift += weight * Double(bitPattern: bits)
    for (inner, value) in zip(weights, values) { terms.append((weight * Double(bitPattern: inner), value)) }
  }
}
