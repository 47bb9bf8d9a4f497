/// The rule `logarithms`: the logarithm of a product of exponentials is the sum of the exponents.
///
/// Lognormal inputs are exponentials of scores. Interpolation between two of them takes their logarithms, formulas take
/// those of their products, and a Weibull survival takes a power of their quotient.
///
/// Distributions use logarithms without this rule: `log(exp(x))`, of a rounded exponential, is part of an accurate
/// formula for `exp(x) - 1`.
extension Graph {
  /// Products of more exponentials, or with deeper nesting, are left unchanged: the sum of their exponents would take
  /// longer than a logarithm, 1 ns (Sapphire Rapids).
  private static let (mostExponents, deepestProduct) = (4, 3)

  /// The logarithm in a formula.
  mutating func logarithm(_ id: ValueID) -> ValueID { exponent(of: id) ?? unary(.log, id) }

  /// The logarithm of a product of exponentials and constants, without function calls; nil for other values.
  ///
  /// It does not overflow if the product does.
  mutating func exponent(of id: ValueID) -> ValueID? {
    guard rules.contains(.logarithms) else { return nil }
    var sum = ExponentSum()
    return add(exponentsOf: id, weight: 1, depth: 0, to: &sum) && !sum.terms.isEmpty
      ? linear(shift: sum.shift, sum.terms) : nil
  }

  /// Adds the exponents of a value's exponentials, and the logarithms of its constants, to a sum; false if there are
  /// other factors.
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

/// A sum of exponents; exponents that are sums are added term by term.
///
/// An absolute error of the sum is a relative error of the exponential: rounding terms of magnitude 64 costs 7e-15, the
/// same as rounding the exponents one by one.
struct ExponentSum {
  private(set) var exponents = 0
  var shift = 0.0
  private(set) var terms: [(weight: Double, value: ValueID)] = []

  /// An exponent with larger terms, which may cancel, is kept whole: rounding the terms would cost more than 1e-13.
  static let largestTerm = 1024.0

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
