/// Borgonovo's delta: half the mean distance between the target's density and that when the input is known.
///
/// delta = E ½ ∫ |f(y) - f(y | x)| dy, 0 for an input that the target does not depend on, 1 for one that decides it
/// (Borgonovo 2007, doi:10.1016/j.ress.2006.04.015). From given draws (Plischke, Borgonovo & Smith 2013,
/// doi:10.1016/j.ejor.2012.11.047): classes of equal probability of the input, or its values if they are few; densities
/// as shares of draws in classes of equal probability of the target, so that only ranks matter.
///
/// Noise makes this too large and classes too small: both are extrapolated, and the interval is wider by what that leaves
/// open (`ReplicateExtrapolation`, `ConditioningScan`), so that it covers the truth in 95 % of runs or more. Where a
/// target has a distribution without density once the input is known (a sum of that input and a count), the truth is 1
/// and classes never show it: delta is then a lower bound.
public enum Delta: SensitivityMethod {
  /// The name as written after `--method`.
  public static let name = "delta"
  /// One line for a reader.
  public static let summary = "how far the whole distribution moves once an input is known; any dependence, any tail"
  /// Whether factors must be independent.
  public static let needsIndependence = false
  /// Whether figures are shares of a variance.
  public static let needsVariance = false
  /// The indices, the one that factors are ranked by first.
  public static let indices = [
    SensitivityIndex(
      "delta", "delta", "half the mean distance between the target's densities before and after the input is known")
  ]

  /// Classes of the input and of the target: 28 draws a cell at the 16,384 draws of the coverage tests.
  static let bins = 24

  /// Each target's figures.
  public static func results(for problem: SensitivityProblem) throws -> [MethodResult] {
    try ConditioningScan(
      inputBins: bins, targetBins: bins,
      // Smooth densities lose as the square of the classes' width, a jump's class or a density's edge as the width.
      indices: [ConditioningScan.Index(name: indices[0].name, beyond: 1.0 / 3...1)], mergesTarget: true,
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
    return sum
  }
}
