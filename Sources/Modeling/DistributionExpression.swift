import Distributions

/// A distribution in a scenario, whose arguments may be formulas of other quantities (a hierarchical model).
///
/// Arguments are in coherent base units. A distribution with only constant arguments is `.fixed`; others are created
/// draw by draw, or computed by the family's `form(of:)`.
package indirect enum DistributionExpression: Sendable {
  /// A distribution of constants.
  case fixed(any Distribution)
  /// A family's distribution in one of its parameterisations, at least one argument of which is not constant.
  case family(any DistributionFamily.Type, parameterisation: Int, arguments: [Expression])
  /// A distribution truncated to an interval; nil leaves a side unbounded.
  case truncated(DistributionExpression, low: Expression?, high: Expression?)
  /// A mixture of distributions with constant weights.
  case mixture([DistributionExpression], weights: [Double])
  /// A distribution multiplied by a scale, plus a shift.
  case affine(DistributionExpression, scale: Double, shift: Double)
}
