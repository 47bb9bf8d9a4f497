/// The exact sample quantiles of a run.
struct ExactQuantiles {
  /// By summary slot, at `CellSummary.probabilities`.
  var cells: [[Double]]
  /// By ratio slot, at `ComparisonRow.probabilities`.
  var ratios: [[Double]]

  /// Finds the quantiles by replaying the draws, starting from the sketches of the first run; see `QuantileRefinement`.
  static func search(
    _ totals: SummaryTotals, run: PlanRun, workers: Int
  ) throws(CancellationError) -> ExactQuantiles {
    var search = QuantileRefinement(totals)
    while !search.isFinished {
      let counters = (0..<workers).map { _ in search.counters() }
      try run.replay(counters)
      search.narrow(by: counters)
    }
    return search.quantiles
  }
}
