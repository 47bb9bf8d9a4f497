import Dispatch
import Foundation
import Modeling
import Units
import VectorMath

extension CellSummary {
  /// The number of bins of a histogram.
  static let bars = 200

  /// The statistics of a value that is the same in every draw.
  init(constant: Double, draws: Int) {
    let isFinite = constant.isFinite
    self.init(
      draws: draws, nonFinite: isFinite ? 0 : draws,
      mean: Estimate(isFinite ? constant : .nan, error: isFinite ? 0 : .nan), momentWarning: nil,
      sd: isFinite ? 0 : .nan, min: isFinite ? constant : .nan, max: isFinite ? constant : .nan,
      quantiles: Self.probabilities.map { _ in Estimate(isFinite ? constant : .nan, error: isFinite ? 0 : .nan) },
      histogram: isFinite ? [Bin(low: constant, high: constant, count: draws)] : [])
    if isFinite { outcomes = [Outcome(constant, probability: Estimate(1, error: 0))] }
  }

  /// The statistics of a value's draws, in a unit of `scale` base units.
  init(_ drawn: SampleStatistics, scale: ReportScale, hasHistogram: Bool = true) {
    let (distribution, moments, missing) = (drawn.distribution, drawn.moments, drawn.missing)
    let hasDraws = moments.count > 0
    let hasMean = hasDraws && missing?.hasMean ?? true
    self.init(
      draws: drawn.draws, nonFinite: drawn.nonFinite,
      mean: Estimate(hasMean ? moments.mean / scale : .nan, error: missing == nil ? drawn.meanError / scale : .nan),
      momentWarning: missing?.text ?? drawn.warning?.text, sd: missing == nil ? moments.sd / scale : .nan,
      min: hasDraws ? moments.minimum / scale : .nan, max: hasDraws ? moments.maximum / scale : .nan,
      quantiles: Self.probabilities.map { distribution.estimate($0, scale: scale) },
      histogram: hasHistogram
        ? distribution.binned.histogram(bars: Self.bars).map {
          Bin(low: $0.low / scale, high: $0.high / scale, count: $0.count)
        }
        : [], isMeanStable: missing == nil && drawn.warning?.concernsMean != true)
    outcomes = drawn.outcomes.map { Outcome($0.value / scale, probability: SummaryTotals.probability($0.replicates)) }
  }
}

/// The statistics of a value's draws in base units, to be converted to any unit.
struct SampleStatistics {
  let distribution: EstimatedDistribution
  let moments: MomentSums
  let draws: Int
  let nonFinite: Int
  /// The standard error of the mean.
  let meanError: Double
  /// The moments that do not exist.
  let missing: MissingMoments?
  /// The unstable statistics, if any.
  let warning: MomentWarning?
  /// The distinct values, ascending, with the fraction of draws of each, if they are few.
  let outcomes: [(value: Double, replicates: [Share])]

  /// Computes the statistics.
  ///
  /// - Parameters:
  ///   - replicates: the moments of the design's replicates; empty for independent draws.
  ///   - range: the range of possible values, if known.
  init(
    _ distribution: EstimatedDistribution, _ moments: MomentSums, replicates: [MomentSums], range: ClosedRange<Double>?,
    draws: Int, nonFinite: Int, outcomes: [(value: Double, replicates: [Share])] = []
  ) {
    self.outcomes = outcomes
    self.distribution = distribution
    self.moments = moments
    self.draws = draws
    self.nonFinite = nonFinite
    let error = MeanError(
      moments: moments, replicates: replicates, range: range, distribution: distribution.binned)
    meanError = error.value
    // A few values are bounded: every moment exists, and its error is that of their probabilities.
    let areFew = error.isTwoValued || !outcomes.isEmpty
    missing = areFew ? nil : MissingMoments(of: distribution.binned)
    warning = areFew ? nil : MomentWarning(distribution.binned)
  }
}

/// A distribution with the replicate counts from which its errors are estimated.
struct EstimatedDistribution {
  var binned: BinnedDistribution
  /// Nil for independent draws.
  var counts: ThresholdCounts?
  /// Exact quantiles, by their probabilities.
  var exact: [Double: Double] = [:]

  /// A quantile with its standard error, in a unit of `scale` base units.
  ///
  /// The error of the fraction of draws below it is that for the same number of independent draws times the square root
  /// of the design effect. The quantile's error includes the sketch's resolution unless the quantile is exact.
  func estimate(_ probability: Double, scale: ReportScale) -> Estimate {
    let effect = counts?.designEffect(at: probability) ?? 1
    let error = binned.quantileError(
      probability, shareError: (probability * (1 - probability) / Double(binned.count) * effect).squareRoot(),
      multiple: ConfidenceInterval.multiple(replicates: counts?.filledReplicates ?? 0))
    if let quantile = exact[probability] { return Estimate(quantile / scale, error: error / scale.value.magnitude) }
    return Estimate(
      binned.quantile(probability) / scale,
      error: PortableMath.hypot(error, binned.resolution(probability)) / scale.value.magnitude)
  }
}

