import Dispatch
import Foundation
import Modeling

extension CellSummary {
  /// The bars of a histogram.
  static let bars = 200

  /// The figures of a value that is the same in every draw.
  init(constant: Double, draws: Int) {
    let isFinite = constant.isFinite
    self.init(
      draws: draws, nonFinite: isFinite ? 0 : draws,
      mean: Estimate(isFinite ? constant : .nan, error: isFinite ? 0 : .nan), momentWarning: nil,
      sd: isFinite ? 0 : .nan, min: isFinite ? constant : .nan, max: isFinite ? constant : .nan,
      quantiles: Self.probabilities.map { _ in Estimate(isFinite ? constant : .nan, error: isFinite ? 0 : .nan) },
      histogram: isFinite ? [Bin(low: constant, high: constant, count: draws)] : [])
  }

  /// The figures of a value's draws; `scale` base units are one of the unit in which they are given.
  init(_ drawn: DrawnFigures, scale: Double, hasHistogram: Bool = true) {
    let (distribution, moments, replicates) = (drawn.distribution, drawn.moments, drawn.replicates)
    let hasDraws = moments.count > 0
    self.init(
      draws: drawn.draws, nonFinite: drawn.nonFinite,
      mean: Estimate(hasDraws ? moments.mean / scale : .nan, error: drawn.meanError / scale),
      momentWarning: drawn.momentWarning, sd: moments.sd / scale,
      min: hasDraws ? moments.minimum / scale : .nan, max: hasDraws ? moments.maximum / scale : .nan,
      quantiles: Self.probabilities.map { distribution.estimate($0, replicates, scale: scale) },
      histogram: hasHistogram
        ? distribution.histogram(bars: Self.bars).map {
          Bin(low: $0.low / scale, high: $0.high / scale, count: $0.count)
        } : [])
  }
}

/// What the draws of a value tell, in base units, ready to be given in any unit.
struct DrawnFigures {
  var distribution: BinnedDistribution
  var moments: MomentSums
  var replicates: Replicates
  var draws: Int
  var nonFinite: Int
  var momentWarning: String?

  /// The standard error of the mean.
  var meanError: Double {
    replicates.error { $0.moments.mean } ?? moments.sd / Double(moments.count).squareRoot()
  }
}

extension BinnedDistribution {
  /// A quantile with its standard error, counted in so many base units; the error has the sketch's resolution in it.
  func estimate(_ probability: Double, _ replicates: Replicates, scale: Double) -> Estimate {
    let spread = replicates.error { $0.distribution.quantile(probability) } ?? quantileError(probability)
    let error = hypot(spread, resolution(probability))
    return Estimate(quantile(probability) / scale, error: error / scale.magnitude)
  }
}

/// A value's distribution in each replicate of a design; none under independent draws.
struct Replicates {
  var parts: [(distribution: BinnedDistribution, moments: MomentSums)]

  /// The standard error of a figure: the standard deviation of the replicates' figures over the root of their number.
  ///
  /// Nil where there are no replicates; not a number where one has no draws.
  func error(_ figure: ((distribution: BinnedDistribution, moments: MomentSums)) -> Double) -> Double? {
    guard parts.count > 1 else { return nil }
    return Self.error(parts.map { $0.moments.count > 0 ? figure($0) : .nan })
  }

  /// The standard error of the mean of replicates' figures.
  static func error(_ figures: [Double]) -> Double {
    let n = Double(figures.count)
    // About one of them, so that a common size takes no digits.
    let first = figures.first ?? .nan
    let mean = figures.reduce(0) { $0 + ($1 - first) } / n
    let squares = figures.reduce(0) { $0 + ($1 - first - mean) * ($1 - first - mean) }
    return (squares / (n - 1) / n).squareRoot()
  }
}

