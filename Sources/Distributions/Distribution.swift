import Foundation

/// A probability distribution as a value type: it maps probabilities to values and holds no random state.
///
/// Each distribution implements sampling once, as its quantile function. Scalar calls (`quantile`) serve fits, tables,
/// reports and checks; blocks of draws are computed from `quantileExpression`, which either writes the quantile
/// function as arithmetic or requests a table of it.
///
/// Values are in the unit of the arguments; distributions themselves are unit-free.
package protocol Distribution: Sendable, CustomStringConvertible {
  /// The quantile function: the value x with P(X <= x) = p.
  ///
  /// - Parameter p: a probability in 0 ... 1. At 0 and 1 the result is an end of the support, possibly infinite;
  ///   outside 0 ... 1 it is NaN. Near 1 the upper tail is as accurate as the complement `1 - p`, which is exact in
  ///   floating point for p >= 0.5.
  func quantile(_ p: Double) -> Double

  /// The quantile function by upper tail: `quantile(1 - q)`, without the rounding of `1 - q`.
  ///
  /// Far upper tails (a truncation at 30 standard deviations, a reflected distribution) can only be reached this way.
  func quantile(survival q: Double) -> Double

  /// P(X <= x).
  func cdf(_ x: Double) -> Double

  /// P(X > x), accurate where `cdf` rounds to 1.
  func survival(_ x: Double) -> Double

  /// log P(X <= x), also where the probability underflows: truncation far out in a tail needs it.
  ///
  /// The logarithm is accurate to a few ulp, so that the relative error of the probability is about 1e-16 times the
  /// magnitude of the logarithm.
  func logCdf(_ x: Double) -> Double

  /// log P(X > x), also where the probability underflows.
  func logSurvival(_ x: Double) -> Double

  /// The probability density at `x`; at an atom, P(X = x).
  func density(_ x: Double) -> Double

  /// The natural logarithm of the density at `x`; minus infinity where the density is 0.
  ///
  /// It stays finite where the density underflows, for families with exponentially falling densities and distributions
  /// derived from them.
  func logDensity(_ x: Double) -> Double

  /// The supremum of the density (of the probabilities, where there are atoms); infinite where the density is
  /// unbounded, as for a beta distribution with a shape below 1.
  ///
  /// For continuous distributions the relative error is at most 1e-9, unless a peak contains less than a thousandth of
  /// the probability.
  var greatestDensity: Double { get }

  /// The expected value; infinite or NaN where it does not exist.
  var mean: Double { get }

  /// The standard deviation; infinite or NaN where it does not exist.
  var sd: Double { get }

  /// The smallest closed interval with probability one; ends may be infinite.
  var support: ClosedRange<Double> { get }

  /// The values with positive probability, in ascending order; empty for a continuous distribution.
  ///
  /// A discrete distribution lists the outcomes that sampling can reach, a mixture the atoms of its components.
  var atoms: [Double] { get }

  /// P(X = x), which is zero except at atoms.
  func probability(of x: Double) -> Double

  /// The tail index: E|X|^k is finite only for k < tailIndex. Nil if all moments are finite.
  ///
  /// A tail that falls like x^-alpha has the index alpha. For alpha <= 1 the mean does not exist, for alpha <= 2 the
  /// variance; sample means then do not converge at the usual rate or at all.
  var tailIndex: Double? { get }

  /// The quantile function as the block engine computes it.
  var quantileExpression: QuantileExpression { get }
}

extension Distribution {
  /// By default the quantile function is tabulated.
  package var quantileExpression: QuantileExpression { .tabulated(self) }

  /// By default the logarithm of `density`; distributions whose density underflows override it.
  package func logDensity(_ x: Double) -> Double { log(density(x)) }

  /// By default the logarithm of `cdf`; distributions whose lower tail underflows override it.
  package func logCdf(_ x: Double) -> Double { LogProbability.of(cdf(x), complement: survival(x)) }

  /// By default the logarithm of `survival`; distributions whose upper tail underflows override it.
  package func logSurvival(_ x: Double) -> Double { LogProbability.of(survival(x), complement: cdf(x)) }

  /// By default found by search.
  package var greatestDensity: Double { DensityPeak.height(of: self, near: DensityPeak.places(in: self)) }

  /// By default a distribution is continuous.
  package var atoms: [Double] { [] }

  /// By default all moments exist.
  package var tailIndex: Double? { nil }

  /// By default the density at a listed atom, else zero.
  package func probability(of x: Double) -> Double { atoms.contains(x) ? density(x) : 0 }

  /// By default the quantile of the rounded complement; distributions with an accurate upper tail override it.
  package func quantile(survival q: Double) -> Double { quantile(1 - q) }

  /// By default the complement of `cdf`; distributions with an accurate upper tail override it.
  package func survival(_ x: Double) -> Double { 1 - cdf(x) }
}
