import Distributions

/// A law in a scenario, whose arguments may be formulas of other quantities (a hierarchy).
///
/// Arguments are in coherent base units. A law whose arguments are all constants is `.fixed`; the others are made
/// draw by draw, or computed by the family's `form(of:)`.
public indirect enum LawTerm: Sendable {
  /// A law of constants.
  case fixed(any Law)
  /// A family's law in one of its parameterisations, at least one argument of which is not constant.
  case family(any LawFamily.Type, parameterisation: Int, arguments: [Expression])
  /// A law cut to an interval and renormalised; nil leaves a side open.
  case truncated(LawTerm, low: Expression?, high: Expression?)
  /// Laws with weights; weights are constants.
  case mixture([LawTerm], weights: [Double])
  /// A law times a number plus a number.
  case affine(LawTerm, scale: Double, shift: Double)
}