extension SummaryTotals {
  /// An output's figures.
  func result(of plan: OutputPlan, model: Model, draws: Int, workers: Int) -> OutputResult {
    let scale = plan.output.unit.scale
    let figures = concurrentMap(plan.cells.count, workers: workers) { cell in
      self.figures(plan.cells[cell], scale: scale, draws: draws)
    }
    let comparisons = plan.comparisons.map { rows in
      rows.map { row in comparison(row, figures[row.cell].distribution, draws: draws) }
    }
    return OutputResult(output: plan.output, cells: figures.map(\.summary), comparisons: comparisons)
  }

  /// A cell's figures, and the distribution that they were read from, if it is not constant.
  private func figures(
    _ figures: OutputPlan.Figures, scale: Double, draws: Int
  ) -> (summary: CellSummary, distribution: (BinnedDistribution, Replicates)?) {
    switch figures {
    case .constant(let number): return (CellSummary(constant: number / scale, draws: draws), nil)
    case .slot(let slot): return self.figures(.multiple(1, ofSummary: slot), scale: scale, draws: draws)
    case .multiple(let factor, let slot):
      let drawn = drawnFigures(ofSummary: slot)
      return (CellSummary(drawn, scale: scale / factor), (drawn.distribution, drawn.replicates))
    }
  }

  /// What the draws of a summary's value tell.
  func drawnFigures(ofSummary slot: Int) -> DrawnFigures {
    let moments = moments(slot: slot)
    let distribution = BinnedDistribution(
      cells[slot].sketch.whole, minimum: moments.minimum, maximum: moments.maximum, offset: offsets[slot])
    let replicates = Replicates(
      parts: zip(cells[slot].sketch.parts, replicateMoments(slot: slot)).map { sketch, moments in
        let distribution = BinnedDistribution(
          sketch, minimum: moments.minimum, maximum: moments.maximum, offset: offsets[slot])
        return (distribution, moments)
      })
    return DrawnFigures(
      distribution: distribution, moments: moments, replicates: replicates, draws: cells[slot].draws,
      nonFinite: cells[slot].nonFinite, momentWarning: MomentWarning.text(distribution))
  }

  /// A comparison's figures.
  private func comparison(_ row: OutputPlan.Row, _ own: (BinnedDistribution, Replicates)?, draws: Int) -> ComparisonRow
  {
    var ratios = [Estimate](repeating: Estimate(.nan, error: .nan), count: 3)
    var nonFinite = draws
    let probabilities = [0.05, 0.5, 0.95]
    switch row.ratio {
    case .constant(let number):
      if number.isFinite {
        ratios = probabilities.map { _ in Estimate(number, error: 0) }
        nonFinite = 0
      }
    case .multiple(let factor, let slot):
      if let own { ratios = probabilities.map { own.0.estimate($0, own.1, scale: 1 / factor) } }
      nonFinite = cells[slot].nonFinite
    case .slot(let slot):
      let sketch = self.ratios[slot]
      let distribution = BinnedDistribution(sketch.whole)
      var counted = MomentSums()
      let replicates = Replicates(
        parts: sketch.parts.map { part in
          let distribution = BinnedDistribution(part)
          counted.count = distribution.count
          return (distribution, counted)
        })
      ratios = probabilities.map { distribution.estimate($0, replicates, scale: 1) }
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

  /// A probability from counts, with sqrt(p (1 - p) / n) or, under a design with replicates, their spread.
  ///
  /// The former is taken at p = (k + 1) / (n + 2), so that none or all of the draws do not make it zero (Laplace's rule).
  private static func probability(_ excesses: [Excess]) -> Estimate {
    let excess = excesses.reduce(into: Excess()) { $0.add($1) }
    guard excess.finite > 0 else { return Estimate(.nan, error: .nan) }
    if excesses.count > 1 { return Estimate(excess.share, error: Replicates.error(excesses.map(\.share))) }
    let n = Double(excess.finite)
    let p = (Double(excess.positive) + 1) / (n + 2)
    return Estimate(excess.share, error: (p * (1 - p) / n).squareRoot())
  }
}
