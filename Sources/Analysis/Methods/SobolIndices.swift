import Modeling
import Sampling
import Simulation

/// Sobol' indices, shares of the target's variance, by pick-freeze on a scrambled Sobol' design:
/// S1 = Var(E[Y | X_i]) / Var(Y), ST = E[Var(Y | all X but X_i)] / Var(Y), S2 the share of a pair beyond its two S1.
///
/// S1 is the mean share that vanishes when the factor becomes known, ST the mean share that remains when all others are
/// known (Sobol' 1993; Homma & Saltelli 1996, doi:10.1016/0951-8320(96)00002-6). Example:
/// `loadcast sensitivity scenario.yaml --method sobol --base-samples 16384 --second-order`.
///
/// A factor may have many coordinates, which move together; its indices are then group indices. The number of
/// evaluations is base × (factors + 2), or base × (2 factors + 2) with second-order indices.
package enum SobolIndices: DividedMethod {
  /// The name as written after `--method`.
  package static let name = "sobol"
  /// A one-line summary.
  package static let summary = "first- and total-order shares of the variance; independent inputs"
  /// Whether factors must be independent.
  package static let needsIndependence = true
  /// Whether estimates are shares of a variance.
  package static let needsVariance = true
  /// The indices; the first one ranks factors.
  package static let indices = [
    SensitivityIndex(
      "ST", "total-order", "the share of the variance left on average once all other inputs are known"),
    SensitivityIndex(
      "S1", "first-order", "the share of the variance that vanishes on average once this input is known"),
    SensitivityIndex(
      "S2", "second-order", "the share of the variance due to two inputs together, beyond their first-order shares"),
  ]
  /// The default estimator. Its mean error on four functions with known indices is the smallest of the three, and its
  /// estimate for an inert input is exactly 0 (`SobolEstimatorTests`).
  package static let defaultEstimator = SobolEstimator.saltelli

  /// The points of a problem.
  package static func design(of problem: SensitivityProblem) throws -> any DividedDesign {
    try requireIndependence(problem)
    return try PickFreezeDesign(problem)
  }

  /// The estimates for each target.
  package static func results(for problem: SensitivityProblem) throws -> [MethodResult] {
    try requireIndependence(problem)
    let sums = try PickFreezeAccumulator(PickFreezeDesign(problem))
    return problem.targets.indices.map { result(of: $0, problem, sums) }
  }

  private static func result(of target: Int, _ problem: SensitivityProblem, _ sums: PickFreezeAccumulator)
    -> MethodResult
  {
    let estimator = problem.options.estimator ?? defaultEstimator
    let resampling = Resampling(
      seed: problem.model.settings.seed, groups: Replicates.count, count: problem.options.bootstraps)
    let inert = resampling.samples(of: sums.triples[target].last ?? []) { estimator.inert($0) }
    // For an inert input the estimate is centred at zero; this is its prediction bound.
    let floor = resampling.standardError(inert) * resampling.quantile
    var first: [IndexEstimate] = []
    var total: [IndexEstimate] = []
    for (position, factor) in problem.factors.enumerated() {
      guard problem.needs(target, position) else {
        first.append(IndexEstimate(exactly: 0, "S1", of: [position], named: factor.name))
        total.append(IndexEstimate(exactly: 0, "ST", of: [position], named: factor.name))
        continue
      }
      let own = sums.triples[target][position]
      let all = estimator.indices(own.total)
      let samples = resampling.samples(of: own) { estimator.indices($0) }
      first.append(
        resampling.estimate(
          all.first, samples: samples.map(\.first), floor: floor, "S1", of: [position], named: factor.name,
          range: 0...1))
      total.append(
        resampling.estimate(
          all.total, samples: samples.map(\.total), floor: 0, "ST", of: [position], named: factor.name,
          range: 0...1))
    }
    let pairs = pairs(of: target, problem, sums, resampling)
    let lost = sums.lost[target]
    var notes: [String] = []
    if sums.triples[target].first?.total.variance == 0 {
      notes.append(MethodResult.constantNote)
    } else if lost > 0 {
      notes.append(sums.lossNote(of: target))
    }
    return MethodResult(
      method: name, target: target, estimates: total + first + pairs, noiseFloors: ["S1": floor, "ST": 0],
      main: "ST",
      effort: "\(sums.base) base points, \(sums.base * sums.matrices) evaluations, "
        + "estimator \(estimator.rawValue)", notes: notes, nonFinite: lost)
  }

  /// The indices of pairs: the closed index by Saltelli (2002), less the two first-order indices.
  private static func pairs(
    of target: Int, _ problem: SensitivityProblem, _ sums: PickFreezeAccumulator, _ resampling: Resampling
  ) -> [IndexEstimate] {
    guard problem.options.pairs else { return [] }
    func share(_ pair: SobolPairAccumulator, _ i: SobolAccumulator, _ j: SobolAccumulator) -> Double {
      let n = i.count
      let closed = (pair.dc - pair.d * j.c / n) / n - (i.ab - i.a * i.b / n) / n
      let variance = i.variance
      return closed / variance - SobolEstimator.saltelli.indices(i).first - SobolEstimator.saltelli.indices(j).first
    }
    var found: [IndexEstimate] = []
    var number = 0
    for i in problem.factors.indices {
      for j in problem.factors.indices where j > i {
        defer { number += 1 }
        let name = "\(problem.factors[i].name) × \(problem.factors[j].name)"
        guard problem.needs(target, i), problem.needs(target, j) else {
          found.append(IndexEstimate(exactly: 0, "S2", of: [i, j], named: name))
          continue
        }
        let pair = sums.pairs[target][number]
        let (left, right) = (sums.triples[target][i], sums.triples[target][j])
        let value = share(pair.total, left.total, right.total)
        let samples = resampling.samples { weights in
          share(pair.weighted(weights), left.weighted(weights), right.weighted(weights))
        }
        found.append(
          resampling.estimate(value, samples: samples, floor: 0, "S2", of: [i, j], named: name, range: 0...1))
      }
    }
    return found
  }
}
