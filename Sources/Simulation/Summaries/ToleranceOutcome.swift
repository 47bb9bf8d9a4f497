import Modeling

/// Whether a run knows its figures as well as it was told to.
public struct ToleranceOutcome: Sendable {
  /// What was asked for.
  public var tolerance: Tolerance
  /// Whether every figure is known so well.
  public var isMet: Bool
  /// The cell whose figure is known least well, as written in reports.
  public var worstCell: String
  /// The standard error of that figure as a share of it; not a number where there is no estimate, or where the mean
  /// does not settle.
  public var worstShare: Double

  /// Whether a run knows its figures as well as it was told to.
  public init(tolerance: Tolerance, isMet: Bool, worstCell: String, worstShare: Double) {
    self.tolerance = tolerance
    self.isMet = isMet
    self.worstCell = worstCell
    self.worstShare = worstShare
  }

  /// How well outputs' figures are known.
  init(_ tolerance: Tolerance, outputs: [OutputResult], model: Model) {
    self.init(tolerance: tolerance, isMet: true, worstCell: "", worstShare: 0)
    for output in outputs {
      let quantity = output.output.quantity
      if let name = tolerance.output, model[quantity].name != name { continue }
      for (number, cell) in output.cells.enumerated() {
        let share = cell.relativeError(of: tolerance.figure)
        if !(share <= tolerance.share) { isMet = false }
        // What is not known at all is known least well.
        if worstCell.isEmpty || share > worstShare || share.isNaN && !worstShare.isNaN {
          (worstCell, worstShare) = (model.cellName(quantity, cell: number), share)
        }
      }
    }
  }
}

extension CellSummary {
  /// The standard error of a figure as a share of the figure's size or, where the 90 % interval has zero in it, of half
  /// its width; not a number where the error is not known, or the mean does not settle.
  func relativeError(of figure: Tolerance.Figure) -> Double {
    let estimate: Estimate?
    switch figure {
    case .mean: estimate = momentWarning == nil ? mean : nil
    case .quantile(let probability): estimate = quantile(probability)
    }
    guard let estimate, let low = quantile(0.05)?.value, let high = quantile(0.95)?.value else { return .nan }
    if estimate.error == 0 { return 0 }
    return estimate.error / (low < 0 && high > 0 ? (high - low) / 2 : estimate.value.magnitude)
  }
}
