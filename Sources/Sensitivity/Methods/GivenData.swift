import Sampling
import Simulation

/// Indices from the draws of the run alone: nothing is evaluated at points of its own.
///
/// - `S1`: first-order by classes, the variance between means of classes of equal probability (Pearson's correlation
///   ratio; Plischke et al. 2013), with its bias taken off (epsilon squared, Kelley 1935).
/// - `S1_harmonic`: first-order from the six lowest cosine terms of the target over the input's ranks (EASI, Plischke
///   2010, doi:10.1016/j.ress.2009.11.005; in cosines: 2012, doi:10.1016/j.ress.2011.08.008).
/// - `rank_correlation`: Spearman's.
/// - `SRC`, `PCC`, `PRCC`: standardised regression, partial and partial rank correlation coefficients on all inputs
///   together (Saltelli & Marivoet 1990, doi:10.1016/0951-8320(90)90061-G; Iman & Conover 1979).
///
/// Dependent inputs are allowed: S1 then includes what an input tells through those that it is correlated with.
public enum GivenData: SensitivityMethod {
  /// The name as written after `--method`.
  public static let name = "given-data"
  /// One line for a reader.
  public static let summary = "first-order shares and (partial, rank) correlations from the run's own draws"
  /// Whether factors must be independent.
  public static let needsIndependence = false
  /// Whether figures are shares of a variance.
  public static let needsVariance = false
  /// The indices, the one that factors are ranked by first.
  public static let indices = [
    SensitivityIndex("S1", "first-order", "the share of the variance that vanishes once this input is known"),
    SensitivityIndex("S1_harmonic", "by harmonics", "the same from six cosine terms: smoother, blind to wild shapes"),
    SensitivityIndex("rank_correlation", "rank corr.", "Spearman's rank correlation"),
    SensitivityIndex("SRC", "SRC", "standardised regression coefficient"),
    SensitivityIndex("PCC", "PCC", "partial correlation, the other inputs held"),
    SensitivityIndex("PRCC", "PRCC", "partial rank correlation"),
  ]

  /// Inputs beyond which regressions are left out: their matrices are inverted for every bootstrap sample.
  static let mostRegressors = 100

  /// Each target's figures.
  public static func results(for problem: SensitivityProblem) throws -> [MethodResult] {
    let sample = try GivenSample(problem)
    let resampling = Resampling(
      seed: problem.model.settings.seed, groups: Replicates.count, count: min(200, problem.options.bootstraps))
    return problem.targets.indices.map { result(of: $0, problem, sample, resampling) }
  }

  private static func result(
    of target: Int, _ problem: SensitivityProblem, _ sample: GivenSample, _ resampling: Resampling
  ) -> MethodResult {
    let y = sample.targets[target]
    let columns = sample.columns.count
    typealias Single = (value: [Double], samples: [[Double]])
    let singles = concurrent(sample.inputs.count) { number -> Single in
      let classes = ClassMoments(sample.inputs[number], y)
      let harmonics = HarmonicSums(sample.inputs[number], y)
      let ranks = CrossMoments([sample.inputs[number].ranks, y.ranks])
      func figures(_ weights: UnsafeBufferPointer<Double>?) -> [Double] {
        [classes.share(weights), harmonics.share(weights), ranks.correlations(weights)[1]]
      }
      return (figures(nil), resampling.samples { figures($0) })
    }
    var estimates: [IndexEstimate] = []
    var floors: [String: Double] = [:]
    for (position, index) in ["S1", "S1_harmonic", "rank_correlation"].enumerated() {
      let floor = NoiseFloor.upper(singles[columns...].map { $0.value[position].magnitude })
      floors[index] = floor
      for (number, column) in sample.columns.enumerated() {
        estimates.append(
          resampling.estimate(
            singles[number].value[position], samples: singles[number].samples.map { $0[position] }, floor: floor, index,
            of: [column.factor], named: column.name, isSigned: index == "rank_correlation"))
      }
    }
    var notes = [sample.lossNote(of: target)].compactMap(\.self)
    if columns > mostRegressors {
      notes.append("SRC, PCC and PRCC are left out: \(columns) inputs are more than \(mostRegressors)")
    } else {
      let inputs = sample.inputs.prefix(columns + 1)
      let values = CrossMoments(inputs.map(\.values) + [y.values])
      let ranks = CrossMoments(inputs.map(\.ranks) + [y.ranks])
      // The first inert input takes part, and tells the noise.
      func figures(_ weights: UnsafeBufferPointer<Double>?) -> [[Double]]? {
        guard let linear = values.regression(weights), let ranked = ranks.regression(weights) else { return nil }
        return [linear.standardised, linear.partial, ranked.partial]
      }
      let samples = resampling.samples { figures($0) }.compactMap(\.self)
      if let all = figures(nil), samples.count == resampling.count {
        for (position, index) in ["SRC", "PCC", "PRCC"].enumerated() {
          let inert = samples.map { $0[position][columns] }
          let floor = resampling.standardError(inert) * resampling.quantile
          floors[index] = floor
          for (number, column) in sample.columns.enumerated() {
            estimates.append(
              resampling.estimate(
                all[position][number], samples: samples.map { $0[position][number] }, floor: floor, index,
                of: [column.factor], named: column.name, isSigned: true))
          }
        }
      } else {
        notes.append("SRC, PCC and PRCC are left out: some inputs are combinations of others, as shares are")
      }
    }
    return MethodResult(
      method: name, target: target, estimates: estimates, noiseFloors: floors, main: "S1",
      effort: sample.effort(problem), notes: notes, nonFinite: sample.lost[target])
  }
}
