import VectorMath

/// P(X = outcome_k) = probability_k for a finite list of outcomes.
package struct Discrete: Distribution {
  /// The outcomes with positive probability, ascending and distinct.
  package let outcomes: [Double]
  /// Their probabilities, with sum 1.
  package let probabilities: [Double]
  /// P(X <= outcome) for each outcome; the last is 1.
  package let cumulative: [Double]
  /// P(X > outcome) for each outcome, summed from above; the last is 0.
  private let above: [Double]

  /// The distribution of outcomes in any order; equal outcomes are merged, those of probability 0 are dropped.
  ///
  /// - Throws: `.weights` unless the probabilities are in 0 ... 1, sum to 1 within 1e-9 and match the outcomes in
  ///   number; `.outOfDomain` for an outcome that is not finite.
  package init(outcomes: [Double], probabilities: [Double]) throws(DistributionError) {
    for outcome in outcomes where !outcome.isFinite {
      throw .outOfDomain(parameter: "outcome", value: outcome, domain: .finite)
    }
    let weights = try Weights.checked(probabilities, count: outcomes.count)
    var sorted: [(x: Double, p: Double)] = []
    for (x, p) in zip(outcomes, weights).sorted(by: { $0.0 < $1.0 }) where p > 0 {
      if let last = sorted.last, last.x == x { sorted[sorted.count - 1].p += p } else { sorted.append((x, p)) }
    }
    self.outcomes = sorted.map(\.x)
    self.probabilities = sorted.map(\.p)
    var sum = 0.0
    var cumulative = sorted.map { outcome in
      sum += outcome.p
      return min(sum, 1)
    }
    cumulative[cumulative.count - 1] = 1
    self.cumulative = cumulative
    sum = 0
    var above: [Double] = []
    for outcome in sorted.reversed() {
      above.append(min(sum, 1))
      sum += outcome.p
    }
    self.above = above.reversed()
  }

  package func quantile(_ p: Double) -> Double {
    p >= 0 && p <= 1 ? QuantileExpression.step(at: p, outcomes, cumulative) : .nan
  }

  /// The first outcome with P(X > outcome) <= q.
  package func quantile(survival q: Double) -> Double {
    guard q >= 0, q <= 1 else { return .nan }
    guard q < 0.5 else { return quantile(1 - q) }
    return outcomes[above.firstIndex { $0 <= q } ?? outcomes.count - 1]
  }

  package func cdf(_ x: Double) -> Double {
    let index = rank(x)
    return x.isNaN ? .nan : index == 0 ? 0 : cumulative[index - 1]
  }

  package func survival(_ x: Double) -> Double {
    let index = rank(x)
    return x.isNaN ? .nan : index == 0 ? 1 : above[index - 1]
  }

  package func density(_ x: Double) -> Double {
    let index = rank(x)
    return index > 0 && outcomes[index - 1] == x ? probabilities[index - 1] : 0
  }

  package var mean: Double { zip(outcomes, probabilities).reduce(0) { $0 + $1.0 * $1.1 } }

  package var sd: Double {
    let mean = mean
    let unit = SquareUnit.of(outcomes[outcomes.count - 1] - outcomes[0])
    let variance = zip(outcomes, probabilities).reduce(0) { sum, outcome in
      let distance = (outcome.0 - mean) / unit
      return sum + distance * distance * outcome.1
    }
    return variance.squareRoot() * unit
  }

  package var support: ClosedRange<Double> { outcomes[0]...outcomes[outcomes.count - 1] }
  package var atoms: [Double] { outcomes }
  package var quantileExpression: QuantileExpression { .steps(outcomes: outcomes, cumulative: cumulative) }

  package var description: String {
    let list = zip(outcomes, probabilities).map { "\(DistributionText.number($0))=\(DistributionText.number($1))" }
    return "discrete(\(list.joined(separator: ", ")))"
  }

  /// The number of outcomes at or below `x`.
  private func rank(_ x: Double) -> Int { outcomes.partitioningIndex { $0 > x } }
}

/// Weights with sum 1.
enum Weights {
  /// The weights divided by their sum, which must be 1 within 1e-9.
  static func checked(_ weights: [Double], count: Int) throws(DistributionError) -> [Double] {
    let sum = weights.reduce(0, +)
    guard weights.count == count, count > 0, weights.allSatisfy({ $0 >= 0 && $0 <= 1 + 1e-9 }),
      (sum - 1).magnitude <= 1e-9
    else { throw .weights(weights) }
    return weights.map { $0 / sum }
  }
}
