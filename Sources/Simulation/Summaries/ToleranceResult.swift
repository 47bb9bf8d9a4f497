import Modeling

/// Whether a run meets its tolerance.
///
/// A statistic is known to a relative accuracy if half the width of its confidence interval is at most that fraction of
/// it. The run checks its statistics several times and ends when all are accurate enough. Because an error may by
/// chance be underestimated at any of these checks, each uses a failure probability of (1 - confidence) / looks
/// (Bonferroni's inequality), so that each interval has the stated confidence whichever check ends the run.
package struct ToleranceResult: Sendable {
  /// The requested tolerance.
  package var tolerance: Tolerance
  /// Whether every statistic meets it.
  package var isMet: Bool
  /// The cell with the least accurate statistic, as written in reports.
  package var worstCell: String
  /// Half the width of that statistic's confidence interval relative to it, which is 1 or more if the interval contains
  /// zero; NaN if there is no estimate, or if the mean is not stable.
  package var worstShare: Double
  /// The standard error of that statistic relative to it.
  package var worstError: Double
  /// The confidence of each statistic's interval, over all checks.
  package var confidence: Double

  /// Whether a run meets its tolerance.
  package init(
    tolerance: Tolerance, isMet: Bool, worstCell: String, worstShare: Double, worstError: Double,
    confidence: Double = ConfidenceInterval.level
  ) {
    self.tolerance = tolerance
    self.isMet = isMet
    self.worstCell = worstCell
    self.worstShare = worstShare
    self.worstError = worstError
    self.confidence = confidence
  }

  /// The accuracy of the outputs' statistics.
  ///
  /// - Parameters:
  ///   - looks: the maximum number of checks.
  ///   - replicates: the number of replicates of the design that have draws.
  init(_ tolerance: Tolerance, outputs: [OutputResult], model: Model, looks: Int, replicates: Int) {
    self.init(tolerance: tolerance, isMet: true, worstCell: "", worstShare: 0, worstError: 0)
    let multiple = ConfidenceInterval.multiple(replicates: replicates, level: 1 - (1 - confidence) / Double(looks))
    for output in outputs {
      let quantity = output.output.quantity
      if let name = tolerance.output, model[quantity].name != name { continue }
      for (number, cell) in output.cells.enumerated() {
        let error = cell.relativeError(of: tolerance.statistic)
        let share = multiple * error
        if !(share <= tolerance.share) { isMet = false }
        // A statistic without an estimate of its error counts as the least accurate.
        if worstCell.isEmpty || share > worstShare || share.isNaN && !worstShare.isNaN {
          (worstCell, worstShare, worstError) = (model.cellName(quantity, cell: number), share, error)
        }
      }
    }
  }
}

extension CellSummary {
  /// The standard error of a statistic relative to its magnitude; NaN if the error is unknown or the mean is not stable.
  ///
  /// Near zero it is large, and infinite at zero: a statistic whose interval contains zero meets no tolerance, since its
  /// half width is at least as large as the statistic. An error of zero is a relative error of zero.
  func relativeError(of figure: Tolerance.Statistic) -> Double {
    let estimate: Estimate?
    switch figure {
    case .mean: estimate = isMeanStable ? mean : nil
    case .quantile(let probability): estimate = quantile(probability)
    }
    guard let estimate, estimate.value.isFinite else { return .nan }
    return estimate.error == 0 ? 0 : estimate.error / estimate.value.magnitude
  }
}
