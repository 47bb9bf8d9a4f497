/// A family whose quantile function is written once, as a `QuantileExpression`: scalar quantiles interpret the
/// expression from which blocks of draws are computed.
///
/// The expression may contain a tabulated standard distribution, provided that this distribution implements its own
/// quantile function.
package protocol ContinuousDistribution: DistributionFamily {
  /// The quantile function for canonical arguments that are constant.
  ///
  /// Defaults to `quantileExpression(of:)`, which must then be non-nil for constants.
  var constantQuantileExpression: QuantileExpression { get }
}

extension ContinuousDistribution {
  /// `quantileExpression(of:)` applied to the arguments as constants.
  package var constantQuantileExpression: QuantileExpression {
    Self.quantileExpression(of: arguments.map(QuantileExpression.constant)) ?? .constant(.nan)
  }

  /// The quantile function as the block engine computes it.
  package var quantileExpression: QuantileExpression { constantQuantileExpression }

  /// The quantile function: the value x with P(X <= x) = p.
  package func quantile(_ p: Double) -> Double { interpreted(p, 1 - p) }

  /// The quantile function by upper tail: the value x with P(X > x) = q.
  package func quantile(survival q: Double) -> Double { interpreted(1 - q, q) }

  /// Interprets the expression inside the open interval and takes the end points from the support, so that rounding
  /// never leaves the support.
  private func interpreted(_ p: Double, _ q: Double) -> Double {
    guard p >= 0, q >= 0 else { return .nan }
    let support = support
    if p == 0 { return support.lowerBound }
    if q == 0 { return support.upperBound }
    let x = constantQuantileExpression.evaluate(probability: p, complement: q)
    return min(max(x, support.lowerBound), support.upperBound)
  }
}
