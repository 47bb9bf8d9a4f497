import Simulation

/// What drives a target, for a short table: the first-order share of each input, with all its cells, and the rank
/// correlations of the cells.
///
/// The figures are those of `InputShares` for inputs with several coordinates, and of `GivenData` for the others, from the
/// same draws; what those methods estimate besides is not.
package struct InputDrivers: Sendable {
  /// The position of the input among the problem's factors.
  package var factor: Int
  /// The first-order share; nil for an input that has several cells and whose share is not estimated.
  package var share: IndexEstimate?
  /// The rank correlation with the largest magnitude among the cells; nil if none is finite.
  package var rank: IndexEstimate?
  /// Whether the input is observed as several cells.
  package var hasCells: Bool

  /// For each target of a problem, those of its inputs that it depends on; none if nothing can be estimated.
  ///
  /// - Throws: `Diagnostics` if the draws do not fit into memory; `CancellationError`.
  package static func all(of problem: SensitivityProblem) throws -> [[InputDrivers]] {
    let sample = try GivenSample.draw(problem)
    let shares = InputShares.estimates(for: problem, sample)
    let resampling = Resampling.fewer(for: problem)
    return problem.targets.indices.map { target in
      guard sample.refusal(of: target) == nil else { return [] }
      return all(of: target, problem, sample, shares[target], resampling)
    }
  }

  private static func all(
    of target: Int, _ problem: SensitivityProblem, _ sample: GivenSample, _ shares: [IndexEstimate],
    _ resampling: Resampling
  ) -> [InputDrivers] {
    let (y, inputs) = (sample.targets[target], sample.inputs(for: target))
    let columns = Dictionary(grouping: sample.columns.indices) { sample.columns[$0].factor }
    // Inputs with one coordinate, and the inert ones.
    let single = columns.values.filter { $0.count == 1 }.joined().sorted()
    let used = single + (sample.columns.count..<inputs.count)
    let standardised = StandardisedTarget(y)
    let figures = concurrentMap(used.count, workers: sample.workers) {
      FirstOrderShares.byNeighbours(standardised, given: inputs[used[$0]])
    }
    let own = GivenData.estimates(figures, "S1", of: single.map { sample.columns[$0] }, resampling).estimates
    let ranks = GivenData.rankCorrelations(of: y, with: inputs, sample, resampling).estimates
    return problem.factors.indices.compactMap { factor in
      guard problem.needs(target, factor), let columns = columns[factor] else { return nil }
      return InputDrivers(
        factor: factor, share: (shares + own).first { $0.factors == [factor] },
        rank: columns.map { ranks[$0] }.filter { $0.value.isFinite }.max { $0.value.magnitude < $1.value.magnitude },
        hasCells: columns.count > 1)
    }
  }
}
