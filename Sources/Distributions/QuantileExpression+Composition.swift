extension QuantileExpression {
  /// log(1 - u), with relative accuracy also where `1 - u` rounds to 1.
  ///
  /// Computed as log(w) u / (1 - w) with w the rounded 1 - u, in which the rounding error of w cancels (Kahan's method
  /// for log1p; Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 2002, section 1.14.1). Where w is 1,
  /// it is -u.
  package static let logComplement: QuantileExpression = {
    // 1 - w is 0 or at least 2^-53 in magnitude, and the square of 2^-53 is 1.2e-32.
    let d = 1 - QuantileExpression.complement
    return .choose(d * d, lessThan: 1e-33, then: -1 * .probability, otherwise: .log(.complement) * (.probability / d))
  }()

  /// log(u), with relative accuracy also where u is near 1; the reflection of `logComplement`.
  package static let logProbability: QuantileExpression = logComplement.reflected

  /// log(1 + x) for x > -1, with relative accuracy also for small x, by the same method.
  package static func log1p(_ x: QuantileExpression) -> QuantileExpression {
    let w = 1 + x
    let d = w - 1
    // d is 0 or at least 2^-53 in magnitude, and the square of 2^-53 is 1.2e-32.
    return .choose(d * d, lessThan: 1e-33, then: x, otherwise: .log(w) * (x / d))
  }

  /// exp(x) - 1 for x up to 700, with relative accuracy also for small x (Higham 2002, section 1.14.1).
  package static func expm1(_ x: QuantileExpression) -> QuantileExpression {
    let w = QuantileExpression.exp(x)
    let d = w - 1
    // Below 1/4 there is no cancellation, and log(w) might be infinite.
    return .choose(
      d * d, lessThan: 1e-33, then: x,
      otherwise: .choose(w, lessThan: 0.25, then: d, otherwise: d * (x / .log(w))))
  }

  /// The expression at 1 - u: u and 1 - u are exchanged, and the normal score changes its sign.
  package var reflected: QuantileExpression {
    switch self {
    case .probability: return .complement
    case .complement: return .probability
    case .score: return -1 * .score
    case .constant, .argument: return self
    case .unary(let function, let a): return .unary(function, a.reflected)
    case .binary(let operation, let a, let b): return .binary(operation, a.reflected, b.reflected)
    case .choose(let a, let b, let then, let otherwise):
      return .choose(
        a.reflected, lessThan: b.reflected, then: then.reflected, otherwise: otherwise.reflected)
    case .tabulated(let distribution): return -1 * .tabulated(Affine(distribution, scale: -1))
    case .scalar(let distribution): return -1 * .scalar(Affine(distribution, scale: -1))
    case .steps(let outcomes, let cumulative):
      // Outcome k covers u in (c[k-1], c[k]], so after reflection 1 - u in [1 - c[k], 1 - c[k-1]): the end point moves
      // to the neighbouring outcome, an event of probability zero.
      var mirrored = cumulative.dropLast().reversed().map { 1 - $0 }
      mirrored.append(1)
      let reversed = Array(outcomes.reversed())
      return .steps(outcomes: reversed, cumulative: mirrored)
    }
  }

  /// The expression for a draw restricted to the interval between two probabilities.
  ///
  /// u becomes (1 - u) lower.low + u lower.high, and 1 - u the same mean of `upper`; neither sum cancels. Scores and
  /// tables become tables of the distribution restricted in the same way. Nil if a leaf cannot be restricted.
  ///
  /// - Parameters:
  ///   - lower: the two probabilities as lower tails.
  ///   - upper: the same two as upper tails.
  func restricted(lower: (low: Double, high: Double), upper: (low: Double, high: Double)) -> QuantileExpression? {
    func mean(_ ends: (low: Double, high: Double)) -> QuantileExpression {
      .constant(ends.low) * .complement + .constant(ends.high) * .probability
    }
    func restricted(_ quantileExpression: QuantileExpression) -> QuantileExpression? {
      quantileExpression.restricted(lower: lower, upper: upper)
    }
    func table(_ distribution: any Distribution) -> QuantileExpression {
      .tabulated(Truncated(restricting: distribution, lower: lower, upper: upper))
    }
    switch self {
    case .probability: return mean(lower)
    case .complement: return mean(upper)
    case .constant, .argument: return self
    case .unary(let function, let a): return restricted(a).map { .unary(function, $0) }
    case .binary(let operation, let a, let b):
      guard let a = restricted(a), let b = restricted(b) else { return nil }
      return .binary(operation, a, b)
    case .choose(let a, let b, let then, let otherwise):
      guard let a = restricted(a), let b = restricted(b), let then = restricted(then),
        let otherwise = restricted(otherwise)
      else { return nil }
      return .choose(a, lessThan: b, then: then, otherwise: otherwise)
    case .score: return table(Normal(checked: [0, 1]))
    case .tabulated(let distribution): return table(distribution)
    case .steps, .scalar: return nil
    }
  }
}
