import Distributions

/// A distribution in a scenario, whose arguments may be formulas of other quantities (a hierarchy).
///
/// Arguments are in coherent base units. A distribution whose arguments are all constants is `.fixed`; the others are
/// made draw by draw, or computed by the family's `form(of:)`.
public indirect enum DistributionExpression: Sendable {
  /// A distribution of constants.
  case fixed(any Distribution)
  /// A family's distribution in one of its parameterisations, at least one argument of which is not constant.
  case family(any DistributionFamily.Type, parameterisation: Int, arguments: [Expression])
  /// A distribution cut to an interval and renormalised; nil leaves a side open.
  case truncated(DistributionExpression, low: Expression?, high: Expression?)
  /// Distributions with weights; weights are constants.
  case mixture([DistributionExpression], weights: [Double])
  /// A distribution times a number plus a number.
  case affine(DistributionExpression, scale: Double, shift: Double)
}
