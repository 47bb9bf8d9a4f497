/// A product of bases with rational exponents: the free abelian group of which dimensions and exact scales are both
/// instances.
///
/// Factors are sorted by base and have non-zero exponents, so that equal products are equal arrays. With the few
/// factors of a unit, a sorted array is faster and smaller than a dictionary.
struct Powers<Base: Hashable & Comparable & Sendable>: Hashable, Sendable {
  struct Power: Hashable, Sendable {
    var base: Base
    var exponent: Rational
  }

  private(set) var factors: [Power] = []

  /// The empty product, 1.
  init() {}

  init(_ exponents: [Base: Rational]) {
    factors = exponents.filter { $0.value != .zero }
      .map { Power(base: $0.key, exponent: $0.value) }
      .sorted { $0.base < $1.base }
  }

  func exponent(of base: Base) -> Rational {
    factors.first { $0.base == base }?.exponent ?? .zero
  }

  func raised(to power: Rational) throws(ExponentOverflow) -> Powers {
    guard power != .zero else { return Powers() }
    var result = self
    for index in factors.indices { result.factors[index].exponent = try factors[index].exponent * power }
    return result
  }

  static func * (a: Powers, b: Powers) throws(ExponentOverflow) -> Powers {
    var result = Powers()
    result.factors.reserveCapacity(a.factors.count + b.factors.count)
    var (i, j) = (0, 0)
    while i < a.factors.count, j < b.factors.count {
      let (left, right) = (a.factors[i], b.factors[j])
      if left.base == right.base {
        let sum = try left.exponent + right.exponent
        if sum != .zero { result.factors.append(Power(base: left.base, exponent: sum)) }
        i += 1
        j += 1
      } else if left.base < right.base {
        result.factors.append(left)
        i += 1
      } else {
        result.factors.append(right)
        j += 1
      }
    }
    result.factors += a.factors[i...]
    result.factors += b.factors[j...]
    return result
  }

  /// The reciprocal; it always exists, because the range of exponents is symmetric about 0.
  var reciprocal: Powers {
    var result = self
    for index in factors.indices { result.factors[index].exponent = -factors[index].exponent }
    return result
  }
}
