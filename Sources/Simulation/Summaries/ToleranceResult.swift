import Modeling

/// Whether a run knows its figures as well as it was told to.
///
/// A figure is known to a share when half the width of its confidence interval is at most that share of it. The run looks
/// at its figures several times and ends when all are known well enough; as an error may by chance be estimated too small
/// at any of these looks, each has a part of what is allowed to fail, (1 - confidence) / looks (Bonferroni's inequality),
/// so that each figure's interval holds with the stated confidence at whichever look the run ends.
public struct ToleranceResult: Sendable {
  /// What was asked for.
  public var tolerance: Tolerance
  /// Whether every figure is known so well.
  public var isMet: Bool
  /// The cell whose figure is known least well, as written in reports.
  public var worstCell: String
  /// Half the width of that figure's confidence interval as a share of it; not a number where there is no estimate, or
  /// where the mean is not stable.
  public var worstShare: Double
  /// The standard error of that figure as a share of it.
  public var worstError: Double
  /// The confidence with which each figure is known so well, however often the run looked at it.
  public var confidence: Double

  /// Whether a run knows its figures as well as it was told to.
  public init(
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

  /// How well outputs' figures are known.
  ///
  /// - Parameters:
  ///   - looks: how often the run may look at its figures.
  ///   - replicates: how many replicates of the design have draws.
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
        // What is not known at all is known least well.
        if worstCell.isEmpty || share > worstShare || share.isNaN && !worstShare.isNaN {
          (worstCell, worstShare, worstError) = (model.cellName(quantity, cell: number), share, error)
        }
      }
    }
  }
}

extension CellSummary {
  /// The standard error of a figure as a share of the figure's size or, where the 90 % interval has zero in it, of half
  /// its width; not a number where the error is not known, or the mean is not stable.
  func relativeError(of figure: Tolerance.Statistic) -> Double {
    let estimate: Estimate?
    switch figure {
    case .mean: estimate = isMeanStable ? mean : nil
    case .quantile(let probability): estimate = quantile(probability)
    }
    guard let estimate, let low = quantile(0.05)?.value, let high = quantile(0.95)?.value else { return .nan }
    if estimate.error == 0 { return 0 }
    return estimate.error / (low < 0 && high > 0 ? (high - low) / 2 : estimate.value.magnitude)
  }
}
