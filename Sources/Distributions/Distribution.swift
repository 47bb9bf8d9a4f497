import Foundation

/// A probability distribution as a pure value: it maps probabilities to values and never sees a generator.
///
/// Sampling has one implementation a distribution: its quantile function. Scalar calls (`quantile`) serve fits, tables,
/// reports and checks; blocks of draws follow `form`, which either spells the quantile function out in arithmetic
/// or says that it is to be tabulated.
///
/// Every distribution measures its values in whatever unit its arguments were given in; distributions know no units.
public protocol Distribution: Sendable, CustomStringConvertible {
  /// The value below which a draw falls with probability `p`.
  ///
  /// - Parameter p: a probability in 0 ... 1. At 0 and 1 the ends of the support are returned, infinite ones too;
  ///   outside, not a number. Near 1 the complement `1 - p`, which is exact in floating point for p >= 0.5, carries
  ///   the relative accuracy of the upper tail.
  func quantile(_ p: Double) -> Double

  /// The value above which a draw falls with probability `q`: `quantile(1 - q)` for complements that `1 - q` rounds.
  ///
  /// Far upper tails (a truncation at 30 standard deviations, a reflected distribution) are reached only this way.
  func quantile(survival q: Double) -> Double

  /// The probability of a value at or below `x`.
  func cdf(_ x: Double) -> Double

  /// The probability of a value above `x`, accurate where `cdf` rounds to 1.
  func survival(_ x: Double) -> Double

  /// The natural logarithm of `cdf`, also where the probability is too small for a double: what is left of a
  /// distribution by a truncation there has quantiles all the same.
  ///
  /// Relative accuracy of the logarithm a few ulp: 1e-16 times its size is the relative error of the probability.
  func logCdf(_ x: Double) -> Double

  /// The natural logarithm of `survival`, also where the probability is too small for a double.
  func logSurvival(_ x: Double) -> Double

  /// The probability density at `x`; at an atom, the probability of `x` itself.
  func density(_ x: Double) -> Double

  /// The natural logarithm of the density at `x`; minus infinity where the density is 0.
  ///
  /// Finite also where the density itself is too small for a double, for the families whose density falls as an
  /// exponential and what is made of them.
  func logDensity(_ x: Double) -> Double

  /// The least upper bound of the density (of the probabilities, where there are atoms); infinite where the density
  /// grows without bound, as a beta distribution's with a shape below 1.
  ///
  /// For continuous distributions within 1e-9 of itself, unless a peak is narrower than a thousandth of the
  /// probability.
  var greatestDensity: Double { get }

  /// The expected value; infinite or not a number where it does not exist.
  var mean: Double { get }

  /// The standard deviation; infinite or not a number where it does not exist.
  var sd: Double { get }

  /// The smallest closed interval with probability one; ends may be infinite.
  var support: ClosedRange<Double> { get }

  /// The values that have a probability of their own, in ascending order; empty for a continuous distribution.
  ///
  /// A discrete distribution lists its outcomes up to those that sampling can reach; a mixture the atoms of its
  /// components.
  var atoms: [Double] { get }

  /// The probability of `x` itself: zero but for atoms.
  func probability(of x: Double) -> Double

  /// The exponent at which moments end: E|x|^k is finite for k < tailIndex only. Nil where all moments are.
  ///
  /// A distribution whose tail falls like x^-alpha has alpha. At most 1, there is no mean, at most 2, no variance: sums
  /// and averages of draws then do not settle, however many there are.
  var tailIndex: Double? { get }

  /// The quantile function as the block engine computes it.
  var quantileExpression: QuantileExpression { get }
}

extension Distribution {
  /// By default the quantile function is tabulated.
  public var quantileExpression: QuantileExpression { .tabulated(self) }

  /// By default the logarithm of `density`; distributions whose density underflows override it.
  public func logDensity(_ x: Double) -> Double { log(density(x)) }

  /// By default the logarithm of `cdf`; distributions whose lower tail underflows override it.
  public func logCdf(_ x: Double) -> Double { LogProbability.of(cdf(x), complement: survival(x)) }

  /// By default the logarithm of `survival`; distributions whose upper tail underflows override it.
  public func logSurvival(_ x: Double) -> Double { LogProbability.of(survival(x), complement: cdf(x)) }

  /// By default found by search.
  public var greatestDensity: Double { DensityPeak.height(of: self, near: DensityPeak.places(in: self)) }

  /// By default a distribution is continuous.
  public var atoms: [Double] { [] }

  /// By default all moments exist.
  public var tailIndex: Double? { nil }

  /// By default the density at a listed atom, else zero.
  public func probability(of x: Double) -> Double { atoms.contains(x) ? density(x) : 0 }

  /// By default the quantile of the rounded complement; distributions with an upper tail override it.
  public func quantile(survival q: Double) -> Double { quantile(1 - q) }

  /// By default the complement of `cdf`; distributions with an upper tail override it.
  public func survival(_ x: Double) -> Double { 1 - cdf(x) }
}
