/// Borgonovo's delta, delta = E ½ ∫ |f(y) - f(y | x)| dy: half the mean distance between the target's density and its
/// density given the input (Borgonovo 2007, doi:10.1016/j.ress.2006.04.015).
///
/// It is 0 for an input that the target does not depend on, and 1 for one that determines the target. Example:
/// `loadcast sensitivity scenario.yaml --method delta`.
///
/// It is estimated from given data (Plischke, Borgonovo & Smith 2013, doi:10.1016/j.ejor.2012.11.047): with bins of
/// equal probability of the input, or its values if they are few, and with densities as fractions of draws in bins of
/// equal probability of the target, so that only ranks matter. Noise biases the estimate upwards, and bins bias it
/// downwards; both biases are extrapolated, and the interval is widened by the remaining uncertainty
/// (`ReplicateExtrapolation`, `ConditioningScan`), so that it covers the truth in 95 % of runs or more. If the target
/// given the input has a distribution without a density (a sum of that input and a count), the true value is 1, which
/// bins never show: the estimate is then a lower bound.
///
/// A bin in which the distribution jumps mixes two distributions, which are closer to that of all draws than their mean
/// distance. Such bins of the input, and of the target, in which delta is symmetric, are found by their neighbours and
/// corrected (`HiddenJumps`).
package enum Delta: SensitivityMethod {
  /// The name as written after `--method`.
  package static let name = "delta"
  /// A one-line summary.
  package static let summary = "how far the whole distribution moves once an input is known; any dependence, any tail"
  /// Whether factors must be independent.
  package static let needsIndependence = false
  /// It uses draws of a posterior as they are.
  package static let takesGivenDraws = true
  /// Whether estimates are shares of a variance.
  package static let needsVariance = false
  /// The indices; the first one ranks factors.
  package static let indices = [
    SensitivityIndex(
      "delta", "delta", "half the mean distance between the target's densities before and after the input is known")
  ]

  /// Number of bins of the input and of the target: 28 draws per cell at the 16,384 draws of the coverage tests.
  static let bins = 24

  /// The estimates for each target.
  package static func results(for problem: SensitivityProblem) throws -> [MethodResult] {
    try ConditioningScan(
      inputBins: bins, targetBins: bins,
      // For smooth densities the error is proportional to the square of the bins' width, which is a third of fine less
      // coarse; at kinks and edges to the width, which is all of it. Where a kink is at an edge of the fine bins alone,
      // they have no error at all: the range is extended to 0, and to the other side by as much.
      indices: [ConditioningScan.ScannedIndex(name: indices[0].name, beyond: 0...4.0 / 3)], mergesTarget: true,
      figures: { [delta($0)] }
    ).results(of: self, problem)
  }

  /// The delta of a table of counts.
  static func delta(_ table: ContingencyTable) -> Double {
    var sum = 0.0
    table.forEachClass { share, own, all in
      var distance = 0.0
      for target in own.indices { distance += abs(own[target] - all[target]) }
      sum += share * distance / 2
    }
    return sum + table.hidden.deltaCorrection(of: table)
  }
}
