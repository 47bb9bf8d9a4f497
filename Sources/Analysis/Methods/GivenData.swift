import Simulation

/// First-order indices, S1 = Var(E[Y | X]) / Var(Y), and correlations from the draws of the run, without further
/// evaluations.
///
/// Example: `loadcast sensitivity scenario.yaml --method given-data`.
///
/// - `S1`: first-order index from draws that are neighbours in the input (`NeighbourVariance`). It uses no bins, so it
///   has no bias from bins, whatever the shape; for an inert input its standard error is about 30 / draws.
/// - `S1_harmonic`: first-order index from cosines of the input's ranks (EASI, Plischke 2010,
///   doi:10.1016/j.ress.2009.11.005; `CosineSpectrum`), which has less noise if the conditional mean is smooth.
/// - `rank_correlation`: Spearman's rank correlation.
/// - `SRC`, `PCC`, `PRCC`: standardised regression, partial and partial rank correlation coefficients on all inputs
///   together (Saltelli & Marivoet 1990, doi:10.1016/0951-8320(90)90061-G; Iman & Conover 1979).
///
/// Dependent inputs are allowed: S1 then includes the information that an input has about correlated inputs.
package enum GivenData: SensitivityMethod {
  /// The name as written after `--method`.
  package static let name = "given-data"
  /// A one-line summary.
  package static let summary = "first-order shares and (partial, rank) correlations from the run's own draws"
  /// Whether factors must be independent.
  package static let needsIndependence = false
  /// It uses draws of a posterior as they are.
  package static let takesGivenDraws = true
  /// Whether estimates are shares of a variance.
  package static let needsVariance = false
  /// The indices; the first one ranks factors.
  package static let indices = [
    SensitivityIndex("S1", "first-order", "the share of the variance that vanishes once this input is known"),
    SensitivityIndex("S1_harmonic", "by harmonics", "the same from cosine terms: less noise, misses irregular shapes"),
    SensitivityIndex("rank_correlation", "rank corr.", "Spearman's rank correlation"),
    SensitivityIndex("SRC", "SRC", "standardised regression coefficient"),
    SensitivityIndex("PCC", "PCC", "partial correlation, the other inputs held constant"),
    SensitivityIndex("PRCC", "PRCC", "partial rank correlation"),
  ]

  /// Number of inputs above which regressions are omitted: their matrices are inverted for every bootstrap sample.
  static let mostRegressors = 100

  /// The estimates for each target.
  package static func results(for problem: SensitivityProblem) throws -> [MethodResult] {
    let sample = try GivenSample.draw(problem)
    let resampling = Resampling.fewer(for: problem)
    return problem.targets.indices.map { target in
      if let reason = sample.refusal(of: target) {
        return MethodResult(nothing: reason, self, target: target, problem, sample)
      }
      return result(of: target, problem, sample, resampling)
    }
  }

  /// The estimates of some columns, and the upper bound of an inert input's.
  ///
  /// - Parameter figures: those of the columns, then those of inert inputs.
  static func estimates(
    _ figures: [UncertainEstimate], _ index: String, of columns: [ScalarColumn], _ resampling: Resampling
  ) -> (estimates: [IndexEstimate], floor: Double) {
    let floor = NoiseFloor.upper(figures[columns.count...].map(\.value.magnitude))
    let estimates = zip(figures, columns).map { figure, column in
      resampling.estimate(figure, floor: floor, index, of: [column.factor], named: column.name, range: 0...1)
    }
    return (estimates, floor)
  }

  /// Spearman's rank correlation of a target with each of a sample's columns, and the upper bound of an inert input's.
  ///
  /// - Parameter inputs: the columns with their ranks for the target, then inert ones.
  static func rankCorrelations(
    of y: RankedColumn, with inputs: [RankedColumn], _ sample: GivenSample, _ resampling: Resampling
  ) -> (estimates: [IndexEstimate], floor: Double) {
    typealias Single = (value: Double, samples: [Double])
    let correlations = concurrentMap(inputs.count, workers: sample.workers) { number -> Single in
      let ranks = CrossMoments([inputs[number].ranks, y.ranks], workers: 1)
      return (ranks.correlations(nil)[1], resampling.samples { ranks.correlations($0)[1] })
    }
    let floor = NoiseFloor.upper(correlations[sample.columns.count...].map(\.value.magnitude))
    let estimates = zip(correlations, sample.columns).map { correlation, column in
      resampling.estimate(
        correlation.value, samples: correlation.samples, floor: floor, "rank_correlation", of: [column.factor],
        named: column.name, isSigned: true, range: -1...1)
    }
    return (estimates, floor)
  }

  private static func result(
    of target: Int, _ problem: SensitivityProblem, _ sample: GivenSample, _ resampling: Resampling
  ) -> MethodResult {
    let y = sample.targets[target]
    let standardised = StandardisedTarget(y)
    let all = sample.inputs(for: target)
    let columns = sample.columns.count
    let shares = concurrentMap(all.count, workers: sample.workers) { FirstOrderShares(standardised, given: all[$0]) }
    var estimates: [IndexEstimate] = []
    var floors: [String: Double] = [:]
    for (index, figure) in [("S1", \FirstOrderShares.neighbours), ("S1_harmonic", \.cosines)] {
      let (own, floor) = Self.estimates(shares.map { $0[keyPath: figure] }, index, of: sample.columns, resampling)
      estimates += own
      floors[index] = floor
    }
    let (correlations, floor) = rankCorrelations(of: y, with: all, sample, resampling)
    estimates += correlations
    floors["rank_correlation"] = floor
    var notes = [sample.lossNote(of: target)].compactMap(\.self)
    if columns > mostRegressors {
      notes.append("SRC, PCC and PRCC are not computed: \(columns) inputs are more than \(mostRegressors)")
    } else {
      let inputs = all.prefix(columns + 1)
      let values = CrossMoments(inputs.map(\.values) + [standardised.values], workers: sample.workers)
      let ranks = CrossMoments(inputs.map(\.ranks) + [y.ranks], workers: sample.workers)
      // The first inert input is included to estimate the noise.
      func figures(_ weights: UnsafeBufferPointer<Double>?) -> [[Double]]? {
        guard let linear = values.regression(weights), let ranked = ranks.regression(weights) else { return nil }
        return [linear.standardised, linear.partial, ranked.partial]
      }
      let samples = resampling.samples { figures($0) }.compactMap(\.self)
      if let found = figures(nil), samples.count == resampling.count {
        for (position, index) in ["SRC", "PCC", "PRCC"].enumerated() {
          let inert = samples.map { $0[position][columns] }
          let floor = resampling.standardError(inert) * resampling.quantile
          floors[index] = floor
          for (number, column) in sample.columns.enumerated() {
            estimates.append(
              resampling.estimate(
                found[position][number], samples: samples.map { $0[position][number] }, floor: floor, index,
                of: [column.factor], named: column.name, isSigned: true,
                // A regression coefficient may exceed 1 if inputs are correlated; a correlation may not.
                range: index == "SRC" ? -.infinity ... .infinity : -1...1))
          }
        }
      } else {
        notes.append("SRC, PCC and PRCC are not computed: some inputs are linear combinations of others, as shares are")
      }
    }
    return MethodResult(
      method: name, target: target, estimates: estimates, noiseFloors: floors, main: "S1",
      effort: sample.effort(problem), notes: notes, nonFinite: sample.lost[target])
  }
}
