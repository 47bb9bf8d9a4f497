import Distributions

/// Confidence intervals about an estimate: the estimate, and a multiple of its standard error to either side.
public enum ConfidenceInterval {
  /// The confidence of intervals where nothing else is asked for.
  public static let level = 0.95

  /// The multiples at `level`, by the number of replicates with draws; the first two are of independent draws.
  private static let multiples = (0...64).map { multiple(replicates: $0, level: level) }

  /// Half the width of an interval, in standard errors: the quantile of Student's distribution with one degree of
  /// freedom less than the replicates that the error was estimated from; 2.13 for 16 replicates at 95 %. Independent
  /// draws, and fewer replicates than errors are estimated from, have the normal quantile, 1.96.
  ///
  /// - Parameters:
  ///   - replicates: how many replicates of the design have draws.
  ///   - level: the confidence, between 0 and 1.
  public static func multiple(replicates: Int, level: Double) -> Double {
    let tail = (1 - level) / 2
    if replicates < ReplicateSpread.fewest { return -StandardNormal.quantile(tail) }
    return (try? Student.distribution([Double(replicates - 1), 0, 1]))?.quantile(survival: tail) ?? .nan
  }

  /// The same at `level`.
  public static func multiple(replicates: Int) -> Double {
    multiples.indices.contains(replicates) ? multiples[replicates] : multiple(replicates: replicates, level: level)
  }
}
