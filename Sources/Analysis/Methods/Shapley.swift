import Simulation

/// Shapley effects: an attribution of the variance to inputs that also holds for dependent inputs, Sh(i) = Σ over J
/// without i of |J|! (n - |J| - 1)! / n! · (v(J with i) - v(J)), v(J) = Var(E[Y | X_J]) / Var(Y).
///
/// v(J) is the share of the variance that vanishes when J becomes known; an effect is the mean increase by an input
/// over all orders in which inputs can become known (Owen 2014, doi:10.1137/130936233; Song, Nelson & Staum 2016,
/// doi:10.1137/15M1048070; Iooss & Prieur 2019, doi:10.1615/Int.J.UncertaintyQuantification.2019028372). Effects are
/// not negative and sum to 1. Example: `loadcast sensitivity scenario.yaml --method shapley`.
///
/// v(J) is estimated by the correlation of the target at two points that share X_J and are otherwise conditionally
/// independent given X_J. Under the normal copula this is exact: with the scores of J first in the Cholesky factor,
/// they are kept and all others are redrawn.
package enum Shapley: DividedMethod {
  /// The name as written after `--method`.
  package static let name = "shapley"
  /// A one-line summary.
  package static let summary = "fair shares of the variance that add up to 1; dependent inputs too"
  /// Whether factors must be independent.
  package static let needsIndependence = false
  /// Whether estimates are shares of a variance.
  package static let needsVariance = true
  /// The indices; the first one ranks factors.
  package static let indices = [
    SensitivityIndex("Sh", "Shapley effect", "the share of the variance that an input adds, averaged over all orders")
  ]

  /// Maximum number of subsets along random orders.
  static let mostSubsets = 2000
  /// Maximum number of correlated coordinates whose scores are drawn conditionally; the work grows with its square.
  static let largestComponent = 64

  /// The points of a problem.
  package static func design(of problem: SensitivityProblem) throws -> any DividedDesign {
    try subsetDesign(of: problem)
  }

  private static func subsetDesign(of problem: SensitivityProblem) throws -> SubsetDesign {
    if let large = problem.model.components.first(where: { $0.coordinates.count > largestComponent }) {
      throw SensitivityRefusal(
        method: name,
        reason: "\(large.coordinates.count) coordinates are correlated with each other, more than \(largestComponent); "
          + "use --method shapley-neighbours, which needs only draws")
    }
    guard problem.hasNormalCopula else {
      throw SensitivityRefusal(
        method: name,
        reason: "it draws from conditional distributions of the normal copula, and the scenario has another copula; "
          + "use --method shapley-neighbours, which needs only draws")
    }
    return try SubsetDesign(
      problem,
      ShapleySubsets(players: problem.factors.count, limit: mostSubsets, seed: problem.model.settings.seed))
  }

  /// The estimates for each target.
  package static func results(for problem: SensitivityProblem) throws -> [MethodResult] {
    let design = try subsetDesign(of: problem)
    let (subsets, sums) = (design.subsets, try SubsetAccumulator(design))
    let resampling = Resampling.fewer(for: problem)
    return problem.targets.indices.map { target in
      let own = sums.triples[target]
      func effects(_ weights: UnsafeBufferPointer<Double>?) -> [Double] {
        let values = own.map { replicates in
          let sums = weights.map(replicates.weighted) ?? replicates.total
          return SobolEstimator.martinez.indices(sums).first
        }
        return subsets.effects(values + [1])
      }
      let all = effects(nil)
      let samples = resampling.samples { effects($0) }
      let estimates = problem.factors.enumerated().map { position, factor in
        resampling.estimate(
          all[position], samples: samples.map { $0[position] }, floor: 0, "Sh", of: [position], named: factor.name,
          range: 0...1)
      }
      return MethodResult(
        method: name, target: target, estimates: estimates, noiseFloors: ["Sh": 0], main: "Sh",
        effort: "\(subsets.text), \(sums.base) points each, \(sums.base * (subsets.subsets.count + 1)) evaluations",
        notes: sums.lost[target] > 0
          ? ["\(sums.lost[target]) of \(sums.base) points are excluded from some subset because a value was not finite"]
          : [], nonFinite: sums.lost[target])
    }
  }
}
