/// A family whose quantile function is spelled out once, as a `QuantileExpression`; scalar quantiles interpret the same
/// form that blocks of draws are computed from.
///
/// The form may hold a tabulated standard distribution, as long as that distribution has a quantile function of its
/// own.
public protocol ContinuousDistribution: DistributionFamily {
  /// The quantile function for canonical arguments that are constant.
  ///
  /// By default `form(of:)`, which must then not be nil for constants.
  var constantQuantileExpression: QuantileExpression { get }
}

extension ContinuousDistribution {
  /// `form(of:)` the arguments as constants.
  public var constantQuantileExpression: QuantileExpression {
    Self.quantileExpression(of: arguments.map(QuantileExpression.constant)) ?? .constant(.nan)
  }

  /// The quantile function as the block engine computes it.
  public var quantileExpression: QuantileExpression { constantQuantileExpression }

  /// The value below which a draw falls with probability `p`.
  public func quantile(_ p: Double) -> Double { interpreted(p, 1 - p) }

  /// The value above which a draw falls with probability `q`.
  public func quantile(survival q: Double) -> Double { interpreted(1 - q, q) }

  /// Interprets the form inside the open interval and takes the ends from the support, so that rounding never
  /// leaves it.
  private func interpreted(_ p: Double, _ q: Double) -> Double {
    guard p >= 0, q >= 0 else { return .nan }
    let support = support
    if p == 0 { return support.lowerBound }
    if q == 0 { return support.upperBound }
    let x = constantQuantileExpression.evaluate(probability: p, complement: q)
    return min(max(x, support.lowerBound), support.upperBound)
  }
}
