import Distributions

/// Confidence intervals: estimate ± multiple * standard error.
package enum ConfidenceInterval {
  /// The default confidence level.
  package static let level = 0.95

  /// The multiples at `level`, by the number of replicates with draws; the first two are those of independent draws.
  private static let multiples = (0...64).map { multiple(replicates: $0, level: level) }

  /// Half the width of an interval in standard errors: the quantile of Student's t distribution with one degree of
  /// freedom fewer than the replicates, for example 2.13 for 16 replicates at 95 %. For independent draws, and for too
  /// few replicates to estimate the error from their spread, it is the normal quantile, 1.96.
  ///
  /// - Parameters:
  ///   - replicates: the number of replicates of the design that have draws.
  ///   - level: the confidence, between 0 and 1.
  package static func multiple(replicates: Int, level: Double) -> Double {
    let tail = (1 - level) / 2
    if replicates < ReplicateSpread.fewest { return -StandardNormal.quantile(tail) }
    return (try? Student.distribution([Double(replicates - 1), 0, 1]))?.quantile(survival: tail) ?? .nan
  }

  /// The multiple at `level`.
  package static func multiple(replicates: Int) -> Double {
    multiples.indices.contains(replicates) ? multiples[replicates] : multiple(replicates: replicates, level: level)
  }
}
