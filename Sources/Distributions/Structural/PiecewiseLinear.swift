import VectorMath

/// Sorted values with a quantile function that is linear between neighbours.
///
/// The k-th of n values is the quantile of (k - 1) / (n - 1) (Hyndman & Fan 1996, doi:10.2307/2684934, definition 7).
/// Repeated values are atoms.
struct PiecewiseLinear: Distribution {
  /// The values, ascending; at least two are different.
  let knots: [Double]
  let atoms: [Double]

  init(knots: [Double]) {
    self.knots = knots
    var atoms: [Double] = []
    for (a, b) in zip(knots, knots.dropFirst()) where a == b && atoms.last != a { atoms.append(a) }
    self.atoms = atoms
  }

  private var segments: Double { Double(knots.count - 1) }

  func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    let position = p * segments
    let index = min(Int(position), knots.count - 2)
    return knots[index] + (position - Double(index)) * (knots[index + 1] - knots[index])
  }

  func quantile(survival q: Double) -> Double {
    guard q >= 0, q <= 1 else { return .nan }
    let position = q * segments
    let index = min(Int(position), knots.count - 2)
    let last = knots.count - 1 - index
    return knots[last] - (position - Double(index)) * (knots[last] - knots[last - 1])
  }

  /// The number of values at or below `x`.
  private func rank(_ x: Double) -> Int { knots.partitioningIndex { $0 > x } }

  func cdf(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    let rank = rank(x)
    if rank == 0 { return 0 }
    if rank == knots.count { return 1 }
    let (a, b) = (knots[rank - 1], knots[rank])
    return (Double(rank - 1) + (x - a) / (b - a)) / segments
  }

  func survival(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    let rank = rank(x)
    if rank == 0 { return 1 }
    if rank == knots.count { return 0 }
    let (a, b) = (knots[rank - 1], knots[rank])
    return (Double(knots.count - 1 - rank) + (b - x) / (b - a)) / segments
  }

  func density(_ x: Double) -> Double {
    let after = rank(x)
    guard x >= knots[0], x <= knots[knots.count - 1] else { return 0 }
    let before = rank(x.nextDown)
    if after - before > 1 { return Double(after - before - 1) / segments }
    let index = min(after, knots.count - 1)
    return 1 / (segments * (knots[index] - knots[index - 1]))
  }

  /// The density in the shortest gap; with repeated values, the largest probability of an atom.
  var greatestDensity: Double {
    if !atoms.isEmpty { return atoms.reduce(0) { max($0, density($1)) } }
    return zip(knots, knots.dropFirst()).reduce(0) { max($0, 1 / (segments * ($1.1 - $1.0))) }
  }

  /// The integral of the quantile function, by trapezoids.
  var mean: Double {
    let middle = knots[knots.count / 2]
    let sum = zip(knots, knots.dropFirst()).reduce(0) { $0 + 0.5 * (($1.0 - middle) + ($1.1 - middle)) }
    return middle + sum / segments
  }

  var sd: Double {
    let mean = mean
    let unit = SquareUnit.of(knots[knots.count - 1] - knots[0])
    let sum = zip(knots, knots.dropFirst()).reduce(0) { sum, ends in
      let (a, b) = ((ends.0 - mean) / unit, (ends.1 - mean) / unit)
      return sum + (a * a + a * b + b * b) / 3
    }
    return (sum / segments).squareRoot() * unit
  }

  var support: ClosedRange<Double> { knots[0]...knots[knots.count - 1] }

  /// Kinks make most cells of a table unusable, so with more than a few values each draw bisects for its interval.
  var quantileExpression: QuantileExpression { atoms.isEmpty && knots.count <= 16 ? .tabulated(self) : .scalar(self) }

  var description: String { Empirical.description(of: knots, shape: .linear) }
}
