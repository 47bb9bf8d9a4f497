import Simulation
import VectorMath

/// First-order indices of whole inputs from given data: for an input with several coordinates (one per cell, correlated
/// or not), the share that all of them explain together, so that the indices of independent inputs sum to at most 1.
///
/// For the coordinates X of an input the closed first-order index is Var(E[Y | X]) / Var(Y) (Sobol' 2001,
/// doi:10.1016/S0378-4754(00)00270-6, section 7). It is estimated by the adjusted R² of one regression of Y on four
/// functions of each coordinate's rank u, fewer for many coordinates: the normal score z = Φ⁻¹(u), cos(pi u), z² - 1
/// and cos(2 pi u). Scores are the basis of polynomial chaos (Sudret 2008, doi:10.1016/j.ress.2007.04.002) and cosines
/// that of EASI (Plischke 2010, doi:10.1016/j.ress.2009.11.005). Of a function that is linear in a normal, uniform or
/// lognormal input with sigma 0.5 they explain 99.7 % or more, with sigma 1 95 %. The regression is additive, so it
/// omits interactions between coordinates of one input, and the estimate is then too low; sums over years, classes and
/// regions are additive.
package enum InputShares {
  /// The name of the index.
  package static let index = "S1"
  /// Maximum numbers of regressors and of coordinates; if there are more, those with the largest rank correlations are
  /// used.
  static let mostRegressors = 40, mostCoordinates = 120
  /// Maximum number of functions of a coordinate.
  static let mostTerms = 4

  /// For each target, the estimates of the factors observed as several columns: several cells, or the shares of a
  /// whole, which may have only one coordinate that a target depends on.
  ///
  /// - Throws: `Diagnostics` if the draws do not fit into memory; `CancellationError`.
  package static func estimates(for problem: SensitivityProblem) throws -> [[IndexEstimate]] {
    try estimates(for: problem, GivenSample.draw(problem))
  }

  /// The estimates from a sample of the problem's draws.
  static func estimates(for problem: SensitivityProblem, _ sample: GivenSample) -> [[IndexEstimate]] {
    let resampling = Resampling.fewer(for: problem)
    var estimates = problem.targets.map { _ in [IndexEstimate]() }
    for factor in problem.factors.indices {
      let columns = sample.columns.indices.filter { sample.columns[$0].factor == factor }
      guard columns.count > 1 else { continue }
      let functions = RankFunctions(of: columns.map { sample.inputs[$0] }, workers: sample.workers)
      for target in problem.targets.indices where problem.needs(target, factor) {
        let explained = ExplainedVariance(of: sample.targets[target], by: functions, workers: sample.workers)
        // The noise floor: for an inert input with the same number of regressors, the adjusted R² has mean 0 and
        // variance 2 p / n² (as F with p and n degrees of freedom); this is its 97.5 % point.
        let floor = 1.96 * (2 * Double(explained.regressors)).squareRoot() / Double(max(1, sample.count))
        estimates[target].append(
          resampling.estimate(
            explained.share(nil), samples: resampling.samples { explained.share($0) }, floor: floor, index,
            of: [factor], named: problem.factors[factor].name))
      }
    }
    return estimates
  }
}

/// The share of a target's variance that several inputs explain together.
struct ExplainedVariance: Sendable {
  /// Number of functions of all inputs.
  let regressors: Int
  private let moments: CrossMoments
  /// Number of draws in which all values are finite.
  private let count: Int

  /// The regression of a column on functions of the ranks of others.
  ///
  /// - Parameter workers: the number of threads; the result is the same for any number.
  init(of y: RankedColumn, by functions: RankFunctions, workers: Int) {
    let functions = functions.strongest(for: y, workers: workers)
    regressors = functions.columns.count
    moments = CrossMoments(functions.columns + [y.values], workers: workers)
    count = y.values.indices.reduce(0) { count, draw in
      count + (y.values[draw].isFinite && functions.inputs.allSatisfy { $0.ranks[draw].isFinite } ? 1 : 0)
    }
  }

  /// The adjusted R²: 1 - (1 - R²) (n - 1) / (n - p - 1). Regressors that are linear combinations of others, as the
  /// shares of a whole are, are excluded.
  func share(_ weights: UnsafeBufferPointer<Double>?) -> Double {
    let size = regressors + 1
    var rest = moments.correlations(weights)
    var free = Array(0..<regressors)
    var used = 0.0
    // Repeatedly eliminate the regressor that the others explain least; the remainder of y is 1 - R².
    while let pivot = free.max(by: { rest[$0 * size + $0] < rest[$1 * size + $1] }), rest[pivot * size + pivot] > 1e-8 {
      free.removeAll { $0 == pivot }
      used += 1
      let scale = 1 / rest[pivot * size + pivot]
      let row = Array(rest[pivot * size..<(pivot + 1) * size])
      let others = free + [regressors]
      rest.withUnsafeMutableBufferPointer { rest in
        row.withUnsafeBufferPointer { row in
          for i in others {
            let factor = row[i] * scale
            let own = UnsafeMutableBufferPointer(rebasing: rest[i * size..<(i + 1) * size])
            for j in 0..<size { own[j] -= factor * row[j] }
          }
        }
      }
    }
    let left = rest[size * size - 1]
    let n = Double(count)
    guard left.isFinite, n > used + 1 else { return .nan }
    return 1 - max(0, left) * (n - 1) / (n - used - 1)
  }
}