extension SummaryTotals {
  /// The statistics of an output.
  func result(of plan: OutputPlan, model: Model, draws: Int, workers: Int) -> OutputResult {
    let scale = plan.output.unit.reportScale
    let figures = concurrentMap(plan.cells.count, workers: workers) { cell in
      self.figures(plan.cells[cell], scale: scale, draws: draws)
    }
    let comparisons = plan.comparisons.map { rows in
      rows.map { row in comparison(row, figures[row.cell].distribution, draws: draws) }
    }
    return OutputResult(output: plan.output, cells: figures.map(\.summary), comparisons: comparisons)
  }

  /// The statistics of a cell, and the distribution from which they are computed, unless it is constant.
  private func figures(
    _ figures: OutputPlan.Statistics, scale: ReportScale, draws: Int
  ) -> (summary: CellSummary, distribution: EstimatedDistribution?) {
    switch figures {
    case .constant(let number): return (CellSummary(constant: number / scale, draws: draws), nil)
    case .slot(let slot): return self.figures(.multiple(1, ofSummary: slot), scale: scale, draws: draws)
    case .multiple(let factor, let slot):
      let drawn = drawnFigures(ofSummary: slot)
      return (CellSummary(drawn, scale: scale / factor), drawn.distribution)
    }
  }

  /// The statistics of the value of a summary.
  func drawnFigures(ofSummary slot: Int) -> SampleStatistics {
    let moments = moments(slot: slot)
    let distribution = EstimatedDistribution(
      binned: BinnedDistribution(
        cells[slot].distribution.whole, minimum: moments.minimum, maximum: moments.maximum, offset: offsets[slot],
        values: cells[slot].values?.sorted),
      counts: cells[slot].distribution.counts,
      exact: exact.map { Self.byProbability(CellSummary.probabilities, $0.cells[slot]) } ?? [:])
    return SampleStatistics(
      distribution, moments, replicates: replicateMoments(slot: slot), range: ranges.summaries[slot],
      draws: cells[slot].draws, nonFinite: cells[slot].nonFinite, outcomes: cells[slot].outcomes?.shares ?? [])
  }

  /// The statistics of a comparison.
  private func comparison(_ row: OutputPlan.Row, _ own: EstimatedDistribution?, draws: Int) -> ComparisonRow {
    var ratios = [Estimate](repeating: Estimate(.nan, error: .nan), count: 3)
    var nonFinite = draws
    let probabilities = ComparisonRow.probabilities
    switch row.ratio {
    case .constant(let number):
      if number.isFinite {
        ratios = probabilities.map { _ in Estimate(number, error: 0) }
        nonFinite = 0
      }
    case .multiple(let factor, let slot):
      if let own { ratios = probabilities.map { own.estimate($0, scale: .one / factor) } }
      nonFinite = cells[slot].nonFinite
    case .slot(let slot):
      let sketch = self.ratios[slot]
      let distribution = EstimatedDistribution(
        binned: BinnedDistribution(sketch.whole), counts: sketch.counts,
        exact: exact.map { Self.byProbability(probabilities, $0.ratios[slot]) } ?? [:])
      ratios = probabilities.map { distribution.estimate($0, scale: .one) }
      nonFinite = sketch.whole.nonFinite
    }
    var exceeds = Estimate(.nan, error: .nan)
    switch row.excess {
    case .constant(let difference):
      if difference.isFinite { exceeds = Estimate(difference > 0 ? 1 : 0, error: 0) }
    case .slot(let slot), .multiple(_, let slot):
      exceeds = Self.probability(excesses[slot])
    }
    return ComparisonRow(
      cell: row.cell, referenceLabels: row.referenceLabels,
      ratio: (ratios[0].value, ratios[1].value, ratios[2].value),
      ratioErrors: (ratios[0].error, ratios[1].error, ratios[2].error), exceeds: exceeds, nonFinite: nonFinite)
  }

  private static func byProbability(_ probabilities: [Double], _ quantiles: [Double]) -> [Double: Double] {
    Dictionary(zip(probabilities, quantiles)) { first, _ in first }
  }

  /// A probability from the counts of each replicate.
  static func probability(_ replicates: [Share]) -> Estimate {
    let share = replicates.reduce(into: Share()) { $0.add($1) }
    guard share.finite > 0 else { return Estimate(.nan, error: .nan) }
    let error = ReplicateSpread.shareError(
      Double(share.positive), of: Double(share.finite),
      effect: replicates.count > 1 ? ReplicateSpread.designEffect(replicates) : 1)
    return Estimate(share.value, error: error)
  }
}
